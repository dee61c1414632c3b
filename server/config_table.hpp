// The keys of the configuration, one row each: what parses, checks and documents passerelle.toml.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config.hpp"

namespace passerelle::configuration {

enum class Kind { text, number, flag, texts };
using Value = std::variant<std::string, std::int64_t, bool, std::vector<std::string>>;  // in the order of Kind

struct Complaint {
  std::string what;
  std::string remedy;
  std::optional<std::size_t> item = {};  // of a list: which one
};

struct KeyRow {
  std::string_view section;
  std::string_view key;
  Kind kind;
  std::string_view standard;  // the default as it would be written; empty: none, and 'example' is shown instead
  std::string_view example;
  std::string_view comment;  // lines for the sample, separated by '\n'
  // Checks the value and keeps it.
  std::optional<Complaint> (*keep)(Config& config, const Value& value);
};

struct SectionRow {
  std::string_view name;
  std::string_view comment;
};

// A key that every [[channel]] has, whatever its gateway.
struct ChannelRow {
  std::string_view key;
  std::string_view example;
  std::string_view comment;
};

std::span<const KeyRow> key_table();
std::span<const SectionRow> section_table();
std::span<const ChannelRow> channel_table();
std::vector<std::string> section_names();   // with "channel"
bool is_channel_key(std::string_view key);  // of every channel: a gateway's own row of that name adds nothing

// http or https, a host, perhaps a port and a path; nothing else.
std::optional<Complaint> check_url(const std::string& url);
bool is_loopback(const std::string& address);  // of an IP address

}  // namespace passerelle::configuration
