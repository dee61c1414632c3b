// Plural forms that the language has and a sentence lacks: CLDR's categories.
#include <algorithm>

#include "language/pattern.hpp"
#include "language/plural_forms.hpp"
#include "translation/lint.hpp"

namespace passerelle::translation {
namespace {

class PluralCheck {
 public:
  PluralCheck(const language::LocaleFile& file, Findings& findings)
      : forms_(language::plural_forms(file.locale)), findings_(findings) {}

  void look(const std::string& key, const Position& at, const std::vector<language::Piece>& pieces) {
    for (const language::Piece& piece : pieces) {
      const auto* choice = std::get_if<language::Choice>(&piece.is);
      if (choice == nullptr) continue;
      check(key, at, *choice);
      for (const language::Case& one : choice->cases) look(key, at, one.pieces);
    }
  }

 private:
  // "{n, plural, other {#}}" is for sentences in which no word changes; "=0 {nobody}" beside it is another sentence.
  static bool says_nothing_by_form(const language::Choice& choice) {
    return std::ranges::all_of(
        choice.cases, [](const language::Case& one) { return one.exact ? one.number == 0 : one.selector == "other"; });
  }

  void check(const std::string& key, const Position& at, const language::Choice& choice) {
    if (choice.by == language::Choice::By::word || says_nothing_by_form(choice)) return;
    for (const auto& [form, numbers] : choice.by == language::Choice::By::amount ? forms_.amounts : forms_.ranks) {
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

  language::PluralForms forms_;
  Findings& findings_;
};

}  // namespace

void lint_plurals(const language::LocaleFile& file, Findings& findings) {
  PluralCheck check(file, findings);
  for (const auto& [key, sentence] : file.sentences) {
    if (const language::Pattern* pattern = sentence.compiled()) check.look(key, sentence.at, pattern->pieces);
  }
}

}  // namespace passerelle::translation
