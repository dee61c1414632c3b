// What only shows when the languages are compared with each other, or with the dialogs.
#include <vector>

#include "base/nearest.hpp"
#include "language/catalog.hpp"

namespace passerelle::language {
namespace {

constexpr std::string_view source_locale = "fr";

std::string list(const std::set<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "{" : ", {") + name + '}';
  return out.empty() ? "none" : out;
}

// The file where the translation belongs: beside the source's, so that an association's keys stay in its own folder.
Position beside(const Sentence& source, const Locale& locale) {
  const std::string folder = source.at.file.substr(0, source.at.file.rfind('/') + 1);
  return {folder + locale + ".json", 0, 0};
}

void compare(const std::string& key, const Sentence& source, const Sentence& sentence, Findings& findings) {
  if (source.checked_at_build && sentence.checked_at_build) return;
  if (source.arguments() != sentence.arguments()) {
    findings.push_back({sentence.at, "'" + key + "' uses the arguments " + list(sentence.arguments()),
                        "fr uses " + list(source.arguments()) + " (" + to_string(source.at) + "): use the same"});
  }
}

bool is_needed(const std::string& key, const Locale& locale, const std::map<std::string, std::set<Locale>>& limited) {
  const auto found = limited.find(key);
  return found == limited.end() || found->second.contains(locale);
}

}  // namespace

Findings Catalog::lint(const std::vector<Locale>& enabled,
                       const std::map<std::string, std::set<Locale>>& limited) const {
  const LocaleFile* source = find(source_locale);
  if (source == nullptr) return {{{"fr.json", 0, 0}, "the source language fr is missing", "add locales/fr.json"}};
  Findings findings;
  std::vector<std::string> source_keys;
  for (const auto& [key, sentence] : source->sentences) source_keys.push_back(key);
  for (const Locale& name : enabled) {
    const LocaleFile* locale = find(name);
    if (locale == nullptr) {
      findings.push_back(
          {{name + ".json", 0, 0},
           "the language '" + name + "' has no file",
           "add locales/" + name + ".json, or take the language off the list; " + suggest(name, locales())});
      continue;
    }
    for (const auto& [key, sentence] : source->sentences) {
      const auto found = locale->sentences.find(key);
      if (found != locale->sentences.end()) {
        compare(key, sentence, found->second, findings);
      } else if (!refused_.contains({name, key}) && is_needed(key, name, limited)) {
        findings.push_back({beside(sentence, name), "the sentence '" + key + "' is missing",
                            "translate the one of " + to_string(sentence.at)});
      }
    }
    for (const auto& [key, sentence] : locale->sentences) {
      if (source->sentences.contains(key) || refused_.contains({Locale(source_locale), key})) continue;
      findings.push_back({sentence.at, "fr has no sentence '" + key + "'", suggest(key, source_keys)});
    }
  }
  return findings;
}

std::map<std::string, std::set<std::string>> Catalog::arguments() const {
  std::map<std::string, std::set<std::string>> all;
  if (const LocaleFile* source = find(source_locale)) {
    for (const auto& [key, sentence] : source->sentences) {
      const Sentence copy = sentence;  // what it compiles goes with it: most of them nobody will say
      all.emplace(key, copy.arguments());
    }
  }
  return all;
}

}  // namespace passerelle::language
