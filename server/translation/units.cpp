#include "translation/units.hpp"

#include <algorithm>
#include <tuple>

namespace passerelle::translation {

std::string description_of(const language::Sentence& sentence) {
  std::string description;
  if (sentence.critical) description += "[critical] ";
  if (sentence.words) description += "[words] ";
  if (sentence.same) description += "[same] ";
  description += sentence.note;
  while (description.ends_with(' ')) description.pop_back();
  return description;
}

Units units_of(const language::Catalog& catalog, const Locale& locale,
               const std::function<bool(const std::string&)>& wanted) {
  Units units{locale, true, {}};
  const language::LocaleFile* source = catalog.find(source_locale);
  const language::LocaleFile* file = catalog.find(locale);
  if (source == nullptr) return units;
  units.draft = file == nullptr || file->draft;
  std::vector<std::pair<const std::string*, const language::Sentence*>> sentences;
  for (const auto& [key, sentence] : source->sentences) {
    if (wanted(key)) sentences.emplace_back(&key, &sentence);
  }
  std::ranges::sort(sentences, {}, [](const auto& entry) {
    const Position& at = entry.second->at;
    return std::tie(at.file, at.line, at.column);
  });
  for (const auto& [key, sentence] : sentences) {
    Unit unit{*key, sentence->pattern, {}, description_of(*sentence)};
    unit.words = sentence->words;
    if (file != nullptr) {
      const auto found = file->sentences.find(*key);
      if (found != file->sentences.end()) unit.target = found->second.pattern;
    }
    units.all.push_back(std::move(unit));
  }
  return units;
}

}  // namespace passerelle::translation
