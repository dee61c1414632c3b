// What translators work on: every sentence of one language beside its source, in the order of the source's files.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "language/catalog.hpp"

namespace passerelle::translation {

inline constexpr std::string_view source_locale = "fr";

struct Unit {
  std::string key;
  std::string source;
  std::string target;  // empty: not translated yet
  std::string note;    // with the flags, as in the source's file
  bool icu = true;     // a MessageFormat pattern; else plain text, as an association's pages are
  bool words = false;  // a list of words
  bool stale = false;  // the source has changed since this was translated
};

struct Units {
  Locale locale;
  bool draft = true;
  std::vector<Unit> all;
};

// 'wanted' chooses among the keys.
Units units_of(const language::Catalog& catalog, const Locale& locale,
               const std::function<bool(const std::string&)>& wanted);

// "[critical] What translators should know."
std::string description_of(const language::Sentence& sentence);

}  // namespace passerelle::translation
