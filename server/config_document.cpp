#include "config_document.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <optional>

#include "base/file.hpp"
#include "base/nearest.hpp"
#include "config_table.hpp"

namespace passerelle::configuration {
namespace {

Position place(const std::string& file, const toml::source_position& at) {
  return {file, static_cast<int>(at.line), static_cast<int>(at.column)};
}

// The parser quotes what it expected and which key it met twice, but also what it saw, which may be a secret without
// its quotes: only the former two are told.
std::string without_values(std::string_view description) {
  description = description.substr(0, description.find(", saw"));
  const bool may_quote = description.find("redefine existing") != std::string_view::npos;
  std::string told;
  while (!description.empty()) {
    const std::size_t open = std::min(description.find('\''), description.size());
    const std::size_t close = std::min(description.find('\'', open + 1), description.size() - 1);
    told += description.substr(0, open);
    if (may_quote || told.ends_with("expected ")) told += description.substr(open, close + 1 - open);
    description.remove_prefix(open == description.size() ? open : close + 1);
  }
  return told;
}

WrittenValue written(const std::string& file, const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return number->get();
  if (const auto* flag = node.as_boolean()) return flag->get();
  const auto* array = node.as_array();
  if (array == nullptr) return OtherValue{};
  std::vector<ListItem> items;
  for (const toml::node& item : *array) {
    const auto* text = item.as_string();
    ListItem kept{OtherValue{}, place(file, item.source().begin)};
    if (text != nullptr) kept.value = text->get();
    items.push_back(std::move(kept));
  }
  return items;
}

Section read_section(const std::string& file, std::string_view name, const toml::table& table) {
  Section section{std::string(name), {}, place(file, table.source().begin)};
  for (const auto& [key, node] : table) {
    section.settings.push_back({std::string(key.str()), written(file, node), place(file, key.source().begin),
                                place(file, node.source().begin)});
  }
  return section;
}

void read_channels(const std::string& file, const toml::node& node, Document& document, Findings& findings) {
  const auto* array = node.as_array();
  if (array == nullptr || !array->is_array_of_tables()) {
    findings.push_back({place(file, node.source().begin),
                        "[channel] stands in single brackets, and there may be several", "write [[channel]]"});
    return;
  }
  for (const toml::node& table : *array) document.channels.push_back(read_section(file, "channel", *table.as_table()));
}

// A key above the first [section], most often one that was forgotten to be put under its own.
Finding outside(const Position& at, const std::string& key) {
  for (const KeyRow& row : key_table()) {
    if (row.key == key)
      return {at, "'" + key + "' stands outside a section", "put it under [" + std::string(row.section) + "]"};
  }
  const std::vector<std::string> names = section_names();
  return {at, "'" + key + "' is neither a section nor in one", suggest(key, names)};
}

void read_top(const std::string& file, const toml::key& key, const toml::node& node, Document& document,
              Findings& findings) {
  const std::string name(key.str());
  const Position at = place(file, key.source().begin);
  const std::vector<std::string> names = section_names();
  const bool known = std::find(names.begin(), names.end(), name) != names.end();
  if (name == "channel") {
    read_channels(file, node, document, findings);
  } else if (node.is_array_of_tables() && known) {
    findings.push_back(
        {at, "[[" + name + "]] stands in double brackets, but there is only one", "write [" + name + "]"});
  } else if (!node.is_table() && !node.is_array_of_tables()) {
    findings.push_back(outside(at, name));
  } else if (!known) {
    findings.push_back({at, "there is no section [" + name + "]", suggest(name, names)});
  } else {
    document.sections.push_back(read_section(file, name, *node.as_table()));
  }
}

// The library tells mistakes by throwing (its mode without exceptions asserts on some): here they become a value.
std::optional<toml::table> parse(const std::string& file, const std::string& text, Findings& findings) {
  try {
    return toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    findings.push_back({place(file, error.source().begin), "is not TOML: " + without_values(error.description()),
                        "texts stand in double quotes, each key once, one to a line"});
    return std::nullopt;
  }
}

void keep_blocks(const std::string& file, const std::string& text, Document& document) {
  Findings told;  // already: the text is TOML
  const std::optional<adapters::Block> whole = adapters::parse_block(file, text, told);
  const adapters::Block* channels = whole ? whole->find("channel") : nullptr;
  for (std::size_t i = 0; channels != nullptr && i < document.channels.size() && i < channels->items.size(); ++i)
    document.channels[i].block = channels->items[i];
}

template <class Sections>
auto* named(Sections& sections, std::string_view name) {
  const auto found = std::find_if(sections.begin(), sections.end(), [&](const Section& s) { return s.name == name; });
  return found == sections.end() ? nullptr : &*found;
}

void put_in(Section& section, Setting setting) {
  const auto same = [&](const Setting& existing) { return existing.key == setting.key; };
  std::erase_if(section.settings, same);
  section.settings.push_back(std::move(setting));
}

std::string name_of(const Section& channel) {
  const Setting* name = channel.find("name");
  const auto* text = name == nullptr ? nullptr : std::get_if<std::string>(&name->value);
  return text == nullptr ? std::string() : *text;
}

void put_in_channel(Document& document, std::string_view path, Setting setting, Findings& findings) {
  const auto dot = path.find('.');
  const std::string name(path.substr(0, dot));
  std::vector<std::string> names;
  for (Section& channel : document.channels) {
    names.push_back(name_of(channel));
    if (names.back() != name || dot == std::string_view::npos) continue;
    setting.key = path.substr(dot + 1);
    return put_in(channel, std::move(setting));
  }
  if (dot == std::string_view::npos) {
    findings.push_back({setting.at, "does not say which key of the channel", "write channel.NAME.key=value"});
  } else if (names.empty()) {
    findings.push_back({setting.at, "there is no [[channel]] to set", "write one in a configuration file"});
  } else {
    findings.push_back({setting.at, "there is no channel '" + name + "'", suggest(name, names)});
  }
}

}  // namespace

const Setting* Section::find(std::string_view key) const {
  const auto found = std::find_if(settings.begin(), settings.end(), [&](const Setting& s) { return s.key == key; });
  return found == settings.end() ? nullptr : &*found;
}

Document read_document(const std::string& file, Findings& findings) {
  Document document;
  const result<std::string> text = read_file(file);
  if (!text) {
    findings.push_back({{file, 0, 0}, text.error().what, "give the path of a configuration with --config"});
    return document;
  }
  const std::optional<toml::table> parsed = parse(file, *text, findings);
  if (!parsed) return document;
  for (const auto& [key, node] : *parsed) read_top(file, key, node, document, findings);
  keep_blocks(file, *text, document);
  return document;
}

void put(Document& document, std::string_view section, Setting setting) {
  Section* found = named(document.sections, section);
  if (found == nullptr) {
    document.sections.push_back({std::string(section), {}, setting.at});
    found = &document.sections.back();
  }
  put_in(*found, std::move(setting));
}

void apply_setting(Document& document, std::string_view argument, Findings& findings) {
  const auto equals = argument.find('=');
  const std::string_view path = argument.substr(0, equals);
  const auto dot = path.find('.');
  if (equals == std::string_view::npos || dot == std::string_view::npos) {
    // Nothing of the argument is told: without its '=' it may be a secret.
    findings.push_back({{"--set", 0, 0}, "needs a section, a key and a value", "write --set section.key=value"});
    return;
  }
  const Position at{"--set " + std::string(path), 0, 0};
  Setting setting{std::string(path.substr(dot + 1)), TypedByHand{std::string(argument.substr(equals + 1))}, at, at};
  const std::string section(path.substr(0, dot));
  if (section == "channel") return put_in_channel(document, path.substr(dot + 1), std::move(setting), findings);
  const std::vector<std::string> names = section_names();
  if (std::find(names.begin(), names.end(), section) == names.end()) {
    findings.push_back({at, "there is no section [" + section + "]", suggest(section, names)});
    return;
  }
  put(document, section, std::move(setting));
}

}  // namespace passerelle::configuration
