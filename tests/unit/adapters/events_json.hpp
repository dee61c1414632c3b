// What an adapter made of a request, as JSON, so that tables of requests can say what they want of it and no more.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>
#include <string>

#include "channel/channel.hpp"

namespace passerelle::adapters {

inline std::string_view kind_name(InboundMessage::Kind kind) {
  switch (kind) {
    case InboundMessage::Kind::text: return "text";
    case InboundMessage::Kind::missed_call: return "missed_call";
    case InboundMessage::Kind::location: return "location";
    case InboundMessage::Kind::media: return "media";
  }
  return "";
}

inline std::string_view words_name(InboundMessage::Words words) {
  switch (words) {
    case InboundMessage::Words::written: return "written";
    case InboundMessage::Words::pressed: return "pressed";
    case InboundMessage::Words::part: return "part";
  }
  return "";
}

// {"messages": […], "receipts": […], "ignored": 0}, {"handshake": "…"}, or {"refused": "signature", "status": 403}.
inline boost::json::object described(const Webhook& webhook) {
  namespace json = boost::json;
  if (const auto* rejected = std::get_if<Rejected>(&webhook))
    return {{"refused", rejected->why}, {"status", rejected->status}};
  if (const auto* handshake = std::get_if<Handshake>(&webhook)) return {{"handshake", handshake->response.body}};
  const Events& events = std::get<Events>(webhook);
  json::array messages;
  for (const InboundMessage& one : events.messages) {
    json::array media;
    for (const Attachment& each : one.attachments) media.push_back(json::array{each.url, each.content_type});
    messages.push_back(json::object{{"kind", kind_name(one.kind)},
                                    {"words", words_name(one.words)},
                                    {"text", one.text},
                                    {"payload", one.payload},
                                    {"channel", one.from.channel},
                                    {"user", one.from.user},
                                    {"id", one.provider_id},
                                    {"media", media},
                                    {"at", to_ms(one.sent_at)}});
  }
  json::array receipts;
  for (const Receipt& one : events.receipts) {
    receipts.push_back(json::object{{"state", to_string(one.state)},
                                    {"ref", one.ref},
                                    {"id", one.provider_id},
                                    {"code", one.code},
                                    {"opted_out", one.opted_out},
                                    {"misconfigured", one.misconfigured}});
  }
  json::array opted_out;
  for (const Address& one : events.opted_out) opted_out.emplace_back(one.user);
  return {{"messages", messages}, {"receipts", receipts}, {"opted_out", opted_out}, {"ignored", events.ignored}};
}

// Whether 'seen' has all that is wanted; arrays are as long as wanted, objects may have more.
inline bool has(const boost::json::value& seen, const boost::json::value& wanted) {
  if (wanted.is_object()) {
    if (!seen.is_object()) return false;
    for (const auto& [key, value] : wanted.get_object()) {
      const boost::json::value* found = seen.get_object().if_contains(key);
      if (found == nullptr || !has(*found, value)) return false;
    }
    return true;
  }
  if (wanted.is_array()) {
    if (!seen.is_array() || seen.get_array().size() != wanted.get_array().size()) return false;
    for (std::size_t i = 0; i < wanted.get_array().size(); ++i) {
      if (!has(seen.get_array()[i], wanted.get_array()[i])) return false;
    }
    return true;
  }
  return boost::json::serialize(seen) == boost::json::serialize(wanted);
}

inline boost::json::value file_json(const std::string& path) {
  std::ifstream in(std::string(SOURCE_DIR) + "/" + path);
  std::ostringstream text;
  text << in.rdbuf();
  return boost::json::parse(text.str());
}

inline std::string body_text(const boost::json::value& body) {
  return body.is_string() ? std::string(body.get_string()) : boost::json::serialize(body);
}

// Every row of a table of requests: {"name", "body", "want"}. 'read' makes a webhook of a body.
template <class Read>
void expect_requests(const std::string& path, std::size_t at_least, const Read& read) {
  const boost::json::value file = file_json(path);
  EXPECT_GE(file.at("requests").as_array().size(), at_least);
  for (const boost::json::value& row : file.at("requests").as_array()) {
    const boost::json::object seen = described(read(body_text(row.at("body"))));
    EXPECT_TRUE(has(seen, row.at("want"))) << row.at("name") << "\n  seen:   " << boost::json::serialize(seen)
                                           << "\n  wanted: " << boost::json::serialize(row.at("want"));
  }
}

}  // namespace passerelle::adapters
