// A Kannel channel, and requests as smsbox makes them.
#pragma once

#include <boost/json.hpp>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "adapters/registry.hpp"

namespace passerelle::adapters::kannel_test {

inline const std::string secret = "fiction-0123456789abcd";  // 22 characters, the fewest
inline const std::string callback = "http://127.0.0.1:8080/hooks/kannel";
inline const TimePoint now = from_ms(1'800'000'000'000);

inline ChannelSettings settings() {
  ChannelSettings settings;
  settings.name = "kannel";
  settings.callback_url = callback;
  settings.values = {{"username", "passerelle"}, {"from", "+33639980099"}};
  settings.secrets.emplace("hook_secret", Secret(secret));
  settings.secrets.emplace("password", Secret("fiction only"));
  return settings;
}

inline std::unique_ptr<Channel> channel(const ChannelSettings& of = settings()) {
  return find_gateway("kannel")->make(of).value();
}

inline HttpRequest request(const std::string& method, const std::string& after_secret, const std::string& body = "") {
  HttpRequest made;
  made.method = method;
  made.target = "/hooks/kannel/" + secret + after_secret;
  made.body = body;
  made.peer = "127.0.0.1";
  made.peer_is_loopback = true;
  return made;
}

inline boost::json::value read_json(const std::string& path) {
  std::ifstream in(std::string(SOURCE_DIR) + "/" + path);
  std::ostringstream text;
  text << in.rdbuf();
  return boost::json::parse(text.str());
}

}  // namespace passerelle::adapters::kannel_test
