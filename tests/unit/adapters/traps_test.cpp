// What 'doctor' says of a gateway by its settings alone, and by its own configuration where that is on this machine.
#include <gtest/gtest.h>

#include "adapters/registry.hpp"

namespace passerelle::adapters {
namespace {

std::vector<Trap> traps(const std::string& gateway, const ChannelSettings& settings, const PeerFiles& files = {}) {
  return find_gateway(gateway)->traps(settings, files);
}

bool told(const std::vector<Trap>& found, std::string_view remedy) {
  for (const Trap& trap : found)
    if (trap.certain && trap.remedy.find(remedy) != std::string::npos) return true;
  return false;
}

ChannelSettings calling(const std::string& url) {
  ChannelSettings settings;
  settings.name = "here";
  settings.callback_url = url;
  return settings;
}

const std::string conf =
    "# sample\ngroup = core\nstore-type = spool\nstore-location = \"/var/spool\"\ndlr-storage = spool\n\n"
    "group = smsbox\nhttp-request-retry = 100\nmo-recode = true\n\n"
    "group = sms-service\npost-url = \"http://127.0.0.1:8080/hooks/here/secret?id=%I\"\nmax-messages = 0\n\n"
    "group = sendsms-user\nusername = us\nmax-messages = 255\n";

std::string without(std::string text, const std::string& line) {
  const auto at = text.find(line);
  EXPECT_NE(at, std::string::npos) << line;
  return text.erase(at, line.size());
}

TEST(Traps, of_kannel_are_found_in_its_own_configuration) {
  ChannelSettings settings = calling("http://127.0.0.1:8080/hooks/here");
  settings.values["username"] = "us";
  EXPECT_TRUE(traps("kannel", settings, {{"conf", conf}}).empty());
  const std::vector<std::pair<std::string, std::string>> lines = {
      {"http-request-retry = 100\n", "http-request-retry"},
      {"store-location = \"/var/spool\"\n", "store-location"},
      {"dlr-storage = spool\n", "dlr-storage"},
      {"?id=%I", "?id=%I"},
      {"max-messages = 0\n", "max-messages = 0"},
      {"max-messages = 255\n", "max-messages = 255"},
      {"username = us\n", "config/kannel/kannel.conf"}};
  for (const auto& [line, remedy] : lines)
    EXPECT_TRUE(told(traps("kannel", settings, {{"conf", without(conf, line)}}), remedy)) << line;
  settings.name = "other";
  EXPECT_TRUE(told(traps("kannel", settings, {{"conf", conf}}), "config/kannel/kannel.conf"))
      << "brings texts elsewhere";
  ASSERT_EQ(traps("kannel", settings).size(), 1U);
  EXPECT_FALSE(traps("kannel", settings).front().certain) << "nothing shows whether it is so";
}

TEST(Traps, of_gammu_are_found_in_its_own_configuration) {
  ChannelSettings settings;
  settings.values["spool"] = "/s";
  const std::string smsdrc =
      "[gammu]\ndevice = x\n[smsd]\nService = files\ninboxpath = /s/inbox/\nOutboxPath = /s/outbox\nsentsmspath = "
      "/s/sent/\nerrorsmspath = /s/error/\nInboxFormat = Unicode\nMultipartTimeout = 600\n";
  EXPECT_TRUE(traps("gammu", settings, {{"smsdrc", smsdrc}}).empty());
  EXPECT_TRUE(told(traps("gammu", settings, {{"smsdrc", without(smsdrc, "Service = files\n")}}), "service = files"));
  EXPECT_TRUE(told(traps("gammu", settings, {{"smsdrc", without(smsdrc, "InboxFormat = Unicode\n")}}), "InboxFormat"));
  settings.values["spool"] = "/elsewhere";
  EXPECT_TRUE(told(traps("gammu", settings, {{"smsdrc", smsdrc}}), "outboxpath = /elsewhere/outbox/"));
}

TEST(Traps, webhooks_in_the_clear_are_told_where_a_gateway_brings_none) {
  for (const char* gateway : {"telegram", "viber", "whatsapp", "messenger", "vonage"}) {
    EXPECT_TRUE(told(traps(gateway, calling("http://sms.example.org/hooks/here")), "https://")) << gateway;
    EXPECT_FALSE(told(traps(gateway, calling("https://sms.example.org/hooks/here")), "put TLS")) << gateway;
    ChannelSettings rehearsal = calling("http://127.0.0.1/hooks/here");
    rehearsal.values["api_url"] = "http://127.0.0.1:9";
    EXPECT_FALSE(told(traps(gateway, rehearsal), "put TLS")) << gateway;
  }
}

TEST(Traps, of_single_gateways) {
  ChannelSettings settings = calling("https://sms.example.org/hooks/here");
  settings.values["receive"] = "polling";
  settings.secrets.emplace("hook_secret", Secret("0123456789abcdefghijkl"));
  EXPECT_TRUE(told(traps("telegram", settings), "deleteWebhook"));
  settings.values["receive"] = "webhook";
  EXPECT_TRUE(told(traps("signal", settings), "receive = \"polling\""));
  settings.values["mode"] = "phone";
  EXPECT_TRUE(told(traps("smsgate", settings), "mode = \"server\"")) << "the cloud's address";
  settings.secrets.insert_or_assign("verify_token", Secret("word"));
  settings.values["api_version"] = "v12.0";
  EXPECT_TRUE(told(traps("whatsapp", settings), "openssl rand"));
  EXPECT_TRUE(told(traps("messenger", settings), "api_version"));
  settings.values["fresh_minutes"] = "60";
  EXPECT_TRUE(told(traps("vonage", settings), "fresh_minutes"));
  settings.values["port"] = "25";
  EXPECT_TRUE(told(traps("smtp", settings), "587"));
  EXPECT_TRUE(told(traps("twilio", calling("http://sms.example.org/hooks/here")), "https://"));
}

}  // namespace
}  // namespace passerelle::adapters
