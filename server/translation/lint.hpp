// What a translator can see only when told: mistakes that pass for sentences. Pure; Catalog::add and Catalog::lint tell
// the rest.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/finding.hpp"
#include "language/catalog.hpp"
#include "language/cheaper.hpp"

namespace passerelle::translation {

// Findings are mistakes; notes are for a translator to judge.
struct Advice {
  Findings findings;
  Findings notes;
};

// A word that would tell a stranger what the message is about; its last letter may be '*'.
struct ForbiddenWord {
  std::string word;
  std::vector<std::string> where;  // first parts of keys, like "reminder"; empty: everywhere
};
using ForbiddenWords = std::map<Locale, std::vector<ForbiddenWord>>;
ForbiddenWords read_forbidden_words(const std::string& file, const std::string& text, Findings& findings);

// By the French term: how each language says it.
struct Term {
  std::string french;
  std::string note;
  std::map<Locale, std::string> said;
};
std::vector<Term> read_glossary(const std::string& file, const std::string& text, Findings& findings);

struct Lint {
  const language::Catalog& own;  // what is checked
  const language::Catalog& all;  // what its sentences may stand among: moments, for instance
  const ForbiddenWords& forbidden;
  const std::vector<Term>& glossary;
  const language::SpellingPolicy& spelling;
};
// SMS that a message may take; a critical one is read in haste.
inline constexpr std::size_t most_parts = 3, most_parts_of_critical = 2;

// Of one language that 'own' has.
void lint_locale(const Lint& lint, const Locale& locale, Advice& advice);

// The parts of lint_locale.
void lint_plurals(const language::LocaleFile& file, Findings& findings);
void lint_budget(const Lint& lint, const language::LocaleFile& file, Advice& advice);
void lint_forbidden(const language::LocaleFile& file, const std::vector<ForbiddenWord>& words, Findings& findings);
void lint_copies(const language::LocaleFile& source, const language::LocaleFile& file, Findings& findings);
void lint_terms(const Lint& lint, const language::LocaleFile& file, Findings& notes);

}  // namespace passerelle::translation
