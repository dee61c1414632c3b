// All content compiled into one immutable value, or a list of findings: for serve, check, simulate and the tests.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/finding.hpp"
#include "dialog/engine.hpp"
#include "domain/page.hpp"
#include "domain/place.hpp"
#include "domain/service.hpp"
#include "language/catalog.hpp"
#include "language/cheaper.hpp"
#include "language/keywords.hpp"
#include "language/topics.hpp"
#include "language/typed_date.hpp"

namespace passerelle::turns {

struct DialogText {
  std::string name;
  std::string hash;
  std::string text;
};

struct Content {
  dialog::Library library;
  language::Catalog catalog;
  language::Keywords keywords;
  language::TypedDates typed_dates;
  Association association;
  std::vector<Page> pages;                              // of the association, by name
  EmergencyNumbers emergency;                           // of the association's country
  language::SpellingPolicy spelling;                    // what a cheaper text may leave out, by language
  language::Topics topics;                              // what people ask in their own words
  std::map<Locale, dialog::MenuWords> words;            // by the person's language
  std::vector<dialog::LanguageChoice> languages;        // the language menu
  std::vector<dialog::LanguageChoice> latin_languages;  // …for phones that show only latin letters
  std::vector<DialogText> dialogs;                      // for content_version
  std::vector<Service> services;                        // the directory of a store that holds none yet
};

struct ContentSources {
  std::string association_dir;            // empty: the shipped dialogs under a neutral name
  std::vector<std::string> overlay_dirs;  // [content] dirs: their dialogs/ and locales/ replace shipped files by name
  std::vector<std::string> dialog_files;  // single dialogs laid over all of these, for dialogs lint FILE
  std::string working_dir;                // where relative paths start; empty: the process's
  bool binary_is_checked = false;         // serve: the tests of the build have looked at what is in the binary
};

struct LoadedContent {
  std::shared_ptr<const Content> content;  // null when there are findings
  Findings findings;
};

LoadedContent load_content(const ContentSources& sources);

}  // namespace passerelle::turns
