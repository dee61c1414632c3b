// Webhooks as Meta signs them, made here apart from the code under test, and the settings that its channels share.
#pragma once

#include <string>

#include "adapters/registry.hpp"
#include "base/crypto.hpp"
#include "unit/adapters/events_json.hpp"

namespace passerelle::adapters::graph_test {

inline const std::string app_secret = "0123456789abcdef0123456789abcdef";
inline const std::string old_app_secret = "the former app secret";
inline const std::string verify_token = "a-word-of-ours-0123456789";
inline const std::string access_token = "EAAfiction";
inline const TimePoint now = from_ms(1'800'000'000'000);

inline ChannelSettings common_settings(const std::string& name) {
  ChannelSettings settings;
  settings.name = name;
  settings.callback_url = "https://chat.example.org/hooks/" + name;
  settings.secrets.emplace("app_secret", Secret(app_secret));
  settings.secrets.emplace("old_app_secret", Secret(old_app_secret));
  settings.secrets.emplace("verify_token", Secret(verify_token));
  settings.secrets.emplace("token", Secret(access_token));
  return settings;
}

inline std::string sign(const std::string& body, const std::string& with = app_secret) {
  return "sha256=" + crypto::hex(crypto::hmac_sha256(Secret(with), body));
}

inline HttpRequest signed_request(const std::string& name, const std::string& body,
                                  const std::string& with = app_secret) {
  HttpRequest request;
  request.method = "POST";
  request.target = "/hooks/" + name;
  request.fields = {{"Content-Type", "application/json"}, {"X-Hub-Signature-256", sign(body, with)}};
  request.body = body;
  request.peer = "192.0.2.1";
  return request;
}

inline std::string refusal(const Webhook& webhook) {
  const auto* rejected = std::get_if<Rejected>(&webhook);
  return rejected == nullptr ? "" : rejected->why;
}

}  // namespace passerelle::adapters::graph_test
