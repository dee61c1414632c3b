// Reads one locales/<language>.keywords.json and says what is wrong with it; the words are kept as written.
#pragma once

#include <string>
#include <vector>

#include "base/finding.hpp"
#include "domain/reading.hpp"

namespace passerelle::language {

struct KeywordEntry {
  Intent intent = Intent::help;
  // With "…" for up to three other words; in DANGER phrases with "*" behind a word for any ending, and "a|b" for
  // either.
  std::string text;
  Confidence confidence = Confidence::high;
  bool whole = false;        // danger words that count only as the whole message: "feu", "gas"
  bool in_sentence = false;  // stop words that make us ask, and APPOINTMENT questions, inside a longer sentence
  bool shared = false;       // has another everyday meaning, told in "also"
  bool ask = false;          // stop words that only ever make us ask: "wrong number"
  bool unless = false;       // where this stands in the text a person must read it: "cancel", "need an appointment"
  bool exact = false;        // its accents count: Vietnamese "dừng" (stop) is not "đúng" (right)
};

struct KeywordFile {
  Locale locale;
  bool draft = true;
  std::vector<KeywordEntry> entries;
  // What may stand around a keyword: hello, thanks and goodbye, and "please", "sir".
  std::vector<std::string> greetings;
  std::vector<std::string> thanks;
  std::vector<std::string> polite;
  // What may stand around a DANGER word that is otherwise the whole message: "at home", "here", "quick".
  std::vector<std::string> around;
  std::vector<std::string>
      harmless;  // phrases that hold a danger or stop word and mean neither: "feu vert", "bus stop"
  std::vector<std::string> everyday;  // words that are never a misspelled word of a cry: "volé" is not "violé"
};

// {"language": "fr", "status": "draft",
//  "keywords": {"STOP": [{"text": "…", "form": "native|romanised", "confidence": "high|medium|needs native review",
//                         "also": "its other meaning", "exact": true, "whole": true, "in_sentence": true,
//                         "ask": true, "unless": true}],
//               "DANGER": [{"text": "me frapp*", …}]},
//  "greetings": ["bonjour"], "thanks": ["merci"], "polite": ["svp"], "around": ["à la maison"],
//  "harmless": ["feu vert"], "everyday": ["volé"]}
KeywordFile parse_keyword_file(const std::string& file, const std::string& json, Findings& findings);

}  // namespace passerelle::language
