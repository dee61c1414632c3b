// The files that 'locales' works on: those of locales/ here, else those in the binary; or of an association's folder.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "language/catalog.hpp"
#include "translation/lint.hpp"
#include "translation/origins.hpp"
#include "translation/units.hpp"

namespace passerelle::cli {

struct TextFile {
  std::string path;
  std::string text;
};

struct Translations {
  std::string name;          // how messages call them: "locales", "config/associations/demo", or the built-in ones
  std::string folder;        // of the language files; empty: in the binary, and nothing can be written
  language::Catalog own;     // what is looked at
  language::Catalog all;     // what it stands among when it is sent
  std::set<Locale> locales;  // that should have every sentence
  std::map<std::string, TextFile> files;            // language files by name: "fr.json"
  std::map<std::string, TextFile> pages;            // by id
  std::map<std::string, std::set<Locale>> limited;  // sentences that only these languages need
  std::map<Locale, translation::Origins> origins;
  std::map<Locale, std::size_t> keywords;
  translation::ForbiddenWords forbidden;
  std::vector<translation::Term> glossary;
  language::SpellingPolicy spelling;
  Findings findings;  // of reading all this
};

// 'folder' empty: locales/ of the current folder, else the built-in ones.
Translations read_translations(const std::string& folder);

std::string origins_path(const Translations& from, const Locale& locale);
// The sentences to translate into 'locale', with those of pages.
translation::Units units_of(const Translations& from, const Locale& locale);

}  // namespace passerelle::cli
