#include <gtest/gtest.h>

#include "unit/adapters/outcome_words.hpp"
#include "unit/adapters/vonage_fixture.hpp"

namespace passerelle::adapters::vonage_test {
namespace {

namespace json = boost::json;

const std::string ref = "0123456789abcdef0123456789abcdef";
const std::string callback = "https://sms.example.org/hooks/vonage/status";

OutboundMessage message(const std::string& text = "Rendez-vous à 14:30", const std::string& to = "+41791234567") {
  OutboundMessage made;
  made.ref = ref;
  made.to = {"vonage", to};
  made.text = text;
  made.parts = {text};
  return made;
}

std::map<std::string, std::string> form_of(const OutgoingRequest& request) {
  std::map<std::string, std::string> form;
  for (const HttpField& pair : parse_form(request.body)) form[pair.name] = pair.value;
  return form;
}

json::value json_of(const OutboundMessage& of) { return json::parse(channel("messages")->write(of, 0, now).body); }

Error complaint(const std::string& name, const std::string& value) {
  ChannelSettings changed = settings("sms");
  changed.values[name] = value;
  changed.secrets.insert_or_assign(name, Secret(value));
  if (name == "callback_url") changed.callback_url = value;
  const auto made = find_gateway("vonage")->make(changed);
  return made ? Error{} : made.error();
}

TEST(VonageSend, a_text_by_the_sms_api_is_a_form_with_our_reference) {
  const OutgoingRequest request = channel("sms")->write(message(), 0, now);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://rest.nexmo.com/sms/json");
  EXPECT_EQ(field(request.fields, "Authorization"), "Basic " + crypto::base64("abcd1234:fiction only"));
  const std::map<std::string, std::string> wanted = {
      {"from", "41798070000"}, {"to", "41791234567"},      {"text", "Rendez-vous à 14:30"}, {"type", "text"},
      {"client-ref", ref},     {"status-report-req", "1"}, {"callback", callback}};
  EXPECT_EQ(form_of(request), wanted);
  EXPECT_EQ(channel("sms")->requests(message(std::string(400, 'a'))), 1U)
      << "Vonage parts it, and reports on each part";
}

TEST(VonageSend, the_coding_is_always_told) {
  OutboundMessage tigrinya = message("ሰላም");
  tigrinya.encoding = Encoding::ucs2;
  EXPECT_EQ(form_of(channel("sms")->write(tigrinya, 0, now)).at("type"), "unicode");
  EXPECT_EQ(json_of(tigrinya).at("sms").at("encoding_type"), "unicode");
  EXPECT_EQ(json_of(message()).at("sms").at("encoding_type"), "text");
}

TEST(VonageSend, vonage_learns_how_long_the_message_is_of_use) {
  const auto ttl = [](std::chrono::seconds left) {
    OutboundMessage ends = message();
    ends.not_after = now + left;
    return form_of(channel("sms")->write(ends, 0, now)).at("ttl") + " " + json::serialize(json_of(ends).at("ttl"));
  };
  EXPECT_EQ(ttl(std::chrono::hours(2)), "7200000 7200");
  EXPECT_EQ(ttl(std::chrono::seconds(-5)), "20000 20");
  EXPECT_EQ(ttl(std::chrono::hours(1000)), "604800000 604800");
  EXPECT_FALSE(form_of(channel("sms")->write(message(), 0, now)).contains("ttl"));
}

TEST(VonageSend, a_text_by_the_messages_api_is_json) {
  const OutgoingRequest request = channel("messages")->write(message(), 0, now);
  EXPECT_EQ(request.url, "https://api.nexmo.com/v1/messages");
  EXPECT_EQ(field(request.fields, "Content-Type"), "application/json");
  const json::value wanted = {{"message_type", "text"},
                              {"channel", "sms"},
                              {"to", "41791234567"},
                              {"from", "41798070000"},
                              {"text", "Rendez-vous à 14:30"},
                              {"client_ref", ref},
                              {"webhook_url", callback},
                              {"webhook_version", "v1"},
                              {"sms", {{"encoding_type", "text"}}}};
  EXPECT_EQ(json::parse(request.body), wanted) << request.body;
}

TEST(VonageSend, who_wrote_by_whatsapp_is_answered_there) {
  const json::value number = json_of(message("Oui", "whatsapp:+41791234567"));
  EXPECT_EQ(number.at("channel"), "whatsapp");
  EXPECT_EQ(number.at("to"), "41791234567");
  EXPECT_FALSE(number.as_object().contains("sms") || number.as_object().contains("ttl"));
  EXPECT_EQ(json_of(message("Oui", "whatsapp:CH.13491208655302741918")).at("to"), "CH.13491208655302741918");
}

TEST(VonageSend, every_answer_of_the_table_means_what_it_says) {
  const json::value file = read_json("tests/adapters/vonage/answers.json");
  ASSERT_GE(file.at("answers").as_array().size(), 50U);
  for (const json::value& row : file.at("answers").as_array()) {
    HttpResponse response{static_cast<int>(row.at("status").as_int64()), {}, vonage_test::body_of(row)};
    if (const json::value* after = row.as_object().if_contains("retry_after"))
      response.fields.push_back({"Retry-After", std::string(after->as_string())});
    const std::string api(row.at("api").as_string());
    EXPECT_EQ(words_of(channel(api)->judge(response)), std::string(row.at("want").as_string())) << row.at("name");
  }
}

TEST(VonageSend, it_tells_what_it_can) {
  for (const std::string api : {"sms", "messages"}) {
    const Traits traits = channel(api)->traits();
    EXPECT_TRUE(traits.sends && traits.gateway_retries && traits.authenticated && traits.telephones);
    EXPECT_FALSE(traits.inline_replies || traits.takes_reference || traits.lists_inbound);
    EXPECT_EQ(traits.host, api == "sms" ? "rest.nexmo.com" : "api.nexmo.com");
  }
}

TEST(VonageSend, a_wrong_setting_is_named_with_its_remedy) {
  EXPECT_EQ(complaint("application", "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab"), Error{});
  EXPECT_EQ(complaint("api", "voice").where, "api");
  EXPECT_EQ(complaint("api_key", "").where, "api_key");
  EXPECT_EQ(complaint("api_key", "a:b").where, "api_key");
  EXPECT_EQ(complaint("api_secret", "").where, "api_secret");
  EXPECT_EQ(complaint("signature_secret", "").where, "signature_secret");
  EXPECT_EQ(complaint("signature_method", "sha3").where, "signature_method");
  EXPECT_EQ(complaint("application", "a b").where, "application");
  EXPECT_EQ(complaint("from", "").where, "from");
  for (const std::string bad : {"4", "10081", "x", "-5"})
    EXPECT_EQ(complaint("fresh_minutes", bad).where, "fresh_minutes");
  EXPECT_EQ(complaint("api_url", "http://rest.nexmo.com").where, "api_url");
  EXPECT_EQ(complaint("callback_url", "nowhere").where, "callback_url");
}

}  // namespace
}  // namespace passerelle::adapters::vonage_test
