// A text as numbers and the words that dates are made of. An unknown word makes it no date at all.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/date_words.hpp"

namespace passerelle::language {

struct NamedMonth {
  Calendar calendar = Calendar::gregorian;
  int month = 0;  // from 1

  friend bool operator==(const NamedMonth&, const NamedMonth&) = default;
};

struct DateItem {
  enum class Kind { number, month, weekday, word };
  Kind kind = Kind::word;
  int value = 0;                        // of a number, a weekday with Monday as 0
  DateWord word = DateWord::filler;     // of a word
  std::vector<NamedMonth> months = {};  // of a month: two calendars may have the name
  std::size_t digits = 0;               // of a number; 0: it was written as a word
  char32_t glue = 0;                    // the sign right behind it: '.', ':', ' '; 0: the next one, or the end
};

// The spellings of one language.
class DateLexicon {
 public:
  DateLexicon() = default;
  explicit DateLexicon(const DateWords& words);

  // The longest phrase that begins at 'from', and of how many words it is; null: none.
  const DateItem* find(const std::vector<std::string>& words, std::size_t from, std::size_t& length) const;
  bool knows(const std::string& word) const { return phrases_.contains(word); }
  bool twelve_hours() const { return twelve_hours_; }

 private:
  void add(const std::string& spelling, const DateItem& item);
  void add_all(const std::vector<Spellings>& all, DateItem::Kind kind, int first);

  std::map<std::string, DateItem, std::less<>> phrases_;
  std::size_t longest_ = 0;  // words
  bool twelve_hours_ = false;
};

// By the lexicons in their order: the person's own language, then others that people mix in. Digits of every script.
std::optional<std::vector<DateItem>> date_items(std::string_view text, const std::vector<const DateLexicon*>& lexicons);

}  // namespace passerelle::language
