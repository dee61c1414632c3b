#include "config.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <tuple>

#include "base/nearest.hpp"
#include "config_channel.hpp"
#include "config_document.hpp"
#include "config_table.hpp"
#include "config_value.hpp"

namespace passerelle {
namespace {

using namespace configuration;

std::vector<std::string> keys_of(std::string_view section) {
  std::vector<std::string> keys;
  for (const KeyRow& row : key_table()) {
    if (row.section == section) keys.emplace_back(row.key);
  }
  return keys;
}

Position place_of(const Setting& setting, const std::optional<std::size_t>& item) {
  const auto* items = std::get_if<std::vector<ListItem>>(&setting.value);
  return items != nullptr && item && *item < items->size() ? (*items)[*item].at : setting.at;
}

void read_setting(const Section& section, const Setting& setting, LoadedConfig& loaded) {
  const auto rows = key_table();
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [&](const KeyRow& r) { return r.section == section.name && r.key == setting.key; });
  if (row == rows.end()) {
    const std::vector<std::string> valid = keys_of(section.name);
    loaded.findings.push_back(
        {setting.key_at, "[" + section.name + "] has no key '" + setting.key + "'", suggest(setting.key, valid)});
    return;
  }
  const std::string_view example = row->standard.empty() ? row->example : row->standard;
  const std::optional<Value> value = typed(setting, row->kind, example, loaded.findings);
  if (!value) return;
  if (const auto complaint = row->keep(loaded.config, *value)) {
    loaded.findings.push_back(
        {place_of(setting, complaint->item), "'" + setting.key + "' " + complaint->what, complaint->remedy});
  }
}

// Where a key of [server] was set, for checks that look at several keys; the file as a whole if it was not.
Position place_of(const Document& document, std::string_view key, const std::string& file) {
  for (const Section& section : document.sections) {
    if (section.name != "server") continue;
    if (const Setting* setting = section.find(key)) return setting->at;
  }
  return {file, 0, 0};
}

void check_listeners(const Document& document, const std::string& file, LoadedConfig& loaded) {
  const Config& config = loaded.config;
  if (!is_loopback(config.listen_address) && !config.allow_remote && config.tls_cert.empty()) {
    loaded.findings.push_back({place_of(document, "listen", file),
                               "'listen' would be heard by other machines, without TLS",
                               "set tls_cert and tls_key, listen on 127.0.0.1 behind a proxy that has TLS, or set "
                               "allow_remote = true on a private network"});
  }
  if (config.tls_cert.empty() != config.tls_key.empty()) {
    const bool no_key = config.tls_key.empty();
    loaded.findings.push_back(
        {place_of(document, no_key ? "tls_cert" : "tls_key", file),
         no_key ? "'tls_cert' is of no use without 'tls_key'" : "'tls_key' is of no use without 'tls_cert'",
         no_key ? "add tls_key = \"…\"" : "add tls_cert = \"…\""});
  }
  if (!is_loopback(config.admin_address)) {
    loaded.findings.push_back({place_of(document, "admin_listen", file),
                               "'admin_listen' has no login, and is not a loopback address",
                               "write it as 127.0.0.1:8081"});
  }
  if (config.listen_port != 0 && config.listen_port == config.admin_port &&
      config.listen_address == config.admin_address) {
    loaded.findings.push_back({place_of(document, "admin_listen", file), "'admin_listen' is the same as 'listen'",
                               "give it another port, for example 127.0.0.1:8081"});
  }
}

// A key that anybody could guess would open what is sealed with it.
void read_session_secrets(const Document& document, const std::string& folder, LoadedConfig& loaded) {
  constexpr std::size_t shortest_key = 32;
  for (const Section& section : document.sections) {
    if (section.name != "sessions") continue;
    for (const auto& [key, to] : {std::pair{"password_file", &loaded.config.session_password},
                                  std::pair{"key_file", &loaded.config.session_key}}) {
      const Setting* setting = section.find(key);
      if (setting == nullptr) continue;
      const bool by_hand = setting->at.line == 0;
      if (auto secret = read_secret(*setting, by_hand ? "" : folder, loaded.findings)) *to = std::move(*secret);
    }
    const Secret& key = loaded.config.session_key;
    if (!key.empty() && key.reveal().size() < shortest_key) {
      loaded.findings.push_back({section.find("key_file")->at, "the secret in 'key_file' is shorter than 32 characters",
                                 "run: openssl rand -hex 32"});
    }
  }
}

void put_option(Document& document, const std::string& option, const std::string& key, const std::string& value) {
  const Position at{option, 0, 0};
  if (!value.empty()) put(document, "server", {key, TypedByHand{value}, at, at});
}

// In reading order, whatever order the checks ran in; the command line comes first.
void sort_by_place(Findings& findings) {
  std::sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.at.line, a.at.column, a.what) < std::tie(b.at.line, b.at.column, b.what);
  });
}

}  // namespace

std::string admin_socket(const Config& config) { return config.data_dir + "/admin.sock"; }

std::string backup_folder(const Config& config) {
  return config.backup_dir.empty() ? config.data_dir + "/backups" : config.backup_dir;
}

LoadedConfig load_config(const ConfigSources& sources) {
  LoadedConfig loaded;
  Document document;
  if (!sources.file.empty()) document = read_document(sources.file, loaded.findings);
  for (const std::string& setting : sources.settings) apply_setting(document, setting, loaded.findings);
  put_option(document, "--data", "data_dir", sources.data_dir);
  put_option(document, "--listen", "listen", sources.listen);
  for (const Section& section : document.sections) {
    for (const Setting& setting : section.settings) read_setting(section, setting, loaded);
  }
  check_listeners(document, sources.file, loaded);
  const std::string folder = std::filesystem::path(sources.file).parent_path().string();
  read_session_secrets(document, folder, loaded);
  read_channels(document, folder, loaded.config, loaded.findings);
  sort_by_place(loaded.findings);
  return loaded;
}

}  // namespace passerelle
