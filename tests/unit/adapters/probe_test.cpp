// 'channel test', of every gateway: what an adapter would send to our own hook is heard by the adapter and brings
// nothing, and the stranger's is refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "adapters/registry.hpp"

namespace passerelle::adapters {
namespace {

constexpr TimePoint now{std::chrono::seconds(1'800'000'000)};
const std::string hook = "http://127.0.0.1:8080/hooks/here";

struct Given {
  std::string gateway;
  std::map<std::string, std::string> values;
  std::map<std::string, std::string> secrets;
  std::string asks;  // what the probe's address begins with
};

const std::vector<Given>& all() {
  static const std::vector<Given> given = {
      {"twilio",
       {{"account", "AC00000000000000000000000000000001"}, {"from", "+41798070000"}},
       {{"token", "current-token"}, {"old_token", "former-token"}},
       "https://api.twilio.com/2010-04-01/Accounts/AC00000000000000000000000000000001/IncomingPhoneNumbers.json?"},
      {"kannel",
       {{"username", "tester"}, {"from", "+33639980001"}},
       {{"hook_secret", "0123456789abcdefghijkl"}, {"password", "secret"}},
       "http://127.0.0.1:13013/cgi-bin/sendsms"},
      {"smsgate",
       {{"username", "sms"}},
       {{"signing_key", "a-key"}, {"password", "secret"}},
       "https://api.sms-gate.app/3rdparty/v1/webhooks"},
      {"telegram",
       {},
       {{"token", "123456789:AAFictionFictionFictionFictionFiction"}, {"hook_secret", "0123456789abcdefghijkl"}},
       "https://api.telegram.org/bot123456789:AAFictionFictionFictionFictionFiction/getWebhookInfo"},
      {"whatsapp",
       {{"phone_number_id", "106540352242922"}},
       {{"app_secret", "0123456789abcdef"}, {"verify_token", "a-word-of-ours"}, {"token", "EAAfiction"}},
       "https://graph.facebook.com/v25.0/106540352242922?fields="},
      {"messenger",
       {{"page", "1067280970047460"}},
       {{"app_secret", "0123456789abcdef"}, {"verify_token", "a-word-of-ours"}, {"token", "EAAfiction"}},
       "https://graph.facebook.com/v25.0/1067280970047460?fields="},
      {"viber",
       {{"sender", "Maison"}},
       {{"token", "445da6az1s345z78"}},
       "https://chatapi.viber.com/pa/get_account_info"},
      {"vonage",
       {{"api_key", "abcd1234"}, {"from", "+41798070000"}},
       {{"api_secret", "s"}, {"signature_secret", "a-signature-secret"}},
       "https://api.nexmo.com/accounts/abcd1234/secrets"},
      {"vonage",
       {{"api", "sms"}, {"api_key", "abcd1234"}, {"from", "+41798070000"}, {"signature_method", "md5hash"}},
       {{"api_secret", "s"}, {"signature_secret", "a-signature-secret"}},
       "https://rest.nexmo.com/account/get-balance"},
  };
  return given;
}

std::unique_ptr<Channel> make(const Given& given) {
  const Gateway* gateway = find_gateway(given.gateway);
  EXPECT_NE(gateway, nullptr) << given.gateway;
  ChannelSettings settings{"here", hook, given.values, {}, {}};
  for (const auto& [key, text] : given.secrets) settings.secrets.emplace(key, Secret(text));
  auto made = gateway->make(settings);
  EXPECT_TRUE(made) << given.gateway << ": " << made.error().what;
  return std::move(*made);
}

Webhook knock(const Channel& channel, const OutgoingRequest& request) {
  return channel.read({request.method, "/hooks/here" + request.url, request.fields, request.body, "127.0.0.1", true},
                      now);
}

TEST(Probe, every_gateway_hears_its_own_knock_which_brings_nothing_and_refuses_the_strangers) {
  for (const Given& given : all()) {
    const auto channel = make(given);
    const auto knocks = channel->knocks(now);
    ASSERT_TRUE(knocks) << given.gateway;
    const Webhook heard = knock(*channel, knocks->known);
    const auto* events = std::get_if<Events>(&heard);
    ASSERT_NE(events, nullptr) << given.gateway;
    EXPECT_TRUE(events->messages.empty() && events->receipts.empty()) << given.gateway;
    const Webhook refused = knock(*channel, knocks->stranger);
    const auto* rejected = std::get_if<Rejected>(&refused);
    ASSERT_NE(rejected, nullptr) << given.gateway;
    EXPECT_EQ(rejected->status / 100, 4) << given.gateway;
  }
}

TEST(Probe, every_gateway_asks_its_own_api) {
  for (const Given& given : all()) {
    const auto channel = make(given);
    const auto request = channel->probe();
    ASSERT_TRUE(request) << given.gateway;
    EXPECT_TRUE(request->url.starts_with(given.asks)) << request->url;
    EXPECT_TRUE(request->url.starts_with(channel->traits().api_url)) << request->url;
  }
}

// An error page of a proxy, or of another service at a mistyped address, is never taken for the gateway's yes.
TEST(Probe, an_answer_that_is_not_the_gateways_is_never_well) {
  for (const Given& given : all()) {
    const auto channel = make(given);
    for (const std::string body : {"", "<html>It works!</html>", "{}", "[]", "{\"ok\":false}", "{\"status\":99}"}) {
      for (const int status : {200, 204, 302, 401, 403, 404, 429, 500, 503}) {
        const Diagnosis told = channel->explain({status, {}, body});
        EXPECT_FALSE(told.well) << given.gateway << ' ' << status << ' ' << body;
        EXPECT_FALSE(told.what.empty() || told.remedy.empty()) << given.gateway << ' ' << status << ' ' << body;
      }
    }
  }
}

struct Answer {
  std::string gateway;
  int status;
  std::string body;
  bool well;
  std::string says;
};

TEST(Probe, answers_are_told_in_plain_words) {
  const std::vector<Answer> answers = {
      {"twilio", 200, R"({"incoming_phone_numbers":[{"phone_number":"+41798070000"}]})", true,
       "knows this account and its number"},
      {"twilio", 200, R"({"incoming_phone_numbers":[]})", false, "not one of its numbers"},
      {"kannel", 400, "Missing receiver number, rejected", true, "smsbox knows this account"},
      {"kannel", 403, "Authorization failed for sendsms", false, "does not accept"},
      {"telegram", 200, R"({"ok":true,"result":{"url":"http://127.0.0.1:8080/hooks/here"}})", true, "knows this bot"},
      {"telegram", 200, R"({"ok":true,"result":{"url":""}})", false, "no webhook is set"},
      {"telegram", 200, R"({"ok":true,"result":{"url":"https://other.example/x"}})", false, "leads elsewhere"},
      {"telegram", 401, R"({"ok":false,"error_code":401,"description":"Unauthorized"})", false,
       "does not know this token"},
      {"whatsapp", 200, R"({"id":"106540352242922","verified_name":"Maison"})", true, "knows this account"},
      {"whatsapp", 401, R"({"error":{"code":190}})", false, "token has ended"},
      {"whatsapp", 400, R"({"error":{"code":100,"error_subcode":33}})", false, "nothing has this id"},
      {"messenger", 403, R"({"error":{"code":200}})", false, "lacks a right"},
      {"viber", 200, R"({"status":0,"webhook":"http://127.0.0.1:8080/hooks/here"})", true, "knows this bot"},
      {"viber", 200, R"({"status":2,"status_message":"invalid"})", false, "does not know this token"},
      {"viber", 200, R"({"status":0,"webhook":""})", false, "no webhook is set"},
      {"vonage", 200, R"({"_embedded":{"secrets":[]}})", true, "knows this account"},
      {"smsgate", 200, R"([{"event":"sms:received","url":"http://127.0.0.1:8080/hooks/here"}])", false,
       "sms:sent, sms:delivered, sms:failed"},
  };
  for (const Answer& answer : answers) {
    const auto given = std::ranges::find(all(), answer.gateway, &Given::gateway);
    const Diagnosis told = make(*given)->explain({answer.status, {}, answer.body});
    EXPECT_EQ(told.well, answer.well) << answer.gateway << ": " << told.what;
    EXPECT_NE(told.what.find(answer.says), std::string::npos) << answer.gateway << ": " << told.what;
  }
}

TEST(Probe, a_line_of_vonage_without_credit_is_not_well) {
  EXPECT_FALSE(make(all().back())->explain({200, {}, R"({"value":0.0,"autoReload":false})"}).well);
  EXPECT_TRUE(make(all().back())->explain({200, {}, R"({"value":10.28,"autoReload":false})"}).well);
}

}  // namespace
}  // namespace passerelle::adapters
