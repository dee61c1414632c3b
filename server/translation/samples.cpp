#include "translation/samples.hpp"

#include <array>
#include <map>
#include <set>

#include "language/pattern.hpp"

namespace passerelle::translation {
namespace {

struct Example {
  std::string_view name, value;
};
constexpr std::string_view moment = "moment", afternoon = "afternoon";  // written by the language
constexpr std::string_view any_name = "Maison du Pont", three_lines = "1 = Valmoret\n2 = Rivebelle\n3 = Pontval";
// By the arguments' names; what is not listed is a name.
constexpr std::array<Example, 39> examples{{
    {"when", moment},
    {"from", moment},
    {"to", moment},
    {"next_opening", moment},
    {"service_opens", moment},
    {"date", "28.03.2027"},
    {"day", "28.03.2027"},
    {"time", "14:30"},
    {"hour", "14:30"},
    {"from_hour", "22:00"},
    {"to_hour", "07:00"},
    {"service_closes", "17:00"},
    {"part", afternoon},
    {"phone", "+33 3 53 01 00 12"},
    {"service_phone", "+33 3 53 01 00 12"},
    {"number", "+33 3 53 01 00 34"},
    {"emergency_numbers", "117, 118, 144"},
    {"hours", "08:30-11:30, 13:30-17:00"},
    {"opening_hours", "08:30-11:30, 13:30-17:00"},
    {"service_hours", "08:30-11:30, 13:30-17:00"},
    {"address", "Rue du Pont 3, Valmoret"},
    {"place_address", "Rue du Pont 3, Valmoret"},
    {"site_address", "Rue du Pont 3, Valmoret"},
    {"service_address", "Rue du Pont 3, Valmoret"},
    {"areas", three_lines},
    {"needs", three_lines},
    {"pages", three_lines},
    {"services", three_lines},
    {"languages", three_lines},
    {"questions", three_lines},
    {"with", "Anna"},
    {"service_languages", "fr, en, ar"},
    {"page_text", any_name},
    {"page_again", any_name},
    {"people", "4"},
    {"service_places", "4"},
    {"amount", "20"},
    {"code", "4711"},
    {"room", "12"},
}};

// What a sentence does with an argument.
struct Use {
  bool counts = false;
  std::set<std::string> words;   // the branches of a select
  std::set<std::int64_t> exact;  // "=2"
};

void collect(const std::vector<language::Piece>& pieces, std::map<std::string, Use>& uses) {
  for (const language::Piece& piece : pieces) {
    if (const auto* argument = std::get_if<language::Argument>(&piece.is)) uses[argument->name];
    const auto* choice = std::get_if<language::Choice>(&piece.is);
    if (choice == nullptr) continue;
    Use& use = uses[choice->argument];
    if (choice->by != language::Choice::By::word) use.counts = true;
    for (const language::Case& one : choice->cases) {
      if (choice->by == language::Choice::By::word) use.words.insert(one.selector);
      if (one.exact) use.exact.insert(static_cast<std::int64_t>(one.number));
      collect(one.pieces, uses);
    }
  }
}

std::string example_for(const language::Catalog& catalog, const std::string& name, const Locale& locale) {
  for (const Example& example : examples) {
    if (example.name != name) continue;
    if (example.value == moment) {
      using namespace date;
      const CivilTime at = local_days(2027_y / 3 / 28) + std::chrono::hours(14) + std::chrono::minutes(30);
      return language::local_time(catalog, at, locale, locale);
    }
    if (example.value == afternoon) {
      const auto found = catalog.sentence("time.afternoon", locale, locale);
      return found ? found->sentence->pattern : std::string(any_name);
    }
    return std::string(example.value);
  }
  return std::string(any_name);
}

std::string without_marks(std::string text) {
  for (const std::string_view mark : {"\u200E", "\u200F"}) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark)) text.erase(at, mark.size());
  }
  return text;
}

}  // namespace

std::vector<language::Values> samples_of(const language::Catalog& catalog, const language::Sentence& sentence,
                                         const Locale& locale) {
  std::map<std::string, Use> uses;
  if (const language::Pattern* pattern = sentence.compiled()) collect(pattern->pieces, uses);
  std::vector<language::Values> sets(1);
  for (const auto& [name, use] : uses) {
    if (use.counts) {
      sets.front()[name] = std::int64_t{4};
    } else if (!use.words.empty()) {
      sets.front()[name] = *use.words.begin();
    } else {
      sets.front()[name] = without_marks(example_for(catalog, name, locale));
    }
  }
  for (const auto& [name, use] : uses) {
    std::set<std::int64_t> numbers = use.exact;
    if (use.counts) numbers.insert({0, 1, 2, 3, 5, 11, 21, 100});
    for (const std::int64_t number : numbers) {
      sets.push_back(sets.front());
      sets.back()[name] = number;
    }
    for (const std::string& word : use.words) {
      sets.push_back(sets.front());
      sets.back()[name] = word;
    }
  }
  return sets;
}

std::vector<Sample> samples_of(const language::Catalog& catalog, const std::string& key, const Locale& locale) {
  std::vector<Sample> samples;
  const language::LocaleFile* file = catalog.find(locale);
  const auto found = file == nullptr ? decltype(file->sentences.end()){} : file->sentences.find(key);
  if (file == nullptr || found == file->sentences.end()) return samples;
  for (language::Values& values : samples_of(catalog, found->second, locale)) {
    const auto rendered = language::render(catalog, key, locale, locale, values);
    if (rendered) samples.push_back({key, std::move(values), without_marks(rendered->text)});
  }
  return samples;
}

}  // namespace passerelle::translation
