// A Signal channel, and what signal-cli-rest-api tells it.
#pragma once

#include <boost/json.hpp>
#include <memory>
#include <string>

#include "adapters/registry.hpp"

namespace passerelle::adapters::signal_test {

inline const std::string person = "9d0652a3-dcc3-4d11-975f-74d61598733f";
inline const std::string secret = "fiction-0123456789abcd";  // 22 characters, the fewest
inline const std::string old_secret = "former-fiction-0123456789";
inline const TimePoint now = from_ms(1'800'000'000'000);

inline ChannelSettings settings(const std::string& receive = "polling") {
  ChannelSettings settings;
  settings.name = "signal";
  settings.values["number"] = "+41790000001";
  settings.values["receive"] = receive;
  settings.values["api_url"] = "http://127.0.0.1:9/";
  return settings;
}

inline ChannelSettings webhook() {
  ChannelSettings made = settings("webhook");
  made.secrets.emplace("hook_secret", Secret(secret));
  made.secrets.emplace("old_hook_secret", Secret(old_secret));
  return made;
}

inline std::unique_ptr<Channel> channel(const ChannelSettings& of = settings()) {
  return find_gateway("signal")->make(of).value();
}

// The key that a wrong setting is about; empty: nothing is wrong.
inline std::string wrong_key(const ChannelSettings& of) {
  const auto made = find_gateway("signal")->make(of);
  return made ? "" : made.error().where;
}

inline HttpRequest request(const std::string& body, const std::string& path) {
  HttpRequest made;
  made.method = "POST";
  made.target = path;
  made.fields = {{"Content-Type", "application/json"}};
  made.body = body;
  made.peer = "127.0.0.1";
  made.peer_is_loopback = true;
  return made;
}

}  // namespace passerelle::adapters::signal_test
