// Keeps numbers, dates and latin names in their order inside right-to-left text (language.md, section 4). While a
// sentence is put together they stand in isolates (U+2066 … U+2069), which no text from outside can hold; what goes to
// phones has U+200E and U+200F instead, as few as show the same: old phones show isolates as boxes, and each mark
// costs.
#pragma once

#include <string>
#include <string_view>

namespace passerelle::language {

bool has_right(std::string_view text);  // holds a letter that is written from right to left

std::string isolated(std::string_view text);  // between U+2066 and U+2069

// Isolates each number that has something inside it which could turn around: "+41 32 421 12 12", "2026-10-05"; a plain
// "117" needs none, nor does "1" in "1 = …".
std::string isolate_numbers(std::string_view text);

// An argument as it goes into a sentence of that direction: isolated in a right-to-left one, and between U+200E in
// others where it holds right-to-left letters.
std::string isolate(std::string_view argument, bool rtl_sentence);

// The isolates as marks. Isolates that follow each other stay apart, the first at the right: "Maison du Pont، Rue du
// Pont 3", "28.03.2027، 14:30 (…)". Numbers that turn around by themselves nowhere, as "14:30", get no mark. The text
// gets a leading U+200F where its first strong character is left-to-right, and so does every further line that is
// mixed: phones lay out each line by its first strong character. A text all in latin letters is left alone.
std::string to_marks(std::string_view text);

// A message put together of sentences: U+200F before it where it begins with latin letters and holds right-to-left
// ones, for programs that lay out all of it by its first strong character.
std::string lead_right(std::string text);

}  // namespace passerelle::language
