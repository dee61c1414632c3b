// Vonage channels of both APIs, and requests signed by the documented algorithms, apart from the code under test.
#pragma once

#include <boost/json.hpp>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>

#include "adapters/registry.hpp"
#include "base/crypto.hpp"

namespace passerelle::adapters::vonage_test {

inline const std::string signer = "the current signature secret";
inline const std::string old_signer = "the former signature secret";
inline const TimePoint now = from_ms(1'800'000'000'000);  // 2027-01-15T08:00:00Z

using Parameters = std::map<std::string, std::string>;

inline ChannelSettings settings(const std::string& api) {
  ChannelSettings settings;
  settings.name = "vonage";
  settings.callback_url = "https://sms.example.org/hooks/vonage";
  settings.values = {{"api", api}, {"api_key", "abcd1234"}, {"from", "+41798070000"}};
  settings.secrets.emplace("api_secret", Secret("fiction only"));
  settings.secrets.emplace("signature_secret", Secret(signer));
  settings.secrets.emplace("old_signature_secret", Secret(old_signer));
  return settings;
}

inline std::unique_ptr<Channel> channel(const ChannelSettings& of) { return find_gateway("vonage")->make(of).value(); }
inline std::unique_ptr<Channel> channel(const std::string& api) { return channel(settings(api)); }

inline HttpRequest request_to(const std::string& method, const std::string& after_hook) {
  HttpRequest request;
  request.method = method;
  request.target = "/hooks/vonage" + after_hook;
  request.peer = "192.0.2.1";
  return request;
}

// std::map brings the names in order.
inline std::string sig(const Parameters& parameters, const std::string& with = signer) {
  std::string text;
  for (const auto& [name, value] : parameters) {
    std::string masked = value;
    for (char& c : masked) c = c == '&' || c == '=' ? '_' : c;
    text += "&" + name + "=" + masked;
  }
  return crypto::hex(crypto::hmac_sha256(Secret(with), text));
}

inline std::string form_of(const Parameters& parameters) {
  std::string form;
  for (const auto& [name, value] : parameters)
    form += (form.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
  return form;
}

inline HttpRequest get(Parameters parameters, const std::string& with = signer) {
  parameters["sig"] = sig(parameters, with);
  return request_to("GET", "?" + form_of(parameters));
}

inline HttpRequest post_form(Parameters parameters) {
  parameters["sig"] = sig(parameters);
  HttpRequest request = request_to("POST", "");
  request.fields = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = form_of(parameters);
  return request;
}

inline HttpRequest post_json(Parameters parameters) {
  parameters["sig"] = sig(parameters);
  boost::json::object body;
  for (const auto& [name, value] : parameters) body[name] = value;
  HttpRequest request = request_to("POST", "/status");
  request.fields = {{"Content-Type", "application/json"}};
  request.body = boost::json::serialize(body);
  return request;
}

inline std::string url_text(std::string_view bytes) {
  std::string text = crypto::base64(bytes);
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  while (text.ends_with('=')) text.pop_back();
  return text;
}

inline std::string token(const std::string& claims, const std::string& with = signer,
                         const std::string& header = R"({"alg":"HS256","typ":"JWT"})") {
  const std::string text = url_text(header) + "." + url_text(claims);
  return text + "." + url_text(crypto::hmac_sha256(Secret(with), text));
}

inline std::string claims_of(const std::string& body, std::int64_t issued = 1'800'000'000) {
  return R"({"iat":)" + std::to_string(issued) + R"(,"jti":"j","iss":"Vonage","payload_hash":")" +
         crypto::hex(crypto::sha256(body)) + R"(","api_key":"abcd1234","application_id":"app-1"})";
}

inline HttpRequest bearing(const std::string& token, const std::string& body) {
  HttpRequest request = request_to("POST", "");
  request.fields = {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + token}};
  request.body = body;
  return request;
}

inline HttpRequest post_signed(const std::string& body) { return bearing(token(claims_of(body)), body); }

inline std::string refusal(const ChannelSettings& of, const HttpRequest& request, TimePoint at = now) {
  const Webhook webhook = channel(of)->read(request, at);
  const auto* rejected = std::get_if<Rejected>(&webhook);
  return rejected == nullptr ? "" : std::to_string(rejected->status) + " " + rejected->why;
}
inline std::string refusal(const std::string& api, const HttpRequest& request, TimePoint at = now) {
  return refusal(settings(api), request, at);
}

// Everything that a row of the tables may ask for.
inline boost::json::object described(const Webhook& webhook) {
  namespace json = boost::json;
  if (const auto* rejected = std::get_if<Rejected>(&webhook))
    return {{"refused", rejected->why}, {"status", rejected->status}};
  const Events& events = std::get<Events>(webhook);
  json::object seen = {
      {"ignored", events.ignored}, {"messages", events.messages.size()}, {"receipts", events.receipts.size()}};
  for (const InboundMessage& message : events.messages) {
    using Kind = InboundMessage::Kind;
    seen["kind"] = message.kind == Kind::media ? "media" : message.kind == Kind::location ? "location" : "text";
    seen["text"] = message.text;
    seen["payload"] = message.payload;
    seen["is_part"] = message.words == InboundMessage::Words::part;
    seen["user"] = message.from.user;
    seen["id"] = message.provider_id;
    seen["sent_at"] = to_ms(message.sent_at);
    json::array attachments;
    for (const Attachment& one : message.attachments) attachments.emplace_back(one.url + " " + one.content_type);
    seen["attachments"] = attachments;
  }
  for (const Receipt& receipt : events.receipts) {
    seen["state"] = to_string(receipt.state);
    seen["ref"] = receipt.ref;
    seen["id"] = receipt.provider_id;
    seen["code"] = receipt.code;
    seen["part"] = receipt.part_id;
    seen["opted_out"] = receipt.opted_out;
  }
  return seen;
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

}  // namespace passerelle::adapters::vonage_test
