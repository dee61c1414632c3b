#include <gtest/gtest.h>

#include "unit/adapters/outcome_words.hpp"
#include "unit/adapters/telegram_fixture.hpp"

namespace passerelle::adapters::telegram_test {
namespace {

namespace json = boost::json;

OutboundMessage message(const std::string& text, const std::string& to = "1111111") {
  OutboundMessage made;
  made.ref = "0123456789abcdef0123456789abcdef";
  made.to = {"telegram", to};
  made.text = text;
  made.parts = {text};
  return made;
}

json::object body_of(const std::string& text, const std::string& to = "1111111") {
  return json::parse(channel()->write(message(text, to), 0, now).body).as_object();
}

// What make() says of the settings after 'change', and which key it blames.
template <class Change>
Error complaint(Change change) {
  ChannelSettings changed = settings();
  change(changed);
  const auto made = find_gateway("telegram")->make(changed);
  return made ? Error{} : made.error();
}

TEST(TelegramSend, a_message_is_posted_to_the_bot_s_own_address) {
  const OutgoingRequest request = channel()->write(message("Bonjour"), 0, now);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://api.telegram.org/bot" + token + "/sendMessage");
  EXPECT_EQ(field(request.fields, "Content-Type"), "application/json");
  EXPECT_EQ(json::serialize(json::parse(request.body)),
            R"({"chat_id":1111111,"text":"Bonjour","link_preview_options":{"is_disabled":true}})");
}

TEST(TelegramSend, every_text_arrives_as_it_is) {
  for (const std::string text : {"a&b=c+d%20e", "<b>*_[x](y)_*</b> {\"a\":1}", "موعدك 28.03.2027\n1 = نعم", "ሰላም 😀👍",
                                 "line\r\nend\t\\", "C'est à 14:30, n° 5; 50% = ½"}) {
    EXPECT_EQ(std::string(body_of(text)["text"].as_string()), text);
  }
  EXPECT_EQ(std::string(body_of("a\xFFz")["text"].as_string()), "a\uFFFDz");
}

TEST(TelegramSend, an_address_that_is_nobody_s_id_reaches_nobody) {
  EXPECT_EQ(body_of("x", "4503599627370495")["chat_id"].as_int64(), 4503599627370495);
  // A name would be a public channel, a negative number a group.
  for (const std::string to : {"@somebody", "-1001234", "", "12a", "1e5", "99999999999999999999999"}) {
    EXPECT_EQ(body_of("x", to)["chat_id"].as_int64(), 0) << to;
  }
}

TEST(TelegramSend, one_request_carries_a_message_of_many_segments) {
  OutboundMessage three = message(std::string(400, 'a'));
  three.parts.resize(3);
  EXPECT_EQ(channel()->requests(three), 1U);
}

TEST(TelegramSend, every_answer_of_the_table_means_what_it_says) {
  const json::value file = read_json("tests/adapters/telegram/answers.json");
  ASSERT_GE(file.at("answers").as_array().size(), 30U);
  for (const json::value& row : file.at("answers").as_array()) {
    HttpResponse response{static_cast<int>(row.at("status").as_int64()), {}, {}};
    const json::value& body = row.at("body");
    response.body = body.is_string() ? std::string(body.as_string()) : json::serialize(body);
    if (const json::value* after = row.as_object().if_contains("retry_after")) {
      response.fields.push_back({"retry-after", std::string(after->as_string())});
    }
    EXPECT_EQ(words_of(channel()->judge(response)), std::string(row.at("want").as_string())) << row.at("name");
  }
}

TEST(TelegramSend, an_answer_beyond_every_size_is_not_read) {
  const HttpResponse response{403,
                              {},
                              R"({"ok":false,"error_code":403,"description":"bot was blocked by the user)" +
                                  std::string(1024 * 1024, 'x') + "\"}"};
  EXPECT_EQ(words_of(channel()->judge(response)), "misconfigured 403");
}

TEST(TelegramSend, a_local_server_of_the_bot_api_may_be_spoken_to) {
  ChannelSettings local = settings();
  local.values["api_url"] = "http://127.0.0.1:8081/";
  EXPECT_EQ(channel(local)->write(message("x"), 0, now).url, "http://127.0.0.1:8081/bot" + token + "/sendMessage");
  EXPECT_EQ(channel(local)->traits().host, "127.0.0.1");
  EXPECT_EQ(complaint([](auto& s) { s.values["api_url"] = "http://api.telegram.org"; }).where, "api_url");
}

TEST(TelegramSend, it_tells_what_it_can) {
  const Traits traits = channel()->traits();
  EXPECT_TRUE(traits.sends);
  EXPECT_TRUE(traits.authenticated);
  EXPECT_TRUE(traits.gateway_retries);
  EXPECT_FALSE(traits.inline_replies);
  EXPECT_FALSE(traits.takes_reference);
  EXPECT_FALSE(traits.telephones);
  EXPECT_EQ(traits.host, "api.telegram.org");
}

TEST(TelegramSend, a_wrong_setting_is_named_and_no_complaint_repeats_a_secret) {
  for (const std::string& bad :
       std::vector<std::string>{"hunter2", "123456789", ":fiction-0123456789_abcdefghijklmnopq", "123456789:short",
                                "12a:fiction-0123456789_abcdefghijklmnopq", "123456789:fiction-0123456789/../bot1:x",
                                "123456789:fiction 0123456789 abcdefghijklmn"}) {
    const Error error = complaint([&](auto& s) { s.secrets.insert_or_assign("token", Secret(bad)); });
    EXPECT_EQ(error.where, "token") << bad;
    EXPECT_EQ(to_string(error).find(bad), std::string::npos);
  }
  const Error error = complaint([](auto& s) { s.secrets.insert_or_assign("hook_secret", Secret("too-short-a-word")); });
  EXPECT_EQ(error.where, "hook_secret");
  EXPECT_EQ(to_string(error).find("too-short"), std::string::npos);
  EXPECT_EQ(complaint([](auto& s) { s.secrets.erase("token"); }).where, "token");
  EXPECT_EQ(complaint([](auto& s) { s.secrets.erase("hook_secret"); }).where, "hook_secret");
  EXPECT_EQ(complaint([](auto& s) { s.secrets.insert_or_assign("old_hook_secret", Secret("short")); }).where,
            "old_hook_secret");
  EXPECT_EQ(complaint([](auto& s) { s.secrets.erase("old_hook_secret"); }), Error{});
}

}  // namespace
}  // namespace passerelle::adapters::telegram_test
