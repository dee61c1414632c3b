// The sentences of every language: key → ICU MessageFormat pattern, checked when loaded. Immutable once built.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/finding.hpp"
#include "domain/address.hpp"
#include "language/pattern_on_demand.hpp"

namespace passerelle::language {

struct DateWords;

// locales/<language>.json, in the form of FormatJS: {"key": {"defaultMessage": "…", "description": "for translators"},
// …}. Two keys tell about the file: "locale.name", and "locale.status": "draft" or "reviewed by NAME, DAY". The
// language is the last part of the file's name: "fa-AF.json", "bike.fr.json". Flags begin the description of the
// source's sentence, and hold for that key in every language: "[words]" marks a list of menu words, separated by '|';
// "[critical]" a sentence that goes out beside the site's words while it is a draft;
// "[same]" what no language translates.
struct Sentence {
  std::string pattern;
  std::string note;  // the description without its flags
  bool words = false;
  bool critical = false;
  bool same = false;
  Position at;
  bool checked_at_build = false;  // Checked::at_build
  PatternOnDemand on_demand;

  const Pattern* compiled() const { return on_demand.of(pattern); }  // what render assembles; null: nothing to assemble
  const std::set<std::string>& arguments() const;                    // the names the pattern uses
};

// When a file was looked at for mistakes. The shipped ones were when the binary was built, by the tests: reading them
// without a second look takes half the time. Their sentences stand in their file, at no line.
enum class Checked { now, at_build };

struct LocaleFile {
  Locale locale;
  std::string name;    // endonym
  std::string status;  // as written
  bool draft = true;
  bool rtl = false;
  bool latin_script = true;
  std::map<std::string, Sentence, std::less<>> sentences;
};

class Catalog {
 public:
  // Adds the keys of one file; a later file of the same locale replaces keys (an association's own sentences), whose
  // flags stay. Findings: JSON errors, patterns ICU refuses, locales ICU does not know, bidi controls typed by hand.
  Findings add(const std::string& file, const std::string& json, Checked checked = Checked::now);

  // A sentence from elsewhere than a language file (an association's page), in a language that has a file.
  void put(const Locale& locale, const std::string& key, Sentence sentence);
  // Adds locales/<language>.dates.json (date_words.hpp); a later file of the same language replaces it.
  Findings add_dates(const std::string& file, const std::string& json);
  const DateWords* date_words(std::string_view locale) const;  // null: the language has none of its own
  std::vector<const DateWords*> all_date_words() const;

  // Missing and further keys, arguments that differ from the source locale's (fr), lists of words that are none there.
  // 'limited': keys that are needed in these languages only.
  Findings lint(const std::vector<Locale>& enabled, const std::map<std::string, std::set<Locale>>& limited = {}) const;

  const LocaleFile* find(std::string_view locale) const;
  std::vector<Locale> locales() const;
  std::set<std::string> keys() const;                              // of the source locale
  std::map<std::string, std::set<std::string>> arguments() const;  // of its sentences; lists of words have none
  // The sentence in 'locale', else in 'site', else fr, else en; the locale it was found in, or nothing.
  struct Found {
    const LocaleFile* locale;
    const Sentence* sentence;
  };
  std::optional<Found> sentence(std::string_view key, std::string_view locale, std::string_view site) const;

 private:
  void merge(LocaleFile added, const std::string& file, Findings& findings);
  void inherit_flags(const Locale& from, Findings& findings);

  std::map<Locale, LocaleFile, std::less<>> locales_;
  std::map<Locale, std::shared_ptr<const DateWords>, std::less<>> dates_;
  std::set<std::pair<Locale, std::string>> refused_;  // sentences with findings of their own: lint does not miss them
};

}  // namespace passerelle::language
