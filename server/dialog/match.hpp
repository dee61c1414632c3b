// Which category an answer falls into, and what of it is kept.
#pragma once

#include <string>

#include "dialog/engine.hpp"

namespace passerelle::dialog {

// The first category that fits, in the order written; null for a miss. The frame is the question's, for what it has
// offered. A number fits the number alone, or one of its words when that word is the whole message (punctuation aside).
const Category* match(const Step& step, const Frame& frame, const Answer& answer, const Facts& facts);

// The language that the answer names, by its number in the menu or by one of its names; null for none.
const LanguageChoice* chosen_language(const Answer& answer, const Frame& frame, const Facts& facts);
// Whether it asks for the languages that the menu does not show yet.
bool wants_other_languages(const Answer& answer, const Frame& frame);

// What is kept of an answer that fits a test which keeps something.
std::string kept(const Test& test, const Answer& answer, const Frame& frame, const Facts& facts);

// What is kept of a free text: the original without white space around it, at most 500 code points.
std::string kept_text(const Reading& reading);

}  // namespace passerelle::dialog
