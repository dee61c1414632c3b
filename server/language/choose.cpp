// The prior: what we know of a person's language weighs more than one message.
#include <algorithm>
#include <array>
#include <string_view>

#include "language/detect.hpp"
#include "language/families.hpp"

namespace passerelle::language {
namespace {

constexpr double first_contact = 0.80;
constexpr double first_contact_of_site = 0.50;
constexpr double switch_reply = 0.90;
constexpr double worth_offering = 0.50;
constexpr std::size_t words_to_switch = 3;
constexpr std::size_t words_to_offer = 2;
// People keep their language in 95 of 100 messages; the other five are shared by the 29 others we tell apart.
constexpr double prior_known = 0.95;
constexpr double other_languages = 29;
constexpr double odds_for_known = prior_known / ((1 - prior_known) / other_languages);

bool is_romanised(std::string_view code) { return code.ends_with("-Latn"); }

// Languages whose speakers often type latin letters: their latin messages are theirs until proven otherwise.
bool is_written_in_other_letters(const std::string& of) {
  constexpr std::array<std::string_view, 12> families = {"ti", "am", "fa",  "ar", "uk", "ru",
                                                         "ps", "ur", "ckb", "ka", "ta", "bn"};
  return std::find(families.begin(), families.end(), of) != families.end();
}

// The enabled locale for a detected code: fa for fa-AF where only fa is enabled, ar for ar-Latn. Empty: none.
Locale enabled_for(std::string_view code, const std::vector<Locale>& enabled) {
  if (std::find(enabled.begin(), enabled.end(), code) != enabled.end()) return Locale(code);
  const auto same = std::find_if(enabled.begin(), enabled.end(),
                                 [&](const Locale& locale) { return family(locale) == family(code); });
  return same == enabled.end() ? Locale() : *same;
}

// Of the best score that is not the known language's.
double posterior(const std::vector<LanguageScore>& scores, const LanguageScore& best, const std::string& known) {
  double known_confidence = 0;
  double others = 0;
  double all = 0;
  for (const LanguageScore& score : scores) {
    all += score.confidence;
    (family(score.locale) == known ? known_confidence : others) += score.confidence;
  }
  // What no listed language has is spread evenly: the known one has its share of it.
  const double unlisted = std::max(0.0, 1 - all) / (other_languages + 1);
  known_confidence = std::max(known_confidence, unlisted);
  return best.confidence / (others + odds_for_known * known_confidence);
}

}  // namespace

LanguageChange choose(const Reading& reading, const Locale& known, const std::vector<Locale>& enabled,
                      const Locale& site) {
  using Kind = LanguageChange::Kind;
  const LanguageChange stay{known.empty() ? Kind::ask : Kind::keep, {}};
  if (reading.scores.empty()) return stay;
  const LanguageScore& best = reading.scores.front();
  const Locale target = enabled_for(best.locale, enabled);
  if (target.empty()) return stay;
  if (known.empty()) {
    const bool of_site = !site.empty() && family(best.locale) == family(site);
    const double needed = of_site ? first_contact_of_site : first_contact;
    const bool sure = best.confidence >= needed && !is_romanised(best.locale);
    return sure ? LanguageChange{Kind::reply_in, target} : stay;
  }
  const std::string own = family(known);
  if (family(best.locale) == own) return stay;
  const double sure = posterior(reading.scores, best, own);
  const bool romanised = is_romanised(best.locale);
  if (sure >= switch_reply && reading.tokens.size() >= words_to_switch && !romanised) return {Kind::reply_in, target};
  const bool latin_letters = romanised || !is_written_in_other_letters(family(best.locale));
  if (latin_letters && !romanised && is_written_in_other_letters(own)) return stay;
  // "merci" and "hello" are lent to everybody.
  if (latin_letters && reading.tokens.size() < words_to_offer) return stay;
  return sure >= worth_offering ? LanguageChange{Kind::offer, target} : stay;
}

}  // namespace passerelle::language
