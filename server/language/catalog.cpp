#include "language/catalog.hpp"

#include "language/locale_file.hpp"
#include "language/pattern.hpp"

namespace passerelle::language {
namespace {

constexpr std::string_view source_locale = "fr", last_locale = "en";

}  // namespace

const std::set<std::string>& Sentence::arguments() const {
  static const std::set<std::string> none;
  const Pattern* const assembled = compiled();
  return assembled == nullptr ? none : assembled->arguments;
}

Findings Catalog::add(const std::string& file, const std::string& text, Checked checked) {
  Findings findings;
  ReadLocale read = read_locale_file(file, text, checked, findings);
  const Locale locale = read.file.locale;
  if (locale.empty()) return findings;
  for (const std::string& key : read.refused) refused_.emplace(locale, key);
  merge(std::move(read.file), file, findings);
  if (locale != source_locale) {
    inherit_flags(locale, findings);
  } else {
    for (const Locale& other : locales()) inherit_flags(other, findings);
  }
  return findings;
}

void Catalog::merge(LocaleFile added, const std::string& file, Findings& findings) {
  const auto known = locales_.find(added.locale);
  if (known == locales_.end()) {
    if (added.name.empty()) {
      findings.push_back({{file, 0, 0},
                          "the language has no name",
                          R"(add "locale.name": {"defaultMessage": "…"}, as its speakers write it)"});
    }
    const Locale locale = added.locale;
    locales_.emplace(locale, std::move(added));
    return;
  }
  // An association's own sentences: unreviewed ones make the language one that is not reviewed as a whole.
  LocaleFile& locale = known->second;
  if (!added.name.empty()) locale.name = added.name;
  if (!locale.draft) locale.status = added.status;
  locale.draft = locale.draft || added.draft;
  for (auto& [key, sentence] : added.sentences) {
    const auto replaced = locale.sentences.find(key);
    if (replaced == locale.sentences.end()) {
      locale.sentences.emplace(key, std::move(sentence));
      continue;
    }
    sentence.words = sentence.words || replaced->second.words;
    sentence.critical = sentence.critical || replaced->second.critical;
    sentence.same = sentence.same || replaced->second.same;
    replaced->second = std::move(sentence);
  }
}

// The source's file may come after those that are translated from it.
void Catalog::inherit_flags(const Locale& to, Findings& findings) {
  const LocaleFile* source = find(source_locale);
  if (source == nullptr || to == source_locale) return;
  for (auto& [key, sentence] : locales_.find(to)->second.sentences) {
    const auto from = source->sentences.find(key);
    if (from == source->sentences.end()) continue;
    if (from->second.words && !sentence.words && !sentence.checked_at_build) check_words(sentence, findings);
    sentence.words = from->second.words;
    sentence.critical = from->second.critical;
    sentence.same = from->second.same;
  }
}

void Catalog::put(const Locale& locale, const std::string& key, Sentence sentence) {
  if (const auto known = locales_.find(locale); known != locales_.end())
    known->second.sentences.insert_or_assign(key, std::move(sentence));
}

const LocaleFile* Catalog::find(std::string_view locale) const {
  const auto found = locales_.find(locale);
  return found == locales_.end() ? nullptr : &found->second;
}

std::vector<Locale> Catalog::locales() const {
  std::vector<Locale> names;
  for (const auto& [name, file] : locales_) names.push_back(name);
  return names;
}

std::set<std::string> Catalog::keys() const {
  std::set<std::string> names;
  if (const LocaleFile* source = find(source_locale)) {
    for (const auto& [key, sentence] : source->sentences) names.insert(key);
  }
  return names;
}

std::optional<Catalog::Found> Catalog::sentence(std::string_view key, std::string_view locale,
                                                std::string_view site) const {
  for (const std::string_view name : {locale, site, source_locale, last_locale}) {
    const LocaleFile* file = find(name);
    if (file == nullptr) continue;
    if (const auto found = file->sentences.find(key); found != file->sentences.end()) {
      return Found{file, &found->second};
    }
  }
  return std::nullopt;
}

}  // namespace passerelle::language
