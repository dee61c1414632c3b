// Reads one locales/<language>.keywords.json and says what is wrong with it; the words are kept as written.
#pragma once

#include <string>
#include <vector>

#include "base/finding.hpp"
#include "domain/reading.hpp"

namespace passerelle::language {

struct KeywordEntry {
  Intent intent = Intent::help;
  std::string text;
  Confidence confidence = Confidence::high;
  bool whole = false;        // danger words that count only as the whole message: "feu", "gas"
  bool in_sentence = false;  // stop words that make us ask when they stand inside a longer sentence
  bool shared = false;       // has another everyday meaning, told in "also"
  bool exact = false;        // its accents count: Vietnamese "dừng" (stop) is not "đúng" (right)
};

struct KeywordFile {
  Locale locale;
  bool draft = true;
  std::vector<KeywordEntry> entries;
  std::vector<std::string> polite;  // thanks and greetings, which may stand around a keyword
  std::vector<std::string>
      harmless;  // phrases that hold a danger or stop word and mean neither: "feu vert", "bus stop"
};

// {"language": "fr", "status": "draft",
//  "keywords": {"STOP": [{"text": "…", "form": "native|romanised", "confidence": "high|medium|needs native review",
//                         "also": "its other meaning", "exact": true, "whole": true, "in_sentence": true}]},
//  "polite": ["merci"], "harmless": ["feu vert"]}
KeywordFile parse_keyword_file(const std::string& file, const std::string& json, Findings& findings);

}  // namespace passerelle::language
