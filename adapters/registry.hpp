// Every gateway we speak, by the name used in [[channel]] gateway = "…". A new gateway is one folder and one line here.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/block.hpp"
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
  Block tables;                               // [channel.send] and the like, of a gateway that has tables
};

// One key that a gateway understands, for the configuration's check and its generated sample.
struct SettingRow {
  std::string key;
  std::string standard;  // the default; empty: required, unless 'optional'
  std::string comment;
  bool secret = false;  // may also be given as <key>_file
  bool optional = false;
};

// A table that a gateway understands, "[channel.send]", beside its rows of single texts.
struct TableRow {
  std::string key;
  std::string comment;
  bool is_list = false;  // "[[channel.template]]", as often as needed
};

// What a gateway does behind the back of whoever sets it up: seen in the settings, without asking anybody.
struct Trap {
  std::string what;
  std::string remedy;   // in one line
  bool certain = true;  // false: it may be so, and nothing here shows it
};

// Texts of the gateway's own configuration on this machine, by the setting that names the file.
using PeerFiles = std::map<std::string, std::string>;

struct Gateway {
  std::string name;
  std::vector<SettingRow> settings;
  result<std::unique_ptr<Channel>> (*make)(const ChannelSettings& settings);
  bool inline_replies = false;  // as its channels' traits say: the default of 'reply'
  std::vector<TableRow> tables = {};
  // All that is wrong with the tables, each at its place; asked before make(). Null: the gateway has none.
  Findings (*check)(const ChannelSettings& settings) = nullptr;
  // For 'doctor', of settings that make() takes. Null: none is known.
  std::vector<Trap> (*traps)(const ChannelSettings& settings, const PeerFiles& files) = nullptr;
  std::vector<std::string> peer_files = {};  // the settings that name such files
};

const std::vector<Gateway>& registry();
const Gateway* find_gateway(std::string_view name);

}  // namespace passerelle::adapters
