// The link by which a bot's messages are asked for, event by event.
#include <gtest/gtest.h>

#include "unit/adapters/telegram_fixture.hpp"

namespace passerelle::adapters::telegram_test {
namespace {

namespace json = boost::json;
using std::chrono::seconds;

ChannelSettings polling() {
  ChannelSettings made = settings();
  made.values["receive"] = "polling";
  made.secrets.erase("hook_secret");
  made.secrets.erase("old_hook_secret");
  made.callback_url = "";
  return made;
}

json::object text(std::int64_t id, const std::string& words) {
  return {
      {"update_id", id},
      {"message",
       json::object{{"from", json::object{{"id", 5}}}, {"chat", json::object{{"type", "private"}}}, {"text", words}}}};
}

json::object edit(std::int64_t id) { return {{"update_id", id}, {"edited_message", json::object{}}}; }

link::Event answered(const json::value& body, int status = 200) {
  return link::Answered{{status, {}, body.is_string() ? std::string(body.as_string()) : json::serialize(body)}};
}
link::Event updates(json::array list) { return answered(json::object{{"ok", true}, {"result", std::move(list)}}); }
link::Event refused(int code, const std::string& description, json::object parameters = {}) {
  return answered(
      json::object{
          {"ok", false}, {"error_code", code}, {"description", description}, {"parameters", std::move(parameters)}},
      code);
}

class TelegramPolling : public ::testing::Test {
 protected:
  link::Action next(const link::Event& event) { return link_->next(event, now); }
  // The arguments of the question that follows.
  json::object asks(const link::Event& event) {
    const link::Action action = next(event);
    const auto* ask = std::get_if<link::Ask>(&action);
    if (ask == nullptr) return {{"asks", false}};
    EXPECT_EQ(ask->request.url, "https://api.telegram.org/bot" + token + "/getUpdates");
    return json::parse(ask->request.body).as_object();
  }
  std::vector<std::string> keeps(const link::Event& event) {
    const link::Action action = next(event);
    std::vector<std::string> texts;
    if (const auto* keep = std::get_if<link::Keep>(&action)) {
      for (const InboundMessage& message : keep->messages) texts.push_back(message.provider_id + " " + message.text);
    }
    return texts;
  }
  std::string rests(const link::Event& event) {
    const link::Action action = next(event);
    const auto* rest = std::get_if<link::Rest>(&action);
    return rest == nullptr ? "" : std::to_string(rest->time.count()) + " " + rest->why;
  }

  std::unique_ptr<Channel> channel_ = channel(polling());
  std::unique_ptr<Link> link_ = channel_->open_link();
};

using Texts = std::vector<std::string>;

TEST_F(TelegramPolling, a_press_is_confirmed_once_it_was_kept_and_then_the_next_is_asked_for) {
  const json::object press = {
      {"update_id", 8},
      {"callback_query", json::object{{"id", "4382"},
                                      {"from", json::object{{"id", 5}}},
                                      {"data", "s0123456789abcdef.3"},
                                      {"message", json::object{{"chat", json::object{{"type", "private"}}}}}}}};
  asks(link::Begun{});
  EXPECT_EQ(keeps(updates({press})), Texts{"123456789-8 3"});
  EXPECT_EQ(rests(link::NotKept{}), "1 not_stored");
  EXPECT_FALSE(asks(link::Rested{}).contains("callback_query_id")) << "it comes again";
  keeps(updates({press}));
  const link::Action confirms = next(link::Kept{});
  const auto* ask = std::get_if<link::Ask>(&confirms);
  ASSERT_NE(ask, nullptr);
  EXPECT_TRUE(ask->request.url.ends_with("/answerCallbackQuery"));
  EXPECT_EQ(ask->request.body, R"({"callback_query_id":"4382"})");
  EXPECT_EQ(asks(refused(400, "Bad Request: query is too old"))["offset"], 9) << "whatever came of it";
}

TEST_F(TelegramPolling, the_first_question_wants_all_that_is_unacknowledged) {
  EXPECT_EQ(json::serialize(asks(link::Begun{})),
            R"({"timeout":20,"limit":32,"allowed_updates":["message","callback_query"]})");
  EXPECT_TRUE(channel_->traits().links);
  EXPECT_FALSE(channel()->traits().links);
}

TEST_F(TelegramPolling, an_update_is_acknowledged_only_after_it_was_kept) {
  asks(link::Begun{});
  EXPECT_EQ(keeps(updates({text(7, "un"), text(8, "deux")})), (Texts{"123456789-7 un", "123456789-8 deux"}));
  EXPECT_EQ(asks(link::Kept{})["offset"].as_int64(), 9);
}

TEST_F(TelegramPolling, what_the_store_did_not_keep_is_asked_for_again) {
  asks(link::Begun{});
  EXPECT_EQ(keeps(updates({text(7, "un")})).size(), 1U);
  EXPECT_EQ(rests(link::NotKept{}), "1 not_stored");
  EXPECT_FALSE(asks(link::Rested{}).contains("offset"));
  EXPECT_EQ(keeps(updates({text(7, "un")})), (Texts{"123456789-7 un"}));
  EXPECT_EQ(asks(link::Kept{})["offset"].as_int64(), 8);
  // …also where something was acknowledged before.
  EXPECT_EQ(keeps(updates({text(8, "deux")})).size(), 1U);
  EXPECT_EQ(rests(link::NotKept{}), "1 not_stored");
  EXPECT_EQ(asks(link::Rested{})["offset"].as_int64(), 8);
}

TEST_F(TelegramPolling, updates_of_no_use_are_acknowledged_without_a_word) {
  asks(link::Begun{});
  EXPECT_EQ(asks(updates({edit(7), edit(9), edit(8)}))["offset"].as_int64(), 10);
  EXPECT_EQ(keeps(updates({edit(10), text(11, "un")})), (Texts{"123456789-11 un"}));
  EXPECT_EQ(asks(link::Kept{})["offset"].as_int64(), 12);
}

TEST_F(TelegramPolling, a_message_nested_as_deep_as_replies_to_forwarded_posts_go_is_read) {
  asks(link::Begun{});
  json::object deep = text(7, "un");
  std::string nest;
  for (int i = 0; i < 60; ++i) nest += R"({"a":[)";
  for (int i = 0; i < 60; ++i) nest += "]}";
  std::string body = json::serialize(deep);
  body.pop_back();
  EXPECT_EQ(keeps(answered(json::value(R"({"ok":true,"result":[)" + body + R"(,"reply":)" + nest + "}]}"))),
            (Texts{"123456789-7 un"}));
}

TEST_F(TelegramPolling, an_update_that_cannot_be_read_keeps_nothing_back_and_the_operator_is_told) {
  asks(link::Begun{});
  const std::string good = json::serialize(text(6, "un"));
  const std::string begin = R"({"ok":true,"result":[)";
  const std::string bad = R"({"update_id":7,"message":{"text":"\x"}})";
  EXPECT_EQ(asks(answered(json::value(begin + good + "," + bad + "]}")))["limit"].as_int64(), 1);
  EXPECT_EQ(keeps(updates({text(6, "un")})), (Texts{"123456789-6 un"}));
  EXPECT_EQ(asks(link::Kept{})["offset"].as_int64(), 7);
  EXPECT_EQ(asks(answered(json::value(begin + bad + "]}")))["limit"].as_int64(), 1);
  const link::Action action = next(answered(json::value(begin + bad + "]}")));
  const auto& rest = std::get<link::Rest>(action);
  EXPECT_EQ(rest.why, "unreadable_update");
  EXPECT_NE(rest.remedy, "");
  const json::object after = asks(link::Rested{});
  EXPECT_EQ(after.at("offset").as_int64(), 8);
  EXPECT_EQ(after.at("limit").as_int64(), 32);
}

TEST_F(TelegramPolling, a_page_that_is_not_telegrams_passes_nothing_over) {
  asks(link::Begun{});
  for (const std::string other : {"<html>", R"({"ok":true,"result":[{"update_id":x)", R"({"ok":false,"update_id":7)"})
    EXPECT_NE(rests(answered(json::value(other))).find("no_list"), std::string::npos) << other;
  EXPECT_FALSE(asks(link::Rested{}).contains("offset"));
}

TEST_F(TelegramPolling, after_silence_any_number_may_follow) {
  asks(link::Begun{});
  EXPECT_EQ(asks(updates({edit(900)}))["offset"].as_int64(), 901);
  EXPECT_FALSE(asks(updates({})).contains("offset"));
  EXPECT_EQ(keeps(updates({text(3, "un")})), (Texts{"123456789-3 un"}));
  EXPECT_EQ(asks(link::Kept{})["offset"].as_int64(), 4);
}

TEST_F(TelegramPolling, a_webhook_that_is_set_is_explained_in_plain_words) {
  asks(link::Begun{});
  const link::Action action = next(refused(409, "Conflict: can't use getUpdates method while webhook is active"));
  const auto& rest = std::get<link::Rest>(action);
  EXPECT_EQ(rest.why, "webhook_set");
  EXPECT_EQ(rest.time, seconds(30));
  EXPECT_NE(rest.remedy.find("deleteWebhook"), std::string::npos);
  const link::Action other = next(refused(409, "Conflict: terminated by other getUpdates request"));
  EXPECT_EQ(std::get<link::Rest>(other).why, "other_reader");
  EXPECT_NE(std::get<link::Rest>(other).remedy.find("another program"), std::string::npos);
}

TEST_F(TelegramPolling, it_waits_as_long_as_telegram_says_and_longer_each_time_where_it_says_nothing) {
  asks(link::Begun{});
  EXPECT_EQ(rests(refused(429, "Too Many Requests", {{"retry_after", 14}})), "14 429");
  EXPECT_EQ(rests(refused(401, "Unauthorized")), "300 401");
  EXPECT_EQ(rests(answered("<html>no such page</html>", 404)), "300 404");
  Texts waits;
  for (int i = 0; i < 8; ++i) waits.push_back(rests(link::Unanswered{"connect"}).substr(0, 2));
  EXPECT_EQ(waits, (Texts{"1 ", "2 ", "4 ", "8 ", "16", "32", "60", "60"}));
  asks(link::Rested{});
  asks(updates({}));
  EXPECT_EQ(rests(refused(500, "Internal Server Error")), "1 500");
  EXPECT_EQ(rests(answered("", 502)), "2 502");
  EXPECT_EQ(rests(answered("<html>log in</html>")), "4 no_list");
}

TEST_F(TelegramPolling, an_answer_that_is_no_list_acknowledges_nothing) {
  asks(link::Begun{});
  for (const json::value& body : json::array{
           json::object{{"ok", true}}, json::object{{"ok", true}, {"result", true}}, json::object{{"ok", false}}, "[]",
           "{\"ok\":true,\"result\":[{\"update_id\":7", json::object{{"ok", true}, {"result", {1, "x", nullptr}}},
           json::object{{"ok", true}, {"result", json::array{json::object{{"update_id", "7"}}}}},
           json::object{{"ok", true}, {"result", json::array(101, edit(7))}}}) {
    EXPECT_TRUE(rests(answered(body)).ends_with(" no_list")) << json::serialize(body);
    EXPECT_FALSE(asks(link::Rested{}).contains("offset")) << json::serialize(body);
  }
}

TEST_F(TelegramPolling, after_an_answer_that_is_too_long_it_asks_for_one_update) {
  asks(link::Begun{});
  EXPECT_EQ(rests(link::Unanswered{"broken answer"}), "1 broken answer");
  EXPECT_EQ(asks(link::Rested{})["limit"].as_int64(), 1);
  EXPECT_EQ(keeps(updates({text(7, "un")})).size(), 1U);
  EXPECT_EQ(asks(link::Kept{})["limit"].as_int64(), 32);
}

TEST_F(TelegramPolling, one_broken_letter_hides_no_update) {
  asks(link::Begun{});
  const std::string body =
      R"({"ok":true,"result":[{"update_id":7,"message":{"from":{"id":5},"chat":{"type":"private"},)"
      R"("text":"a\ud83d b)"
      "\xFF"
      R"("}}]})";
  EXPECT_EQ(keeps(link::Answered{{200, {}, body}}), (Texts{"123456789-7 a\uFFFD b\uFFFD"}));
}

TEST_F(TelegramPolling, where_it_asks_no_webhook_is_heard) {
  EXPECT_EQ(refusal(channel_->read(request("{}"), now)), "404 no webhook");
  ChannelSettings other = polling();
  other.values["receive"] = "both";
  EXPECT_EQ(find_gateway("telegram")->make(other).error().where, "receive");
}

}  // namespace
}  // namespace passerelle::adapters::telegram_test
