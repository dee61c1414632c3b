#include "turns/facts.hpp"

#include "language/week.hpp"

namespace passerelle::turns {
namespace {

std::string language_menu(const Content& content, bool latin_only) {
  std::string lines;
  int number = 0;
  for (const dialog::LanguageChoice& choice : offered_languages(content, latin_only)) {
    const language::LocaleFile* file = content.catalog.find(choice.locale);
    lines += (lines.empty() ? "" : "\n") + std::to_string(++number) + " = " + (file ? file->name : choice.locale);
  }
  return lines;
}

void add_place(language::Values& values, const Place& place, const Locale& locale, TimePoint now) {
  // Our own phone and address never expire; hours do (product.md, Facts).
  values["phone"] = place.phone;
  values["place_name"] = place.name;
  values["place_address"] = place.address;
  if (expired(place, now)) return;
  if (const std::string hours = language::opening_hours(place.opening, locale); !hours.empty())
    values["opening_hours"] = hours;
  // While it is open nobody wants to know when it opens next: sentences that need that are left out.
  if (is_open(place, now))
    values["open_now"] = "yes";
  else if (const auto opening = next_opening(place, now))
    values["next_opening"] = to_civil(*opening, place.zone);
}

}  // namespace

std::string_view site_zone(const Content& content) {
  return content.association.places.empty() ? std::string_view("UTC") : content.association.places.front().zone;
}

const std::vector<dialog::LanguageChoice>& offered_languages(const Content& content, bool latin_only) {
  return latin_only ? content.latin_languages : content.languages;
}

const dialog::MenuWords& menu_words(const Content& content, const Locale& locale) {
  static const dialog::MenuWords none;
  auto found = content.words.find(locale);
  if (found == content.words.end()) found = content.words.find(content.association.site_language);
  return found == content.words.end() ? none : found->second;
}

dialog::Facts dialog_facts(const Content& content, const dialog::Knowledge& knowledge, const Locale& locale,
                           bool latin_only, TimePoint now) {
  return {menu_words(content, locale), offered_languages(content, latin_only), knowledge, locale,
          date::floor<date::days>(to_civil(now, site_zone(content)))};
}

language::Values sentence_values(const Content& content, const Locale& locale, bool latin_only, TimePoint now) {
  language::Values values;
  if (!content.association.name.empty()) values["association"] = content.association.name;
  if (!content.emergency.numbers.empty()) values["emergency_numbers"] = content.emergency.numbers;
  values["languages"] = language_menu(content, latin_only);
  values["open_now"] = "no";
  if (!content.association.places.empty()) add_place(values, content.association.places.front(), locale, now);
  return values;
}

}  // namespace passerelle::turns
