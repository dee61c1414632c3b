#include "unit/adapters/answers_json.hpp"
#include "unit/adapters/whatsapp_fixture.hpp"

namespace passerelle::adapters::whatsapp_test {
namespace {

namespace json = boost::json;

const std::string ref = "0123456789abcdef0123456789abcdef";

OutboundMessage message(const std::string& text, const std::string& to = "+33639980001") {
  OutboundMessage made;
  made.ref = ref;
  made.to = {"chat", to};
  made.text = text;
  made.parts = {text};
  return made;
}

json::value body_of(const OutboundMessage& message) { return json::parse(channel()->write(message, 0, now).body); }

Error complaint(const std::string& key, const std::string& value) {
  ChannelSettings changed = settings();
  changed.values[key] = value;
  changed.secrets.insert_or_assign(key, Secret(value));
  if (key == "callback_url") changed.callback_url = value;
  const auto made = find_gateway("whatsapp")->make(changed);
  return made ? Error{} : made.error();
}

TEST(WhatsAppSend, a_text_is_posted_to_our_number_with_the_token) {
  const OutgoingRequest request = channel()->write(message("Bonjour"), 0, now);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://graph.facebook.com/v25.0/109000000000001/messages");
  EXPECT_EQ(field(request.fields, "Authorization"), "Bearer " + graph_test::access_token);
  EXPECT_EQ(field(request.fields, "Content-Type"), "application/json");
  EXPECT_EQ(
      json::parse(request.body),
      json::parse(R"({"messaging_product":"whatsapp","recipient_type":"individual","to":"33639980001","type":"text",
              "text":{"preview_url":false,"body":"Bonjour"},"biz_opaque_callback_data":"0123456789abcdef0123456789abcdef"})"));
}

TEST(WhatsAppSend, somebody_who_hides_the_number_is_written_to_by_the_id) {
  const json::value body = body_of(message("Bonjour", "bsuid:FR.13491208655302741918"));
  EXPECT_EQ(body.at("recipient"), "FR.13491208655302741918");
  EXPECT_EQ(body.at("recipient_type"), "individual");
  EXPECT_FALSE(body.as_object().contains("to"));
}

TEST(WhatsAppSend, every_text_arrives_as_it_is) {
  for (const std::string text : {"a\"b\\c/d", "موعدك 28.03.2027\n1 = نعم", "ሰላም፡ ሕቶ ኣለኒ", "😀👍", "line\r\nend\t"})
    EXPECT_EQ(body_of(message(text)).at("text").at("body").as_string(), text);
}

TEST(WhatsAppSend, one_request_carries_a_message_of_any_length) {
  OutboundMessage three = message(std::string(400, 'a'));
  three.parts.resize(3);
  EXPECT_EQ(channel()->requests(three), 1U);
}

TEST(WhatsAppSend, the_token_stands_in_no_url_and_no_body) {
  const OutgoingRequest request = channel()->write(message("Bonjour"), 0, now);
  EXPECT_EQ((request.url + request.body).find(graph_test::access_token), std::string::npos);
}

TEST(WhatsAppSend, every_answer_of_the_table_means_what_it_says) {
  expect_answers("tests/adapters/whatsapp/answers.json", 45, *channel());
}

TEST(WhatsAppSend, an_answer_beyond_every_size_is_not_read) {
  const HttpResponse response{
      400, {}, "{\"error\":{\"code\":131050,\"message\":\"" + std::string(1024 * 1024, 'x') + "\"}}"};
  EXPECT_EQ(words_of(channel()->judge(response)), "misconfigured 400");
}

TEST(WhatsAppSend, it_tells_what_it_can) {
  ChannelSettings proxied = settings();
  proxied.values["api_url"] = "http://127.0.0.1:4010/graph/";
  proxied.values["api_version"] = "v26.0";
  const Traits traits = channel(proxied)->traits();
  EXPECT_TRUE(traits.sends && traits.gateway_retries && traits.authenticated && traits.telephones);
  EXPECT_FALSE(traits.inline_replies || traits.takes_reference || traits.lists_inbound);
  EXPECT_EQ(traits.longest_body, 3U * 1024 * 1024);
  EXPECT_EQ(traits.api_url, "http://127.0.0.1:4010/graph");
  EXPECT_EQ(traits.host, "127.0.0.1");
  EXPECT_EQ(channel(proxied)->write(message("x"), 0, now).url,
            "http://127.0.0.1:4010/graph/v26.0/109000000000001/messages");
  EXPECT_EQ(channel()->traits().host, "graph.facebook.com");
}

TEST(WhatsAppSend, a_wrong_setting_is_named_with_its_remedy) {
  EXPECT_EQ(complaint("api_version", "v25.0"), Error{});
  EXPECT_EQ(complaint("phone_number_id", "").where, "phone_number_id");
  EXPECT_EQ(complaint("phone_number_id", "+33639980099").where, "phone_number_id");
  EXPECT_EQ(complaint("app_secret", "").where, "app_secret");
  EXPECT_EQ(complaint("verify_token", "").where, "verify_token");
  EXPECT_EQ(complaint("token", "").where, "token");
  EXPECT_EQ(complaint("token", "EAA\r\nX: hunter2").where, "token");
  EXPECT_EQ(to_string(complaint("token", "EAA\r\nX: hunter2")).find("hunter2"), std::string::npos);
  EXPECT_EQ(complaint("api_version", "25").where, "api_version");
  EXPECT_EQ(complaint("api_version", "v25.0/me").where, "api_version");
  EXPECT_EQ(complaint("api_url", "http://graph.facebook.com").where, "api_url");
  EXPECT_EQ(complaint("callback_url", "nowhere").where, "callback_url");
}

}  // namespace
}  // namespace passerelle::adapters::whatsapp_test
