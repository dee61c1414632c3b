// Channels of the generic gateway: of a preset, or described by a text as in passerelle.toml.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "adapters/generic/generic.hpp"
#include "adapters/generic/plan.hpp"
#include "adapters/registry.hpp"

namespace passerelle::adapters::generic {

inline const std::string callback = "https://sms.example.org/hooks/sms";
inline const std::string hook_secret = "hook-0123456789abcdef0123";
inline const TimePoint now = from_ms(1'800'000'000'000);

// Every setting that any preset needs.
inline ChannelSettings settings(const std::string& preset = "") {
  ChannelSettings settings;
  settings.name = "sms";
  settings.callback_url = callback;
  settings.values = {{"account", "asso"}, {"from", "+33639980000"}, {"api_url", "https://api.example.org"}};
  if (!preset.empty()) settings.values["preset"] = preset;
  for (const std::string key : {"api_key", "api_secret", "consumer_key", "signing_key"})
    settings.secrets.emplace(key, Secret(key + "-value"));
  settings.secrets.emplace("hook_secret", Secret(hook_secret));
  settings.tables.at = {"passerelle.toml", 1, 1};
  return settings;
}

// The tables of a [[channel]], written without "channel." in front.
inline ChannelSettings described(const std::string& toml, const std::string& preset = "") {
  ChannelSettings made = settings(preset);
  Findings findings;
  const auto block = parse_block("passerelle.toml", toml, findings);
  for (const Finding& finding : findings) ADD_FAILURE() << to_string(finding);
  made.tables = block.value_or(Block());
  return made;
}

inline std::unique_ptr<Channel> channel(const ChannelSettings& of) {
  auto made = find_gateway("generic")->make(of);
  if (!made) throw std::runtime_error(to_string(made.error()));
  return std::move(*made);
}

inline std::string told(const ChannelSettings& of) {
  std::string lines;
  for (const Finding& finding : find_gateway("generic")->check(of)) lines += to_string(finding) + "\n";
  return lines;
}

inline boost::json::value read_file(const std::string& path) {
  std::ifstream in(SOURCE_DIR "/" + path);
  std::stringstream text;
  text << in.rdbuf();
  return boost::json::parse(text.str());
}

inline std::string text_of(const boost::json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : boost::json::serialize(value);
}

inline std::string refusal(const Webhook& webhook) {
  const auto* rejected = std::get_if<Rejected>(&webhook);
  return rejected == nullptr ? "" : rejected->why;
}

// "text +33… ID1 at 1800000000: words", "receipt delivered ref=… id=… code=… stopped", one a line.
inline std::string words_of(const Webhook& webhook) {
  const auto* events = std::get_if<Events>(&webhook);
  if (events == nullptr) return "refused " + refusal(webhook);
  std::string lines;
  for (const InboundMessage& m : events->messages) {
    lines += std::string(m.kind == InboundMessage::Kind::media ? "media " : "text ") + m.from.user + " " +
             m.provider_id + " at " + std::to_string(to_ms(m.sent_at) / 1000) + ": " + m.text;
    for (const Attachment& one : m.attachments) lines += " [" + one.url + "]";
    lines += "\n";
  }
  for (const Receipt& r : events->receipts) {
    lines += "receipt " + std::string(to_string(r.state)) + " ref=" + r.ref + " id=" + r.provider_id +
             " code=" + r.code + (r.opted_out ? " stopped" : "") + "\n";
  }
  for (const Address& address : events->opted_out) lines += "stop " + address.user + "\n";
  if (events->ignored > 0) lines += "ignored " + std::to_string(events->ignored) + "\n";
  return lines;
}

}  // namespace passerelle::adapters::generic
