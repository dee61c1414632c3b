// A sentence compiled from its MessageFormat pattern: text, arguments, and choices by number or word. No evaluation
// language: no number, date or time formats. Compiled once when loaded; immutable; every thread reads the same.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "language/locale_name.hpp"

namespace passerelle::language {

struct Piece;

struct Text {
  std::string plain;
  std::string marked;  // as it stands in a right-to-left sentence: its numbers isolated
};

struct Argument {
  std::string name;
};

struct Amount {};  // '#': the number of the plural around it, less its offset

struct Case {
  std::string selector;  // "few", "female"
  bool exact = false;    // "=2"
  double number = 0;
  std::vector<Piece> pieces;
};

struct Choice {
  enum class By { amount, rank, word };
  By by = By::word;
  std::string argument;
  double offset = 0;
  std::vector<Case> cases;
};

struct Piece {
  std::variant<Text, Argument, Amount, Choice> is;
};

struct Pattern {
  std::vector<Piece> pieces;
  std::set<std::string> arguments;
  std::shared_ptr<const Plurals> plurals;
};

struct PatternMistake {
  std::size_t unit = 0;  // where, in UTF-16 units
  std::string what;
  std::string remedy;
};

struct Compiled {
  std::shared_ptr<const Pattern> pattern;  // null when there are mistakes
  std::vector<PatternMistake> mistakes;
};

Compiled compile(std::string_view pattern, std::shared_ptr<const Plurals> plurals);

}  // namespace passerelle::language
