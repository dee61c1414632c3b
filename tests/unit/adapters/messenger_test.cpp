#include "unit/adapters/answers_json.hpp"
#include "unit/adapters/graph_fixture.hpp"

namespace passerelle::adapters::messenger_test {
namespace {

namespace json = boost::json;
using graph_test::now;

ChannelSettings settings() {
  ChannelSettings settings = graph_test::common_settings("page");
  settings.values["page"] = "101000000000001";
  return settings;
}

std::unique_ptr<Channel> channel(const ChannelSettings& of = settings()) {
  return find_gateway("messenger")->make(of).value();
}

OutboundMessage message(const std::string& text, MessageClass message_class = MessageClass::reply) {
  OutboundMessage made;
  made.ref = "0123456789abcdef0123456789abcdef";
  made.to = {"page", "5400000000000001"};
  made.message_class = message_class;
  made.text = text;
  made.parts = {text};
  return made;
}

json::value body_of(const OutboundMessage& message) { return json::parse(channel()->write(message, 0, now).body); }

TEST(MessengerRead, every_request_of_the_table_becomes_what_it_says) {
  const auto page = channel();
  expect_requests("tests/adapters/messenger/requests.json", 50,
                  [&](const std::string& body) { return page->read(graph_test::signed_request("page", body), now); });
}

TEST(MessengerRead, an_unsigned_body_is_refused_before_it_is_read) {
  HttpRequest request = graph_test::signed_request("page", "no JSON");
  EXPECT_EQ(graph_test::refusal(channel()->read(request, now)), "body");
  request.fields.clear();
  EXPECT_EQ(graph_test::refusal(channel()->read(request, now)), "no signature");
  EXPECT_EQ(graph_test::refusal(channel()->read(graph_test::signed_request("page", "no JSON", "guess"), now)),
            "signature");
}

TEST(MessengerRead, the_handshake_is_answered) {
  HttpRequest request;
  request.method = "GET";
  request.target = "/hooks/page?hub.mode=subscribe&hub.challenge=77&hub.verify_token=" + graph_test::verify_token;
  EXPECT_EQ(described(channel()->read(request, now)).at("handshake"), "77");
}

TEST(MessengerRead, the_button_with_which_everybody_begins_is_known_by_its_payload) {
  ChannelSettings other = settings();
  other.values["get_started"] = "BEGIN";
  const auto text = [](const ChannelSettings& of, const std::string& payload) {
    const std::string body =
        R"({"object":"page","entry":[{"messaging":[{"sender":{"id":"5"},"recipient":{"id":"101000000000001"},)"
        R"("postback":{"mid":"m_1","title":"Démarrer","payload":")" +
        payload + "\"}}]}]}";
    return std::get<Events>(channel(of)->read(graph_test::signed_request("page", body), now)).messages.at(0).text;
  };
  EXPECT_EQ(text(settings(), "GET_STARTED"), "");
  EXPECT_EQ(text(settings(), "BEGIN"), "Démarrer");
  EXPECT_EQ(text(other, "BEGIN"), "");
}

TEST(MessengerRead, broken_letters_are_mended) {
  const std::string body =
      R"({"object":"page","entry":[{"messaging":[{"sender":{"id":"5"},"recipient":{"id":"101000000000001"},"message":{"mid":"m_1",)"
      "\"text\":\"caf\xe9\"}}]}]}";
  const Events events = std::get<Events>(channel()->read(graph_test::signed_request("page", body), now));
  ASSERT_EQ(events.messages.size(), 1U);
  EXPECT_EQ(events.messages[0].text, "caf\xEF\xBF\xBD");
}

TEST(MessengerSend, a_text_is_posted_to_our_page_with_the_token) {
  const OutgoingRequest request = channel()->write(message("Bonjour"), 0, now);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://graph.facebook.com/v25.0/101000000000001/messages");
  EXPECT_EQ(field(request.fields, "Authorization"), "Bearer " + graph_test::access_token);
  EXPECT_EQ(json::parse(request.body),
            json::parse(R"({"recipient":{"id":"5400000000000001"},"messaging_type":"RESPONSE",
    "message":{"text":"Bonjour","metadata":"0123456789abcdef0123456789abcdef"}})"));
}

TEST(MessengerSend, what_we_begin_is_told_apart_from_answers) {
  EXPECT_EQ(body_of(message("x", MessageClass::crisis)).at("messaging_type"), "RESPONSE");
  for (const MessageClass own : {MessageClass::reminder, MessageClass::shift, MessageClass::notice})
    EXPECT_EQ(body_of(message("x", own)).at("messaging_type"), "UPDATE");
}

TEST(MessengerSend, every_text_arrives_as_it_is) {
  for (const std::string text : {"a\"b\\c/d", "موعدك 28.03.2027\n1 = نعم", "ሰላም፡ ሕቶ ኣለኒ", "😀👍"})
    EXPECT_EQ(body_of(message(text)).at("message").at("text").as_string(), text);
}

TEST(MessengerSend, every_answer_of_the_table_means_what_it_says) {
  expect_answers("tests/adapters/messenger/answers.json", 35, *channel());
}

TEST(MessengerSend, it_tells_what_it_can) {
  const Traits traits = channel()->traits();
  EXPECT_TRUE(traits.sends && traits.gateway_retries && traits.authenticated);
  EXPECT_FALSE(traits.inline_replies || traits.takes_reference || traits.lists_inbound || traits.telephones);
  EXPECT_EQ(traits.longest_text, 2000U);
  EXPECT_EQ(traits.host, "graph.facebook.com");
}

TEST(MessengerSend, a_wrong_setting_is_named_with_its_remedy) {
  const auto complaint = [](const std::string& key, const std::string& value) {
    ChannelSettings changed = settings();
    changed.values[key] = value;
    changed.secrets.insert_or_assign(key, Secret(value));
    const auto made = find_gateway("messenger")->make(changed);
    return made ? std::string() : made.error().where;
  };
  EXPECT_EQ(complaint("page", "101000000000001"), "");
  EXPECT_EQ(complaint("page", "https://facebook.com/us"), "page");
  EXPECT_EQ(complaint("get_started", "BEGIN"), "");
  EXPECT_EQ(complaint("get_started", "a\nb"), "get_started");
  EXPECT_EQ(complaint("app_secret", ""), "app_secret");
  EXPECT_EQ(complaint("verify_token", ""), "verify_token");
  EXPECT_EQ(complaint("token", ""), "token");
  EXPECT_EQ(complaint("api_url", "http://192.0.2.1"), "api_url");
}

}  // namespace
}  // namespace passerelle::adapters::messenger_test
