// The phrasebook: sentences with typed fields, in every language, by which staff write to people whose language they do
// not speak. A phrase is a sentence of the catalogue under "phrase."; an association's own are under "<name>.phrase.".
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "base/result.hpp"
#include "language/render.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

// What may stand in a phrase. The list is closed, so that a form can ask for it and a machine can check it.
struct PhraseField {
  enum class Kind { words, phone, moment, day, hour, number };
  std::string_view name;
  Kind kind = Kind::words;
  std::string_view example;
};
const std::vector<PhraseField>& phrase_fields();

struct Phrase {
  std::string name;   // "water_cut", "maison.phrase.garden"
  std::string key;    // of the sentence
  std::string about;  // the note for translators
  std::vector<const PhraseField*> fields;
};
std::vector<Phrase> phrases(const Content& content);  // by name

// Arguments of phrases that no field is called.
Findings check_phrases(const language::Catalog& catalog);

// A phrase filled in, in the language that 'wanted' found it in.
struct Phrased {
  std::string text;
  Locale locale;
  bool draft = true;  // no native speaker has read it yet
  std::string gloss;  // the same in the site's language; empty when it is in that language
};
// 'given': what staff typed, by the field's name. An error names the field, and how it is written. Words are one
// line of at most 80 characters.
result<Phrased> fill_in(const Content& content, std::string_view name, const std::map<std::string, std::string>& given,
                        const Locale& wanted);

}  // namespace passerelle::turns
