// Example values for the arguments of a sentence, so that it can be shown, measured and compared without a server.
#pragma once

#include <string>
#include <vector>

#include "language/render.hpp"

namespace passerelle::translation {

// The first set is the plain one; the others take every branch of the sentence's choices, and numbers of every plural
// form. Moments are written as the language writes them.
std::vector<language::Values> samples_of(const language::Catalog& catalog, const language::Sentence& sentence,
                                         const Locale& locale);

// The sentence with these values, without the marks that set directions.
struct Sample {
  std::string key;
  language::Values values;
  std::string text;
};
std::vector<Sample> samples_of(const language::Catalog& catalog, const std::string& key, const Locale& locale);

}  // namespace passerelle::translation
