// Keeps numbers, dates and latin names in their order inside right-to-left text (language.md, section 4). U+200E and
// U+200F are used rather than isolates: old phones show isolates as boxes.
#pragma once

#include <string>
#include <string_view>

namespace passerelle::language {

bool has_right(std::string_view text);  // holds a letter that is written from right to left

// Puts U+200E around each number that has something inside it which could turn around: "+41 32 421 12 12",
// "28.03.2027", "2026-10-05"; a plain "117" needs none, nor does "1" in "1 = …".
std::string mark_numbers(std::string_view text);

// An argument as it goes into a sentence of that direction.
std::string isolate(std::string_view argument, bool rtl_sentence);

// U+200F before the text if its first strong character is left-to-right, and before every further line that is mixed
// and begins so: phones lay out each line by its first strong character. A text all in latin letters is left alone.
std::string lead_right(std::string text);

}  // namespace passerelle::language
