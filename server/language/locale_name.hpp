// The languages that ICU has data for. It answers for any other with English and says nothing, so we ask first.
#pragma once

#include <unicode/plurrule.h>

#include <memory>
#include <string>
#include <string_view>

namespace passerelle::language {

// "fa_AF" for "fa-AF"; empty when the name is not a BCP 47 tag as we write it, or ICU has no data for it.
std::string icu_locale(std::string_view name);

// What to write in place of a name that icu_locale refuses.
std::string locale_remedy(std::string_view name);

struct Script {
  bool rtl = false;
  bool latin = true;
};
Script script_of(const std::string& icu_locale);

// Immutable and shared by all threads.
struct Plurals {
  std::unique_ptr<const icu::PluralRules> amount;  // 1 day, 2 days
  std::unique_ptr<const icu::PluralRules> rank;    // 1st, 2nd
};
std::shared_ptr<const Plurals> plurals_of(const std::string& icu_locale);

}  // namespace passerelle::language
