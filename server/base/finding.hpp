// What is wrong in one of our text files (dialogs, locales, configuration): where, what, and the remedy.
#pragma once

#include <string>
#include <vector>

namespace passerelle {

struct Position {
  std::string file;
  int line = 0;    // from 1; 0: the file as a whole
  int column = 0;  // from 1

  friend bool operator==(const Position&, const Position&) = default;
};

struct Finding {
  Position at;
  std::string what;    // "there is no step 'adres'"
  std::string remedy;  // "did you mean 'address'?"; may be empty
};

using Findings = std::vector<Finding>;

std::string to_string(const Position& position);  // file:line:column
std::string to_string(const Finding& finding);    // file:line:column: what; remedy

// Counts lines and columns (in code points) of a byte offset of a text, for parsers that only tell an offset.
Position position_of(const std::string& file, const std::string& text, std::size_t offset);

}  // namespace passerelle
