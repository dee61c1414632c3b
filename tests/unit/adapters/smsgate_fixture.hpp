// An SMSGate channel, and requests signed by the documented algorithm, apart from the code under test.
#pragma once

#include <boost/json.hpp>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "adapters/registry.hpp"
#include "base/crypto.hpp"

namespace passerelle::adapters::smsgate_test {

inline const std::string key = "the current key";
inline const std::string old_key = "the former key";
inline const TimePoint now = from_ms(1'800'000'000'000);  // 2027-01-15T08:00:00Z

inline ChannelSettings settings() {
  ChannelSettings settings;
  settings.name = "phone";
  settings.callback_url = "https://sms.example.org/hooks/phone";
  settings.values = {{"username", "sms"}, {"api_url", "http://127.0.0.1:8080"}, {"mode", "phone"}};
  settings.secrets.emplace("signing_key", Secret(key));
  settings.secrets.emplace("old_signing_key", Secret(old_key));
  settings.secrets.emplace("password", Secret("fiction only"));
  return settings;
}

inline std::unique_ptr<Channel> channel(const ChannelSettings& of = settings()) {
  return find_gateway("smsgate")->make(of).value();
}

inline std::string sign(const std::string& text, const std::string& with = key) {
  return crypto::hex(crypto::hmac_sha256(Secret(with), text));
}

inline HttpRequest signed_request(const std::string& body, const std::string& timestamp = "1800000000",
                                  const std::string& with = key) {
  HttpRequest request;
  request.method = "POST";
  request.target = "/hooks/phone";
  request.fields = {
      {"Content-Type", "application/json"}, {"X-Timestamp", timestamp}, {"X-Signature", sign(body + timestamp, with)}};
  request.body = body;
  request.peer = "192.0.2.1";
  return request;
}

inline const std::string hello =
    R"({"deviceId":"d","event":"sms:received","id":"Ev1","payload":{"messageId":"a","message":"Bonjour","sender":"+41791234567","receivedAt":"2027-01-15T08:00:00.000Z"},"webhookId":"w"})";

inline std::string refusal(const HttpRequest& request, TimePoint at = now) {
  const Webhook webhook = channel()->read(request, at);
  const auto* rejected = std::get_if<Rejected>(&webhook);
  return rejected == nullptr ? "" : std::to_string(rejected->status) + " " + rejected->why;
}

inline boost::json::value read_json(const std::string& path) {
  std::ifstream in(std::string(SOURCE_DIR) + "/" + path);
  std::ostringstream text;
  text << in.rdbuf();
  return boost::json::parse(text.str());
}

// A body that is a text stands for itself.
inline std::string body_of(const boost::json::value& row) {
  const boost::json::value& body = row.at("body");
  return body.is_string() ? std::string(body.as_string()) : boost::json::serialize(body);
}

}  // namespace passerelle::adapters::smsgate_test
