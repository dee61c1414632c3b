// Every gateway we speak, by the name used in [[channel]] gateway = "…". A new gateway is one folder and one line here.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "channel/channel.hpp"

namespace passerelle::adapters {

// The keys of one [[channel]] section, secrets already read from their files, defaults filled in.
struct ChannelSettings {
  std::string name;
  std::string callback_url;                   // public URL of the hook: <public_url>/hooks/<name>
  std::map<std::string, std::string> values;  // "account", "from", "api_url", …
  std::map<std::string, Secret> secrets;      // "token", "old_token"
};

// One key that a gateway understands, for the configuration's check and its generated sample.
struct SettingRow {
  std::string key;
  std::string standard;  // the default; empty: required, unless 'optional'
  std::string comment;
  bool secret = false;  // may also be given as <key>_file
  bool optional = false;
};

struct Gateway {
  std::string name;
  std::vector<SettingRow> settings;
  result<std::unique_ptr<Channel>> (*make)(const ChannelSettings& settings);
  bool inline_replies = false;  // as its channels' traits say: the default of 'reply'
};

const std::vector<Gateway>& registry();
const Gateway* find_gateway(std::string_view name);

}  // namespace passerelle::adapters
