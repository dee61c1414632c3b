// The configuration: one table of keys that reads passerelle.toml, checks it, and writes the commented sample.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "adapters/registry.hpp"
#include "attachments/limits.hpp"
#include "base/clock.hpp"
#include "base/finding.hpp"
#include "base/log.hpp"
#include "base/secret.hpp"
#include "domain/channel_policy.hpp"
#include "live/place.hpp"

namespace passerelle {

struct ChannelConfig {
  std::string gateway;  // "twilio", "simulator"
  // callback_url is empty unless the file gives one: the default needs the port, which may be chosen at start.
  adapters::ChannelSettings settings;
  ChannelPolicy policy;
  Position at;
};

struct Config {
  // [server]
  std::string listen_address = "127.0.0.1";
  std::uint16_t listen_port = 8080;
  std::string admin_address = "127.0.0.1";
  std::uint16_t admin_port = 8081;
  bool allow_remote = false;       // listen may be an address that other machines reach
  std::string public_url;          // without a trailing slash; empty: http://<listen>
  std::vector<std::string> hosts;  // further names accepted in Host
  std::size_t threads = 0;         // io threads; 0: cores − 1, at least 1
  std::string data_dir = "data";
  log::Level log_level = log::Level::info;
  std::string tls_cert, tls_key;  // PEM files; empty: without TLS
  // [backup]
  std::string backup_recipient;  // empty: none are made
  std::string backup_dir;        // empty: <data_dir>/backups
  int backup_hours = 24;
  int backup_days = 14;
  // [sessions]
  live::Place session_store;
  Secret session_password;  // of Redis
  Secret session_key;       // empty: one that is drawn at each start
  // [association]
  std::string association_dir;
  // [content]
  std::vector<std::string> content_dirs;
  // [limits]
  std::int64_t flood = 20;  // messages a minute that one address gets answers to; 0: no limit
  // [attachments]
  attachments::Limits attachments;
  // --clock: time stands still there until it is moved over the admin socket; for tests and demonstrations.
  std::optional<TimePoint> clock;
  // [[channel]]
  std::vector<ChannelConfig> channels;
  std::vector<std::string> secret_files;  // that *_file keys name, whether they could be read or not
};

// DATA/admin.sock: where a running server answers its own user's commands.
std::string admin_socket(const Config& config);
std::string backup_folder(const Config& config);

struct ConfigSources {
  std::string file;                   // empty: no file
  std::vector<std::string> settings;  // --set section.key=value, in order
  std::string data_dir;               // --data; empty: not given
  std::string listen;                 // --listen ADDR:PORT; empty: not given
};

struct LoadedConfig {
  Config config;
  Findings findings;  // not empty: exit code 3
};

// Relative paths in a file start at the file's folder for *_file keys, at the working directory for folders.
LoadedConfig load_config(const ConfigSources& sources);

// config/passerelle.toml, every key commented with its default; a test compares it with the file in the repository.
std::string sample_config();

}  // namespace passerelle
