// An association's information pages (pages/<id>.yaml) as sentences: page.<id>.title, .text, .again and .words, in the
// languages that each page has. Changes leave the rest of the file as it is.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/finding.hpp"
#include "language/catalog.hpp"

namespace passerelle::translation {

struct PageSentence {
  Locale locale;
  std::string key;   // "page.laundry.title"
  std::string text;  // plain; a list of words with | between them
  bool words = false;
  Position at;
};

// What turns::read_page refuses is not told again here.
std::vector<PageSentence> sentences_of_page(const std::string& file, const std::string& id, const std::string& text);

// As the catalogue keeps sentences; what ICU would take for an argument is quoted.
language::Sentence sentence_of(const PageSentence& page);

// The file with these texts of one language, by the last part of their keys; findings where it cannot be done by
// machine.
std::string with_page_texts(const std::string& file, const std::string& text, const Locale& locale,
                            const std::map<std::string, std::string>& texts, Findings& findings);

}  // namespace passerelle::translation
