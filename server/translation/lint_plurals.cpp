// Plural forms that the language has and a sentence lacks: CLDR's categories, by ICU.
#include <unicode/plurrule.h>

#include <algorithm>
#include <array>

#include "language/locale_name.hpp"
#include "language/pattern.hpp"
#include "translation/lint.hpp"

namespace passerelle::translation {
namespace {

// Numbers that people of an association meet. French and its sisters have a form 'many' that begins at a million: no
// translator is made to fill it.
constexpr std::int32_t largest = 1000;

std::map<std::string, std::set<std::int32_t>> numbers_by_form(const icu::PluralRules& rules) {
  std::map<std::string, std::set<std::int32_t>> forms;
  for (std::int32_t number = 0; number <= largest; ++number) {
    std::string form;
    rules.select(number).toUTF8String(form);
    forms[form].insert(number);
  }
  return forms;
}

class PluralCheck {
 public:
  PluralCheck(const language::LocaleFile& file, Findings& findings)
      : plurals_(language::plurals_of(language::icu_locale(file.locale))),
        amounts_(numbers_by_form(*plurals_->amount)),
        ranks_(numbers_by_form(*plurals_->rank)),
        findings_(findings) {}

  void look(const std::string& key, const Position& at, const std::vector<language::Piece>& pieces) {
    for (const language::Piece& piece : pieces) {
      const auto* choice = std::get_if<language::Choice>(&piece.is);
      if (choice == nullptr) continue;
      check(key, at, *choice);
      for (const language::Case& one : choice->cases) look(key, at, one.pieces);
    }
  }

 private:
  // "{n, plural, other {#}}" is for sentences in which no word changes.
  static bool says_nothing_by_form(const language::Choice& choice) {
    return std::ranges::all_of(choice.cases,
                               [](const language::Case& one) { return one.exact || one.selector == "other"; });
  }

  void check(const std::string& key, const Position& at, const language::Choice& choice) {
    if (choice.by == language::Choice::By::word || says_nothing_by_form(choice)) return;
    for (const auto& [form, numbers] : choice.by == language::Choice::By::amount ? amounts_ : ranks_) {
      const bool written = std::ranges::any_of(
          choice.cases, [&wanted = form](const language::Case& one) { return !one.exact && one.selector == wanted; });
      const bool by_number = std::ranges::all_of(numbers, [&choice](std::int32_t number) {
        return std::ranges::any_of(choice.cases, [number](const language::Case& one) {
          return one.exact && static_cast<std::int32_t>(one.number) == number;
        });
      });
      if (written || by_number) continue;
      findings_.push_back({at, "'" + key + "' lacks the plural form '" + form + "' of {" + choice.argument + "}",
                           "add " + form + " {…}, as for " + std::to_string(*numbers.begin())});
    }
  }

  std::shared_ptr<const language::Plurals> plurals_;
  std::map<std::string, std::set<std::int32_t>> amounts_, ranks_;
  Findings& findings_;
};

}  // namespace

void lint_plurals(const language::LocaleFile& file, Findings& findings) {
  PluralCheck check(file, findings);
  for (const auto& [key, sentence] : file.sentences) {
    if (sentence.compiled != nullptr) check.look(key, sentence.at, sentence.compiled->pieces);
  }
}

}  // namespace passerelle::translation
