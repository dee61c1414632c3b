#include "language/locale_name.hpp"

#include <unicode/uloc.h>
#include <unicode/uscript.h>

#include <array>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/nearest.hpp"

namespace passerelle::language {
namespace {

struct Name {
  std::string_view ours, icu;
};
// The languages of tiers 1 and 2 by name, so that a change of ICU's own aliases cannot rename them.
constexpr std::array<Name, 21> known{
    {{"fr", "fr"}, {"en", "en"}, {"ar", "ar"}, {"ti", "ti"}, {"fa-AF", "fa_AF"}, {"ps", "ps"}, {"tr", "tr"},
     {"ku", "ku"}, {"uk", "uk"}, {"so", "so"}, {"fa", "fa"}, {"ckb", "ckb"},     {"am", "am"}, {"ru", "ru"},
     {"sq", "sq"}, {"ta", "ta"}, {"pt", "pt"}, {"es", "es"}, {"vi", "vi"},       {"de", "de"}, {"it", "it"}}};
// Codes that people write for languages which ICU 72 knows under another name, or not at all.
constexpr std::array<Name, 7> misnamed{{{"prs", "fa-AF"},
                                        {"dari", "fa-AF"},
                                        {"kmr", "ku"},
                                        {"kmr-Latn", "ku"},
                                        {"tir", "ti"},
                                        {"dyu", "bm"},
                                        {"mnk", "bm"}}};

const std::set<std::string, std::less<>>& available() {
  static const std::set<std::string, std::less<>> names = [] {
    std::set<std::string, std::less<>> all;
    for (std::int32_t i = 0; i < uloc_countAvailable(); ++i) all.insert(uloc_getAvailable(i));
    return all;
  }();
  return names;
}

// The same language as a well-formed tag: "fa-AF" for "fa_af".
std::string canonical(std::string_view name) {
  constexpr std::size_t longest = 35;
  if (name.empty() || name.size() > longest) return {};
  std::array<char, ULOC_FULLNAME_CAPACITY> tag{};
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t size =
      uloc_toLanguageTag(std::string(name).c_str(), tag.data(), static_cast<std::int32_t>(tag.size()), true, &status);
  if (U_FAILURE(status)) return {};
  return std::string(tag.data(), static_cast<std::size_t>(size));
}

}  // namespace

std::string icu_locale(std::string_view name) {
  for (const Name& entry : known) {
    if (entry.ours == name) return std::string(entry.icu);
  }
  if (canonical(name) != name) return {};
  std::string icu(name);
  for (char& c : icu) {
    if (c == '-') c = '_';
  }
  return available().contains(icu) ? icu : std::string();
}

std::string locale_remedy(std::string_view name) {
  for (const Name& entry : misnamed) {
    if (entry.ours == name) return "write '" + std::string(entry.icu) + "', the nearest language that ICU has data for";
  }
  if (const std::string tag = canonical(name); tag != name && !icu_locale(tag).empty()) return "write '" + tag + "'";
  std::vector<std::string> names;
  for (const Name& entry : known) names.emplace_back(entry.ours);
  return suggest(name, names);
}

Script script_of(const std::string& icu_locale) {
  std::array<UScriptCode, 4> codes{};
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t count = uscript_getCode(icu_locale.c_str(), codes.data(), codes.size(), &status);
  return {uloc_isRightToLeft(icu_locale.c_str()) != 0, U_SUCCESS(status) && count > 0 && codes[0] == USCRIPT_LATIN};
}

std::shared_ptr<const Plurals> plurals_of(const std::string& icu_locale) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale(icu_locale.c_str());
  auto plurals = std::make_shared<Plurals>();
  plurals->amount.reset(icu::PluralRules::forLocale(locale, UPLURAL_TYPE_CARDINAL, status));
  plurals->rank.reset(icu::PluralRules::forLocale(locale, UPLURAL_TYPE_ORDINAL, status));
  if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU has no plural rules: ") + u_errorName(status));
  return plurals;
}

}  // namespace passerelle::language
