#include <gtest/gtest.h>

#include "unit/adapters/telegram_fixture.hpp"

namespace passerelle::adapters::telegram_test {
namespace {

namespace json = boost::json;

const std::string hello =
    R"({"update_id":7,"message":{"message_id":1,"from":{"id":5},"chat":{"id":5,"type":"private"},"text":"Bonjour"}})";

std::string_view name_of(InboundMessage::Kind kind) {
  switch (kind) {
    case InboundMessage::Kind::text: return "text";
    case InboundMessage::Kind::missed_call: return "missed_call";
    case InboundMessage::Kind::location: return "location";
    case InboundMessage::Kind::media: return "media";
  }
  return "";
}

// Everything that a row of updates.json may ask for, so that a row names only what it is about.
json::object described(const Webhook& webhook) {
  const Events& events = std::get<Events>(webhook);
  json::object seen{{"ignored", events.ignored}, {"messages", events.messages.size()}, {"pressed", events.pressed}};
  for (const InboundMessage& message : events.messages) {
    json::array media;
    for (const Attachment& one : message.attachments) media.push_back(json::array{one.url, one.content_type});
    EXPECT_EQ(message.from.channel, "telegram");
    seen["kind"] = name_of(message.kind);
    seen["text"] = message.text;
    seen["payload"] = message.payload;
    seen["user"] = message.from.user;
    seen["id"] = message.provider_id;
    seen["media"] = std::move(media);
    seen["sent_at"] = to_ms(message.sent_at) / 1000;
  }
  return seen;
}

std::string text_in(const std::string& escaped) {
  const std::string body =
      R"({"update_id":7,"message":{"from":{"id":5},"chat":{"type":"private"},"text":")" + escaped + R"("}})";
  const Webhook webhook = channel()->read(request(body), now);
  const auto* events = std::get_if<Events>(&webhook);
  return events == nullptr || events->messages.size() != 1 ? "unread" : events->messages[0].text;
}

TEST(TelegramRead, every_update_of_the_table_becomes_what_it_says) {
  const json::value file = read_json("tests/adapters/telegram/updates.json");
  ASSERT_GE(file.at("updates").as_array().size(), 40U);
  for (const json::value& row : file.at("updates").as_array()) {
    const json::object seen = described(channel()->read(request(json::serialize(row.at("update"))), now));
    for (const auto& [key, wanted] : row.at("want").as_object()) {
      const json::value* found = seen.if_contains(key);
      ASSERT_NE(found, nullptr) << row.at("name") << ": no " << std::string_view(key) << " in "
                                << json::serialize(seen);
      EXPECT_EQ(json::serialize(*found), json::serialize(wanted)) << row.at("name") << ": " << std::string_view(key);
    }
  }
}

TEST(TelegramRead, the_token_stands_in_no_message) {
  const json::value file = read_json("tests/adapters/telegram/updates.json");
  for (const json::value& row : file.at("updates").as_array()) {
    const json::object seen = described(channel()->read(request(json::serialize(row.at("update"))), now));
    EXPECT_EQ(json::serialize(seen).find("fiction-"), std::string::npos) << row.at("name");
  }
}

TEST(TelegramRead, either_secret_opens_and_no_other) {
  EXPECT_EQ(refusal(channel()->read(request(hello), now)), "");
  EXPECT_EQ(refusal(channel()->read(request(hello, old_secret), now)), "");
  for (const std::string& other : std::vector<std::string>{secret + "x", secret.substr(1), " " + secret, "x", token,
                                                           secret + old_secret, std::string(10'000, 'x')}) {
    EXPECT_EQ(refusal(channel()->read(request(hello, other), now)), "403 secret") << other.substr(0, 40);
  }
  EXPECT_EQ(refusal(channel()->read(request(hello, ""), now)), "403 no secret");
  HttpRequest bare = request(hello);
  bare.fields.clear();
  EXPECT_EQ(refusal(channel()->read(bare, now)), "403 no secret");
}

TEST(TelegramRead, a_thousand_flips_of_the_secret_are_refused) {
  int refused = 0;
  for (int i = 0; i < 1000; ++i) {
    std::string flipped = secret;
    char& letter = flipped[static_cast<std::size_t>(i) % flipped.size()];
    letter = static_cast<char>(letter ^ (1 + i / static_cast<int>(flipped.size()) % 127));
    if (refusal(channel()->read(request(hello, flipped), now)) == "403 secret") ++refused;
  }
  EXPECT_EQ(refused, 1000);
}

TEST(TelegramRead, the_secret_is_looked_at_before_the_body) {
  EXPECT_EQ(refusal(channel()->read(request(std::string(1024 * 1024, '['), "x"), now)), "403 secret");
  EXPECT_EQ(refusal(channel()->read(request(std::string(1024 * 1024, '[')), now)), "413 size");
}

TEST(TelegramRead, what_is_no_update_is_refused) {
  for (const std::string& body : std::vector<std::string>{"", "[]", "null", "{", "text", std::string(5000, '['),
                                                          "{\"update_id\":7", "update_id=7"}) {
    EXPECT_EQ(std::get<Events>(channel()->read(request(body), now)).ignored, 1U) << body.substr(0, 40);
  }
}

TEST(TelegramRead, only_a_post_to_its_own_hook_is_heard) {
  HttpRequest other = request(hello);
  other.method = "GET";
  EXPECT_EQ(refusal(channel()->read(other, now)), "405 method");
  for (const std::string path : {"/hooks/other", "/hooks/telegram/", "/hooks/telegram/status", "/", ""}) {
    other = request(hello);
    other.target = path;
    EXPECT_EQ(refusal(channel()->read(other, now)), "403 path") << path;
  }
}

TEST(TelegramRead, one_broken_letter_hides_no_message) {
  EXPECT_EQ(text_in(R"(\ud83d\udc4d)"), "👍");
  EXPECT_EQ(text_in(R"(a\ud83d b)"), "a\uFFFD b");
  EXPECT_EQ(text_in("a\xFFz"), "a\uFFFDz");
}

TEST(TelegramRead, two_bots_that_give_the_same_update_id_bring_two_messages) {
  ChannelSettings other = settings();
  other.secrets.insert_or_assign("token", Secret("987654321:fiction-0123456789_abcdefghijklmnopq"));
  const auto id = [](const Channel& of) {
    return std::get<Events>(of.read(request(hello), now)).messages.at(0).provider_id;
  };
  EXPECT_EQ(id(*channel()), "123456789-7");
  EXPECT_EQ(id(*channel(other)), "987654321-7");
}

TEST(TelegramRead, the_answer_asks_telegram_for_nothing) {
  Events pressed;
  pressed.pressed = "4382";
  EXPECT_EQ(channel()->answer(pressed, {}).body, R"({"method":"answerCallbackQuery","callback_query_id":"4382"})")
      << "else the button seems to wait";
  const HttpResponse answer = channel()->answer({}, {});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "{}");
  EXPECT_EQ(field(answer.fields, "Content-Type"), "application/json");
}

}  // namespace
}  // namespace passerelle::adapters::telegram_test
