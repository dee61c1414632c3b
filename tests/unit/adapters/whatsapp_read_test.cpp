#include "unit/adapters/whatsapp_fixture.hpp"

namespace passerelle::adapters::whatsapp_test {
namespace {

TEST(WhatsAppRead, every_request_of_the_table_becomes_what_it_says) {
  const auto chat = channel();
  expect_requests("tests/adapters/whatsapp/requests.json", 60,
                  [&](const std::string& body) { return chat->read(signed_request(body), now); });
}

TEST(WhatsAppRead, an_unsigned_body_is_refused_before_it_is_read) {
  HttpRequest request = signed_request("no JSON");
  request.fields.clear();
  EXPECT_EQ(graph_test::refusal(channel()->read(request, now)), "no signature");
  EXPECT_EQ(graph_test::refusal(channel()->read(signed_request("no JSON", "guess"), now)), "signature");
  EXPECT_EQ(graph_test::refusal(channel()->read(signed_request("no JSON", graph_test::old_app_secret), now)), "body");
}

TEST(WhatsAppRead, the_handshake_is_answered) {
  HttpRequest request;
  request.method = "GET";
  request.target = "/hooks/chat?hub.mode=subscribe&hub.challenge=77&hub.verify_token=" + graph_test::verify_token;
  const Webhook webhook = channel()->read(request, now);
  ASSERT_TRUE(std::holds_alternative<Handshake>(webhook));
  const HttpResponse& response = std::get<Handshake>(webhook).response;
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "77");
  EXPECT_EQ(field(response.fields, "Content-Type"), "text/plain");
}

TEST(WhatsAppRead, broken_letters_hide_neither_the_text_nor_the_rest_of_the_batch) {
  const std::string body =
      R"({"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"109000000000001"},"messages":[)"
      "{\"from\":\"33639980001\",\"id\":\"wamid.1\",\"type\":\"text\",\"text\":{\"body\":\"caf\xe9\"}},"
      R"({"from":"33639980002","id":"wamid.2","type":"text","text":{"body":"oui"}}]}}]}]})";
  const Events events = std::get<Events>(channel()->read(signed_request(body), now));
  ASSERT_EQ(events.messages.size(), 2U);
  EXPECT_EQ(events.messages[0].text, "caf\xEF\xBF\xBD");
  EXPECT_EQ(events.messages[1].text, "oui");
}

TEST(WhatsAppRead, a_body_as_deep_as_a_well_is_refused) {
  EXPECT_EQ(graph_test::refusal(channel()->read(signed_request(std::string(50'000, '[')), now)), "body");
  EXPECT_EQ(graph_test::refusal(channel()->read(signed_request("{\"object\":" + std::string(50'000, '[')), now)),
            "body");
}

TEST(WhatsAppRead, the_answer_is_an_empty_200) {
  const HttpResponse response = channel()->answer({}, {});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "");
}

}  // namespace
}  // namespace passerelle::adapters::whatsapp_test
