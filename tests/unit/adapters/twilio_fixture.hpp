// A Twilio channel and requests to it, signed here by the documented algorithm, apart from the code under test.
#pragma once

#include <boost/json.hpp>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include "adapters/registry.hpp"
#include "base/crypto.hpp"

namespace passerelle::adapters {

inline const std::string account = "ACdemo0000000000000000000000000001";
inline const std::string token = "the current token";
inline const std::string old_token = "the former token";
inline const std::string callback = "https://sms.example.org/hooks/sms";
inline const TimePoint now = from_ms(1'800'000'000'000);

inline ChannelSettings settings() {
  ChannelSettings settings;
  settings.name = "sms";
  settings.callback_url = callback;
  settings.values = {{"account", account}, {"from", "+41798070000"}, {"api_url", "https://api.twilio.com"}};
  settings.secrets.emplace("token", Secret(token));
  settings.secrets.emplace("old_token", Secret(old_token));
  return settings;
}

inline std::unique_ptr<Channel> channel(const ChannelSettings& of = settings()) {
  return find_gateway("twilio")->make(of).value();
}

// Keys and their values sorted, each value once: std::map and std::set say just that.
inline std::string sign(const std::string& url, const std::string& body, const std::string& with = token) {
  std::map<std::string, std::set<std::string>> parameters;
  for (const HttpField& pair : parse_form(body, 100'000)) parameters[pair.name].insert(pair.value);
  std::string text = url;
  for (const auto& [key, values] : parameters) {
    for (const std::string& value : values) text.append(key).append(value);
  }
  return crypto::base64(crypto::hmac_sha1(Secret(with), text));
}

inline HttpRequest signed_request(const std::string& body, const std::string& after_hook = "",
                                  const std::string& with = token) {
  HttpRequest request;
  request.method = "POST";
  request.target = "/hooks/sms" + after_hook;
  request.fields = {{"Host", "sms.example.org"},
                    {"Content-Type", "application/x-www-form-urlencoded"},
                    {"X-Twilio-Signature", sign(callback + after_hook, body, with)}};
  request.body = body;
  request.peer = "192.0.2.1";
  return request;
}

inline const std::string hello =
    "MessageSid=SM1&AccountSid=ACdemo0000000000000000000000000001&From=%2B41791234567&To=%2B41798070000&Body=Bonjour+"
    "%C3%A9&NumMedia=0";

inline std::string refusal(const Webhook& webhook) {
  const auto* rejected = std::get_if<Rejected>(&webhook);
  return rejected == nullptr ? "" : rejected->why;
}

inline boost::json::value read_json(const std::string& path) {
  std::ifstream in(std::string(SOURCE_DIR) + "/" + path);
  std::ostringstream text;
  text << in.rdbuf();
  return boost::json::parse(text.str());
}

}  // namespace passerelle::adapters
