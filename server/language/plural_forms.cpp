#include "language/plural_forms.hpp"

#include <unicode/plurrule.h>
#include <unicode/unistr.h>

#include "language/locale_name.hpp"

namespace passerelle::language {
namespace {

constexpr std::int32_t largest = 1000;

NumbersByForm numbers_by_form(const icu::PluralRules& rules) {
  NumbersByForm forms;
  for (std::int32_t number = 0; number <= largest; ++number) {
    std::string form;
    rules.select(number).toUTF8String(form);
    forms[form].insert(number);
  }
  return forms;
}

}  // namespace

PluralForms plural_forms(std::string_view locale) {
  const auto plurals = plurals_of(icu_locale(locale));
  return {numbers_by_form(*plurals->amount), numbers_by_form(*plurals->rank)};
}

}  // namespace passerelle::language
