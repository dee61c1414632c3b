// The configuration as it was written: sections, keys and values, each with the place where it stands.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/block.hpp"
#include "base/finding.hpp"

namespace passerelle::configuration {

struct OtherValue {};  // a float, a date, a table: no key of ours takes one
struct TypedByHand {
  std::string text;
};  // from --set: the key's type decides what it means
struct ListItem {
  std::variant<std::string, OtherValue> value;
  Position at;
};
using WrittenValue = std::variant<OtherValue, std::string, std::int64_t, bool, std::vector<ListItem>, TypedByHand>;

struct Setting {
  std::string key;
  WrittenValue value;
  Position key_at;
  Position at;  // of the value
};

struct Section {
  std::string name;
  std::vector<Setting> settings;
  Position at;
  adapters::Block block = {};  // of a [[channel]]: the same again with its tables, for gateways that have some

  const Setting* find(std::string_view key) const;
};

struct Document {
  std::vector<Section> sections;
  std::vector<Section> channels;  // [[channel]], in the order written
};

// Reads TOML. Its mistakes, and what is not a section of keys, become findings; no value is ever told in one.
Document read_document(const std::string& file, Findings& findings);

// Puts "section.key=value" or "channel.NAME.key=value" over what the file says.
void apply_setting(Document& document, std::string_view argument, Findings& findings);
void put(Document& document, std::string_view section, Setting setting);

}  // namespace passerelle::configuration
