#include "adapters/block.hpp"

#include <toml++/toml.h>

#include <algorithm>

#include "base/nearest.hpp"

namespace passerelle::adapters {
namespace {

Position place(const std::string& file, const toml::source_position& at) {
  return {file, static_cast<int>(at.line), static_cast<int>(at.column)};
}

Block read_node(const std::string& file, const toml::node& node) {
  Block block;
  block.at = block.key_at = place(file, node.source().begin);
  block.kind = Block::Kind::other;
  if (const auto* text = node.as_string()) {
    block.kind = Block::Kind::text;
    block.text = text->get();
  } else if (const auto* number = node.as_integer()) {
    block.kind = Block::Kind::number;
    block.number = number->get();
  } else if (const auto* flag = node.as_boolean()) {
    block.kind = Block::Kind::flag;
    block.flag = flag->get();
  } else if (const auto* list = node.as_array()) {
    block.kind = Block::Kind::list;
    for (const toml::node& item : *list) block.items.push_back(read_node(file, item));
  } else if (const auto* table = node.as_table()) {
    block.kind = Block::Kind::table;
    for (const auto& [key, value] : *table) {
      block.items.push_back(read_node(file, value));
      block.items.back().key = key.str();
      block.items.back().key_at = place(file, key.source().begin);
    }
  }
  return block;
}

}  // namespace

const Block* Block::find(std::string_view name) const {
  if (kind != Kind::table) return nullptr;
  const auto found = std::ranges::find(items, name, &Block::key);
  return found == items.end() ? nullptr : &*found;
}

std::optional<Block> parse_block(const std::string& file, const std::string& text, Findings& findings) {
  try {
    return read_node(file, toml::parse(text, file));
  } catch (const toml::parse_error& error) {
    findings.push_back({place(file, error.source().begin), "is not TOML",
                        "texts stand in double quotes, each key once, one to a line"});
    return std::nullopt;
  }
}

Block merge(Block base, const Block& over) {
  if (over.kind == Block::Kind::nothing) return base;
  if (base.kind != Block::Kind::table || over.kind != Block::Kind::table) return over;
  base.at = over.at;
  base.key_at = over.key_at;
  for (const Block& item : over.items) {
    const auto found = std::ranges::find(base.items, item.key, &Block::key);
    if (found == base.items.end())
      base.items.push_back(item);
    else
      *found = merge(std::move(*found), item);
  }
  return base;
}

TableReader::TableReader(const Block* table, std::string path, Findings& findings)
    : table_(table), path_(std::move(path)), findings_(findings) {
  if (table_ != nullptr && table_->kind != Block::Kind::table) {
    if (table_->kind != Block::Kind::nothing) wrong_type(*table_, "a table of keys: write " + path_);
    table_ = nullptr;
  }
}

const Block* TableReader::take(std::string_view key) {
  asked_.emplace_back(key);
  return table_ == nullptr ? nullptr : table_->find(key);
}

void TableReader::wrong_type(const Block& value, std::string_view wanted) {
  findings_.push_back(
      {value.at, "'" + value.key + "' of " + path_ + " is not what it must be", "it is " + std::string(wanted)});
}

std::string TableReader::text(std::string_view key, std::string standard) {
  const Block* value = take(key);
  if (value == nullptr) return standard;
  if (value->kind != Block::Kind::text) wrong_type(*value, "a text in double quotes");
  return value->text;
}

bool TableReader::flag(std::string_view key, bool standard) {
  const Block* value = take(key);
  if (value == nullptr) return standard;
  if (value->kind != Block::Kind::flag) wrong_type(*value, "true or false");
  return value->flag;
}

std::int64_t TableReader::number(std::string_view key, std::int64_t standard, std::int64_t least, std::int64_t most) {
  const Block* value = take(key);
  if (value == nullptr) return standard;
  if (value->kind == Block::Kind::number && value->number >= least && value->number <= most) return value->number;
  wrong_type(*value, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return standard;
}

std::string TableReader::word(std::string_view key, std::string standard, const std::vector<std::string>& allowed) {
  const Block* value = take(key);
  if (value == nullptr) return standard;
  const bool known = value->kind == Block::Kind::text && std::ranges::find(allowed, value->text) != allowed.end();
  if (known) return value->text;
  findings_.push_back({value->at, "'" + value->text + "' is no word for '" + value->key + "' of " + path_,
                       suggest(value->text, allowed)});
  return standard;
}

std::vector<std::string> TableReader::texts(std::string_view key) {
  const Block* value = take(key);
  std::vector<std::string> texts;
  if (value == nullptr) return texts;
  if (value->kind == Block::Kind::text) return {value->text};
  if (value->kind != Block::Kind::list) wrong_type(*value, "a text in double quotes, or a list of them");
  for (const Block& item : value->items) {
    if (item.kind == Block::Kind::text)
      texts.push_back(item.text);
    else
      wrong_type(item, "a text in double quotes");
  }
  return texts;
}

std::vector<std::int64_t> TableReader::numbers(std::string_view key) {
  const Block* value = take(key);
  std::vector<std::int64_t> numbers;
  if (value == nullptr) return numbers;
  if (value->kind == Block::Kind::number) return {value->number};
  if (value->kind != Block::Kind::list) wrong_type(*value, "a whole number, or a list of them");
  for (const Block& item : value->items) {
    if (item.kind == Block::Kind::number)
      numbers.push_back(item.number);
    else
      wrong_type(item, "a whole number");
  }
  return numbers;
}

const Block* TableReader::table(std::string_view key) {
  const Block* value = take(key);
  if (value == nullptr || value->kind == Block::Kind::table) return value;
  wrong_type(*value, "a table of keys");
  return nullptr;
}

const Block* TableReader::any(std::string_view key) { return take(key); }

bool TableReader::has(std::string_view key) const { return table_ != nullptr && table_->find(key) != nullptr; }

Position TableReader::at(std::string_view key) const {
  if (table_ == nullptr) return {};
  const Block* value = table_->find(key);
  return value == nullptr ? table_->at : value->at;
}

void TableReader::complain(std::string_view key, std::string what, std::string remedy) {
  findings_.push_back({at(key), std::move(what), std::move(remedy)});
}

void TableReader::done() {
  if (table_ == nullptr) return;
  for (const Block& item : table_->items) {
    if (std::ranges::find(asked_, item.key) != asked_.end()) continue;
    findings_.push_back({item.key_at, path_ + " has no key '" + item.key + "'", suggest(item.key, asked_)});
  }
}

}  // namespace passerelle::adapters
