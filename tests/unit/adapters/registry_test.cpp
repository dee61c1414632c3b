#include <gtest/gtest.h>

#include "unit/adapters/twilio_fixture.hpp"

namespace passerelle::adapters {
namespace {

// What make() says of the settings after 'change', and which key it blames.
template <class Change>
Error complaint(Change change) {
  ChannelSettings changed = settings();
  change(changed);
  const auto made = find_gateway("twilio")->make(changed);
  return made ? Error{} : made.error();
}

TEST(Registry, names_each_gateway_once_with_its_keys) {
  std::set<std::string> names;
  for (const Gateway& gateway : registry()) {
    EXPECT_TRUE(names.insert(gateway.name).second) << gateway.name;
    EXPECT_NE(gateway.make, nullptr);
    std::set<std::string> keys;
    for (const SettingRow& row : gateway.settings) {
      EXPECT_TRUE(keys.insert(row.key).second) << row.key;
      EXPECT_FALSE(row.comment.empty()) << row.key;
    }
  }
  EXPECT_TRUE(names.contains("twilio") && names.contains("simulator"));
  EXPECT_EQ(find_gateway("twillio"), nullptr);
}

TEST(Registry, a_gateway_says_of_inline_replies_what_its_channels_say) {
  ChannelSettings any = settings();
  any.values["username"] = "u";
  any.values["phone_number_id"] = "1";
  any.secrets.insert_or_assign("token", Secret("123456789:fiction-0123456789_abcdefghijklmnopq"));
  any.values["page"] = "1";
  any.values["sender"] = "s";
  any.secrets.emplace("password", Secret("p"));
  any.secrets.emplace("hook_secret", Secret("fiction-0123456789abcdef"));
  any.secrets.emplace("signing_key", Secret("k"));
  any.secrets.emplace("app_secret", Secret("s"));
  any.secrets.emplace("verify_token", Secret("v"));
  any.values["api_key"] = "k";
  any.values["number"] = "+41790000001";
  any.secrets.emplace("api_secret", Secret("s"));
  any.secrets.emplace("signature_secret", Secret("s"));
  any.values["api_url"] = "http://127.0.0.1:9";
  any.values["host"] = "127.0.0.1";
  any.values["subject"] = "s";
  any.values["preset"] = "africastalking";
  any.secrets.emplace("api_key", Secret("k"));
  for (const Gateway& gateway : registry()) {
    if (gateway.name == "smtp") any.values["from"] = "bot@example.org";
    EXPECT_EQ(gateway.make(any).value()->traits().inline_replies, gateway.inline_replies) << gateway.name;
  }
}

TEST(Registry, twilio_tells_what_it_can) {
  const Traits traits = channel()->traits();
  EXPECT_TRUE(traits.inline_replies);
  EXPECT_TRUE(traits.authenticated);
  EXPECT_FALSE(traits.gateway_retries);
  EXPECT_FALSE(traits.takes_reference);
  EXPECT_EQ(traits.answer_within, std::chrono::seconds(10));
  EXPECT_TRUE(traits.sends);
  EXPECT_EQ(traits.api_url, "https://api.twilio.com");
  EXPECT_EQ(traits.host, "api.twilio.com");
  ChannelSettings other = settings();
  other.values["api_url"] = "https://127.0.0.1.example.org/x";
  EXPECT_EQ(channel(other)->traits().host, "127.0.0.1.example.org");
  ChannelSettings short_of = settings();
  short_of.values.erase("api_url");
  EXPECT_EQ(channel(short_of)->traits().host, "api.twilio.com");
}

TEST(Registry, a_wrong_setting_is_named_with_its_remedy) {
  EXPECT_EQ(complaint([](auto& s) { s.values["account"] = "SK123"; }).where, "account");
  EXPECT_EQ(complaint([](auto& s) { s.values["account"] = "AC'1"; }).where, "account");
  EXPECT_EQ(complaint([](auto& s) { s.values.erase("account"); }).where, "account");
  EXPECT_EQ(complaint([](auto& s) { s.values["from"] = ""; }).where, "from");
  EXPECT_EQ(complaint([](auto& s) { s.secrets.clear(); }).where, "token");
  EXPECT_EQ(complaint([](auto& s) { s.secrets.erase("token"); }).where, "token");
  EXPECT_EQ(complaint([](auto& s) { s.callback_url = "sms.example.org"; }).where, "callback_url");
}

TEST(Registry, plain_http_to_the_api_stays_on_this_machine) {
  for (const std::string good :
       {"http://127.0.0.1:4010", "http://localhost:1", "http://[::1]:99", "https://api.twilio.com", "http://127.1.2.3",
        "https://proxy.example.org:8443/twilio"}) {
    EXPECT_EQ(complaint([&](auto& s) { s.values["api_url"] = good; }), Error{}) << good;
  }
  for (const std::string bad :
       {"http://api.twilio.com", "http://127.0.0.1.example.org", "http://127.0.0.1.5", "http://127.0.0.1.",
        "http://127.0.0.256", "http://10.0.0.1", "ftp://localhost", "api.twilio.com", "https://",
        "https://user:pass@api.twilio.com", "http://localhost.evil.org", "https://a.org/?x", "https://a.org/#x"}) {
    EXPECT_EQ(complaint([&](auto& s) { s.values["api_url"] = bad; }).where, "api_url") << bad;
  }
}

TEST(Registry, no_complaint_repeats_a_secret) {
  const Error error = complaint([](auto& s) {
    s.values["account"] = "wrong";
    s.secrets.insert_or_assign("token", Secret("hunter2"));
  });
  EXPECT_EQ(to_string(error).find("hunter2"), std::string::npos);
  for (const std::string pasted :
       {"https://user:hunter2@api.twilio.com", "ftp://host/hunter2", "https://a.org/?token=hunter2"}) {
    const Error wrong = complaint([&](auto& s) { s.values["api_url"] = pasted; });
    EXPECT_EQ(wrong.where, "api_url");
    EXPECT_EQ(to_string(wrong).find("hunter2"), std::string::npos) << pasted;
  }
}

}  // namespace
}  // namespace passerelle::adapters
