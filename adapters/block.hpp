// Settings of a gateway that are more than single texts: TOML tables and lists as they were written, each value with
// the place where it stands, so that a mistake deep inside is told at its line and column.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"

namespace passerelle::adapters {

struct Block {
  enum class Kind { nothing, text, number, flag, list, table, other };  // other: a float, a date

  Kind kind = Kind::nothing;
  std::string key;  // its name in its table; empty for an item of a list
  std::string text;
  std::int64_t number = 0;
  bool flag = false;
  std::vector<Block> items;  // of a list or a table
  Position key_at;
  Position at;  // of the value

  const Block* find(std::string_view name) const;  // in a table; null: not there
};

// A whole TOML document as one table. What is no TOML becomes a finding, which never repeats a value: it may be a
// secret.
std::optional<Block> parse_block(const std::string& file, const std::string& text, Findings& findings);

// 'over' on top of 'base': tables are joined key by key, anything else of 'over' takes the place of the former.
Block merge(Block base, const Block& over);

// Reads the keys of one table, and tells what is wrong with each: another type, another word, a key that nobody reads.
class TableReader {
 public:
  // 'path' is how people would write it: "[channel.send]". A null table reads as an empty one.
  TableReader(const Block* table, std::string path, Findings& findings);

  std::string text(std::string_view key, std::string standard = "");
  bool flag(std::string_view key, bool standard);
  std::int64_t number(std::string_view key, std::int64_t standard, std::int64_t least, std::int64_t most);
  std::string word(std::string_view key, std::string standard, const std::vector<std::string>& allowed);
  std::vector<std::string> texts(std::string_view key);     // one text, or a list of them
  std::vector<std::int64_t> numbers(std::string_view key);  // one number, or a list of them
  const Block* table(std::string_view key);
  const Block* any(std::string_view key);  // whatever it is: the caller looks at its kind

  bool has(std::string_view key) const;
  Position at(std::string_view key) const;  // of a value; of the table where there is none
  void complain(std::string_view key, std::string what, std::string remedy);
  void done();  // every key that was not asked for is one too many

 private:
  const Block* take(std::string_view key);
  void wrong_type(const Block& value, std::string_view wanted);

  const Block* table_;
  std::string path_;
  Findings& findings_;
  std::vector<std::string> asked_;
};

}  // namespace passerelle::adapters
