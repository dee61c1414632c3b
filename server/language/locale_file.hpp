// Reads one locales/<language>.json (its form stands in language/catalog.hpp) and says what is wrong with it.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "base/finding.hpp"
#include "language/catalog.hpp"

namespace passerelle::language {

// "fa-AF" of "locales/fa-AF.json" and of "my/bike.fa-AF.json".
std::string_view locale_in_file_name(std::string_view file);

struct ReadLocale {
  LocaleFile file;                // without a locale when nothing in it can be used
  std::set<std::string> refused;  // keys with findings of their own
};
ReadLocale read_locale_file(const std::string& file, const std::string& text, Checked checked, Findings& findings);

// "a|b|c"; nothing of an empty text.
std::vector<std::string> split_list(std::string_view list);

// A list of words has no arguments and no empty words.
void check_words(const Sentence& list, Findings& findings);

}  // namespace passerelle::language
