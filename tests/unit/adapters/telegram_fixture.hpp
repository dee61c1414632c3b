// A Telegram channel, and requests as the Bot API's server makes them.
#pragma once

#include <boost/json.hpp>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "adapters/registry.hpp"

namespace passerelle::adapters::telegram_test {

inline const std::string token = "123456789:fiction-0123456789_abcdefghijklmnopq";
inline const std::string secret = "fiction-0123456789abcd";  // 22 characters, the fewest
inline const std::string old_secret = "former-fiction-0123456789";
inline const TimePoint now = from_ms(1'800'000'000'000);

inline ChannelSettings settings() {
  ChannelSettings settings;
  settings.name = "telegram";
  settings.callback_url = "https://bot.example.org/hooks/telegram";
  settings.secrets.emplace("token", Secret(token));
  settings.secrets.emplace("hook_secret", Secret(secret));
  settings.secrets.emplace("old_hook_secret", Secret(old_secret));
  return settings;
}

inline std::unique_ptr<Channel> channel(const ChannelSettings& of = settings()) {
  return find_gateway("telegram")->make(of).value();
}

inline HttpRequest request(const std::string& body, const std::string& with = secret) {
  HttpRequest made;
  made.method = "POST";
  made.target = "/hooks/telegram";
  made.fields = {
      {"Host", "bot.example.org"}, {"Content-Type", "application/json"}, {"X-Telegram-Bot-Api-Secret-Token", with}};
  made.body = body;
  made.peer = "192.0.2.1";
  return made;
}

inline std::string refusal(const Webhook& webhook) {
  const auto* rejected = std::get_if<Rejected>(&webhook);
  return rejected == nullptr ? "" : std::to_string(rejected->status) + " " + rejected->why;
}

inline boost::json::value read_json(const std::string& path) {
  std::ifstream in(std::string(SOURCE_DIR) + "/" + path);
  std::ostringstream text;
  text << in.rdbuf();
  return boost::json::parse(text.str());
}

}  // namespace passerelle::adapters::telegram_test
