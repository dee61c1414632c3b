#include "turns/phrase.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/nearest.hpp"
#include "domain/phone.hpp"
#include "turns/compose.hpp"

namespace passerelle::turns {
namespace {

using Kind = PhraseField::Kind;

constexpr std::string_view shipped = "phrase.";
constexpr std::string_view own = ".phrase.";
constexpr std::string_view source_locale = "fr";
constexpr std::size_t longest_words = 80;  // code points
constexpr std::int64_t largest_number = 10'000;

bool is_phrase(std::string_view key) { return key.starts_with(shipped) || key.find(own) != std::string_view::npos; }

std::string name_of(std::string_view key) {
  if (key.starts_with(shipped)) key.remove_prefix(shipped.size());
  return std::string(key);
}

const PhraseField* find_field(std::string_view name) {
  const auto found = std::ranges::find(phrase_fields(), name, &PhraseField::name);
  return found == phrase_fields().end() ? nullptr : &*found;
}

std::optional<language::Value> read_words(const std::string& typed) {
  const auto length = std::ranges::count_if(typed, [](char c) { return (c & 0xC0) != 0x80; });
  const bool sound = length > 0 && static_cast<std::size_t>(length) <= longest_words &&
                     typed.find_first_of("\r\n") == std::string::npos;
  return sound ? std::optional<language::Value>(typed) : std::nullopt;
}

std::optional<language::Value> read_number(const std::string& typed) {
  std::int64_t number = 0;
  const char* const end = typed.data() + typed.size();
  const auto [stop, error] = std::from_chars(typed.data(), end, number);
  const bool sound = error == std::errc() && stop == end && number >= 0 && number <= largest_number;
  return sound ? std::optional<language::Value>(number) : std::nullopt;
}

std::optional<language::Value> read_hour(const std::string& typed) {
  const auto civil = parse_civil("2000-01-01 " + typed);
  if (!civil) return std::nullopt;
  return language::Hour{std::chrono::duration_cast<std::chrono::minutes>(*civil - date::floor<date::days>(*civil))};
}

// As its country groups it, with the country's code: the reader may be abroad.
std::optional<language::Value> read_number_to_call(const std::string& typed, const std::string& country) {
  const auto number = read_phone(typed, country);
  return number ? std::optional<language::Value>(for_people(number->e164)) : std::nullopt;
}

std::optional<language::Value> read_field(const PhraseField& field, const std::string& typed,
                                          const std::string& country) {
  switch (field.kind) {
    case Kind::words: return read_words(typed);
    case Kind::phone: return read_number_to_call(typed, country);
    case Kind::number: return read_number(typed);
    case Kind::hour: return read_hour(typed);
    case Kind::moment:
    case Kind::day: break;
  }
  const auto civil = parse_civil(field.kind == Kind::day ? typed + " 00:00" : typed);
  if (!civil) return std::nullopt;
  if (field.kind == Kind::day) return language::Day{date::floor<date::days>(*civil)};
  return *civil;
}

std::string how_written(const PhraseField& field) {
  return field.kind == Kind::words
             ? fmt::format("write at most {} characters in one line, such as {}", longest_words, field.example)
             : fmt::format("write {}", field.example);
}

result<language::Values> read_fields(const Phrase& phrase, const std::map<std::string, std::string>& given,
                                     const std::string& country) {
  std::vector<std::string> names;
  for (const PhraseField* field : phrase.fields) names.emplace_back(field->name);
  for (const auto& [name, typed] : given) {
    if (std::ranges::find(names, name) != names.end()) continue;
    const std::string remedy = names.empty() ? "it has no fields" : suggest(name, names);
    return Error{fmt::format("the phrase '{}' has no field '{}': {}", phrase.name, name, remedy), "fields"};
  }
  language::Values values;
  for (const PhraseField* field : phrase.fields) {
    const auto typed = given.find(std::string(field->name));
    if (typed == given.end())
      return Error{fmt::format("the field '{}' is missing: {}", field->name, how_written(*field)), "fields"};
    const auto value = read_field(*field, typed->second, country);
    if (!value)
      return Error{fmt::format("'{}' cannot stand for '{}': {}", typed->second, field->name, how_written(*field)),
                   "fields"};
    values[typed->first] = *value;
  }
  const auto from = values.find("from");
  const auto to = values.find("to");
  if (from != values.end() && to != values.end() &&
      std::get<CivilTime>(to->second) <= std::get<CivilTime>(from->second))
    return Error{"'to' is not after 'from'", "fields"};
  return values;
}

}  // namespace

const std::vector<PhraseField>& phrase_fields() {
  static const std::vector<PhraseField> fields{{"building", Kind::words, "Rue du Pont 5"},
                                               {"place", Kind::words, "Rue du Pont 5, salle 2"},
                                               {"address", Kind::words, "Rue du Pont 5, Valmoret"},
                                               {"activity", Kind::words, "Cours de couture"},
                                               {"hours", Kind::words, "08:30-11:30, 13:30-17:00"},
                                               {"phone", Kind::phone, "+33 3 53 01 00 12"},
                                               {"when", Kind::moment, "2027-03-28 14:30"},
                                               {"from", Kind::moment, "2027-03-28 08:00"},
                                               {"to", Kind::moment, "2027-03-28 12:00"},
                                               {"day", Kind::day, "2027-03-28"},
                                               {"hour", Kind::hour, "14:30"},
                                               {"from_hour", Kind::hour, "22:00"},
                                               {"to_hour", Kind::hour, "07:00"},
                                               {"minutes", Kind::number, "20"}};
  return fields;
}

std::vector<Phrase> phrases(const Content& content) {
  std::vector<Phrase> all;
  const language::LocaleFile* source = content.catalog.find(source_locale);
  if (source == nullptr) return all;
  for (const auto& [key, sentence] : source->sentences) {
    if (!is_phrase(key) || sentence.words) continue;
    Phrase phrase{name_of(key), key, sentence.note, {}};
    for (const std::string& argument : sentence.arguments()) {
      if (const PhraseField* field = find_field(argument)) phrase.fields.push_back(field);
    }
    all.push_back(std::move(phrase));
  }
  return all;
}

Findings check_phrases(const language::Catalog& catalog) {
  Findings findings;
  const language::LocaleFile* source = catalog.find(source_locale);
  if (source == nullptr) return findings;
  std::vector<std::string> names;
  for (const PhraseField& field : phrase_fields()) names.emplace_back(field.name);
  for (const auto& [key, sentence] : source->sentences) {
    if (!is_phrase(key)) continue;
    for (const std::string& argument : sentence.arguments()) {
      if (find_field(argument) != nullptr) continue;
      findings.push_back(
          {sentence.at, fmt::format("no field of phrases is called {{{}}}", argument), suggest(argument, names)});
    }
  }
  return findings;
}

result<Phrased> fill_in(const Content& content, std::string_view name, const std::map<std::string, std::string>& given,
                        const Locale& wanted) {
  const std::vector<Phrase> all = phrases(content);
  const auto phrase = std::ranges::find(all, name, &Phrase::name);
  if (phrase == all.end()) {
    std::vector<std::string> names;
    for (const Phrase& each : all) names.push_back(each.name);
    return Error{fmt::format("there is no phrase '{}': {} ('passerelle send phrases' lists them)", name,
                             suggest(std::string(name), names)),
                 "phrase"};
  }
  const auto values = read_fields(*phrase, given, content.association.country);
  if (!values) return values.error();
  const Locale& site = content.association.site_language;
  const Locale& locale = wanted.empty() ? site : wanted;
  const auto found = content.catalog.sentence(phrase->key, locale, site);
  if (!found) return Error{fmt::format("nobody has written the phrase '{}' yet", name), "phrase"};
  Phrased phrased{tell_with(content, phrase->key, *values, locale), found->locale->locale, found->locale->draft, {}};
  if (phrased.locale != site) phrased.gloss = tell_with(content, phrase->key, *values, site);
  return phrased;
}

}  // namespace passerelle::turns
