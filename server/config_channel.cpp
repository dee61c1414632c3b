#include "config_channel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/nearest.hpp"
#include "config_policy.hpp"
#include "config_value.hpp"

namespace passerelle::configuration {
namespace {

// What reading one channel needs to know of the rest.
struct Surroundings {
  const Config& config;
  const std::string& folder;
  Findings& findings;
  std::vector<std::string>& secret_files;
};

bool is_channel_name(std::string_view name) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789_-";
  return !name.empty() && name.size() <= 32 && name.find_first_not_of(allowed) == std::string_view::npos;
}

std::string gateway_list() {
  std::string list;
  for (const adapters::Gateway& gateway : adapters::registry()) list += (list.empty() ? "" : ", ") + gateway.name;
  return list;
}

// The text of a key that every channel has, or nothing (and a finding when it must be there).
std::optional<std::string> text_of(const Section& channel, std::string_view key, bool required, Findings& findings) {
  const Setting* setting = channel.find(key);
  if (setting == nullptr) {
    if (required)
      findings.push_back({channel.at, fmt::format("the channel has no '{}'", key), fmt::format("add {} = \"…\"", key)});
    return std::nullopt;
  }
  const std::optional<Value> value = typed(*setting, Kind::text, "\"…\"", findings);
  return value ? std::optional(std::get<std::string>(*value)) : std::nullopt;
}

std::vector<std::string> valid_keys(const adapters::Gateway& gateway) {
  std::vector<std::string> keys;
  for (const ChannelRow& row : channel_table()) keys.emplace_back(row.key);
  for (const adapters::SettingRow& row : gateway.settings) {
    keys.push_back(row.key);
    if (row.secret) keys.push_back(row.key + "_file");
  }
  for (const adapters::TableRow& row : gateway.tables) keys.push_back(row.key);
  return keys;
}

void refuse_unknown_keys(const Section& channel, const adapters::Gateway& gateway, Findings& findings) {
  const std::vector<std::string> valid = valid_keys(gateway);
  for (const Setting& setting : channel.settings) {
    if (std::find(valid.begin(), valid.end(), setting.key) != valid.end()) continue;
    findings.push_back({setting.key_at, fmt::format("the gateway '{}' has no key '{}'", gateway.name, setting.key),
                        suggest(setting.key, valid)});
  }
}

void refuse_missing(const Section& channel, const adapters::Gateway& gateway, const adapters::SettingRow& row,
                    Findings& findings) {
  const std::string key = row.secret ? row.key + "_file" : row.key;
  findings.push_back({channel.at, fmt::format("a '{}' channel needs '{}'", gateway.name, row.key),
                      fmt::format("add {} = \"…\": {}", key, row.comment)});
}

std::optional<Secret> written_secret(const Setting& setting, Findings& findings) {
  if (std::holds_alternative<TypedByHand>(setting.value)) {
    findings.push_back({setting.at, "every user of this machine can read a command line, and so this secret",
                        fmt::format("put it in a file, and set {}_file", setting.key)});
    return std::nullopt;
  }
  const std::optional<Value> value = typed(setting, Kind::text, "\"…\"", findings);
  if (!value) return std::nullopt;
  std::string text = std::get<std::string>(*value);
  if (!text.empty()) return Secret(std::move(text));
  findings.push_back(
      {setting.at, fmt::format("'{}' is empty", setting.key), fmt::format("write it, or give {}_file", setting.key)});
  return std::nullopt;
}

void read_secret_row(const Section& channel, const adapters::Gateway& gateway, const adapters::SettingRow& row,
                     const Surroundings& around, adapters::ChannelSettings& settings) {
  const Setting* here = channel.find(row.key);
  const Setting* in_file = channel.find(row.key + "_file");
  if (here != nullptr && in_file != nullptr) {
    around.findings.push_back({in_file->key_at, fmt::format("'{}' and '{}_file' are both given", row.key, row.key),
                               "keep the file, and take the other out"});
  } else if (here == nullptr && in_file == nullptr) {
    if (!row.optional) refuse_missing(channel, gateway, row, around.findings);
  } else {
    const std::string folder = in_file != nullptr && in_file->at.line == 0 ? std::string() : around.folder;
    if (in_file != nullptr) around.secret_files.push_back(secret_path(*in_file, folder));
    std::optional<Secret> secret =
        in_file == nullptr ? written_secret(*here, around.findings) : read_secret(*in_file, folder, around.findings);
    if (secret) settings.secrets.insert_or_assign(row.key, std::move(*secret));
  }
}

void read_plain_row(const Section& channel, const adapters::Gateway& gateway, const adapters::SettingRow& row,
                    const Surroundings& around, adapters::ChannelSettings& settings) {
  const Setting* setting = channel.find(row.key);
  if (setting == nullptr) {
    if (!row.standard.empty())
      settings.values[row.key] = row.standard;
    else if (!row.optional)
      refuse_missing(channel, gateway, row, around.findings);
    return;
  }
  const std::optional<Value> value = typed(*setting, Kind::text, "\"…\"", around.findings);
  if (!value) return;
  const std::string& text = std::get<std::string>(*value);
  if (text.empty() && !row.optional) {
    around.findings.push_back({setting->at, fmt::format("'{}' is empty", row.key), row.comment});
  }
  settings.values[row.key] = text;
}

// Only the gateway's own tables are kept: what else stands in the section may be a secret.
adapters::Block tables_of(const Section& channel, const adapters::Gateway& gateway) {
  adapters::Block kept;
  kept.kind = adapters::Block::Kind::table;
  kept.at = kept.key_at = channel.at;
  for (const adapters::TableRow& row : gateway.tables) {
    if (const adapters::Block* table = channel.block.find(row.key)) kept.items.push_back(*table);
  }
  return kept;
}

std::string http_listen(const Config& config) {
  const bool v6 = config.listen_address.find(':') != std::string::npos;
  return fmt::format("{}://{}{}{}:{}", config.tls_cert.empty() ? "http" : "https", v6 ? "[" : "", config.listen_address,
                     v6 ? "]" : "", config.listen_port);
}

void read_callback_url(const Section& channel, const Surroundings& around, adapters::ChannelSettings& settings) {
  const std::optional<std::string> given = text_of(channel, "callback_url", false, around.findings);
  if (!given) return;
  if (const auto complaint = check_url(*given)) {
    around.findings.push_back(
        {channel.find("callback_url")->at, "'callback_url' " + complaint->what, complaint->remedy});
  }
  settings.callback_url = *given;
}

const adapters::Gateway* read_gateway(const Section& channel, Findings& findings) {
  const Setting* setting = channel.find("gateway");
  if (setting == nullptr) {
    findings.push_back({channel.at, "the channel has no 'gateway'", "add one of: " + gateway_list()});
    return nullptr;
  }
  const std::optional<std::string> name = text_of(channel, "gateway", true, findings);
  const adapters::Gateway* gateway = name ? adapters::find_gateway(*name) : nullptr;
  if (!name || gateway != nullptr) return gateway;
  std::vector<std::string> valid;
  for (const adapters::Gateway& known : adapters::registry()) valid.push_back(known.name);
  findings.push_back({setting->at, fmt::format("there is no gateway '{}'", *name), suggest(*name, valid)});
  return nullptr;
}

// The adapter knows best what its keys may hold; its complaint is told at the key that it names.
void try_to_make(const Section& channel, const adapters::Gateway& gateway, const ChannelConfig& kept,
                 const Surroundings& around) {
  adapters::ChannelSettings settings = kept.settings;
  const std::string& base = around.config.public_url;
  if (settings.callback_url.empty()) {
    settings.callback_url = (base.empty() ? http_listen(around.config) : base) + "/hooks/" + settings.name;
  }
  const auto made = gateway.make(settings);
  if (made) return check_policy(channel, kept.policy, (*made)->traits(), around.findings);
  const std::string& where = made.error().where;
  const std::string key = where.substr(where.rfind('.') + 1);
  const Setting* setting = channel.find(key);
  if (setting == nullptr) setting = channel.find(key + "_file");
  around.findings.push_back({setting == nullptr ? channel.at : setting->at, made.error().what, ""});
}

std::optional<ChannelConfig> read_channel(const Section& channel, const Surroundings& around) {
  const std::size_t before = around.findings.size();
  ChannelConfig kept;
  kept.at = channel.at;
  if (const auto name = text_of(channel, "name", true, around.findings)) {
    kept.settings.name = *name;
    if (!is_channel_name(*name)) {
      around.findings.push_back(
          {channel.find("name")->at, "the name of a channel is 1 to 32 of a-z, 0-9, _ and -", "for example \"sms\""});
    }
  }
  const adapters::Gateway* gateway = read_gateway(channel, around.findings);
  read_callback_url(channel, around, kept.settings);
  if (gateway == nullptr) return std::nullopt;
  kept.gateway = gateway->name;
  refuse_unknown_keys(channel, *gateway, around.findings);
  kept.policy = read_policy(channel, *gateway, around.findings);
  for (const adapters::SettingRow& row : gateway->settings) {
    if (is_channel_key(row.key)) continue;
    const auto read = row.secret ? read_secret_row : read_plain_row;
    read(channel, *gateway, row, around, kept.settings);
  }
  kept.settings.tables = tables_of(channel, *gateway);
  if (gateway->check != nullptr) {
    for (Finding& finding : gateway->check(kept.settings)) around.findings.push_back(std::move(finding));
  }
  if (around.findings.size() == before) try_to_make(channel, *gateway, kept, around);
  return around.findings.size() == before ? std::optional(kept) : std::nullopt;
}

void refuse_repeated_names(const Document& document, Findings& findings) {
  std::map<std::string, Position> first;
  for (const Section& channel : document.channels) {
    const Setting* name = channel.find("name");
    const auto* text = name == nullptr ? nullptr : std::get_if<std::string>(&name->value);
    if (text == nullptr) continue;
    const auto [seen, added] = first.emplace(*text, name->at);
    if (added) continue;
    findings.push_back({name->at, fmt::format("there is a channel '{}' already", *text),
                        fmt::format("rename it; the first is at {}", to_string(seen->second))});
  }
}

}  // namespace

void read_channels(const Document& document, const std::string& folder, Config& config, Findings& findings) {
  std::vector<std::string> secret_files;
  const Surroundings around{config, folder, findings, secret_files};
  std::vector<ChannelConfig> channels;
  for (const Section& channel : document.channels) {
    if (auto read = read_channel(channel, around)) channels.push_back(std::move(*read));
  }
  refuse_repeated_names(document, findings);
  config.channels = std::move(channels);
  config.secret_files = std::move(secret_files);
}

}  // namespace passerelle::configuration
