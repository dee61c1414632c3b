// Makes two spellings of the same word equal: the one folding that keywords, menu words and detection share.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::language {

// NFKC, lower case (root), combining marks, tatweel, harakat, zero-width and bidi controls off (Indic vowel signs
// stay), Arabic and Ethiopic letters of one sound unified, digits of every script to 0-9, a letter written three times
// or more to one, punctuation and emoji to single spaces. Invalid UTF-8 becomes U+FFFD, never an error.
std::string fold(std::string_view text);

// NFC and lower case, nothing else: for the few words that accents tell apart.
std::string lower_accented(std::string_view text);

std::vector<std::string> tokens(std::string_view folded);

// The text is one number and nothing else ("2", "٢", "2.", "(2)"); none for "2 hours".
std::optional<int> whole_number(std::string_view text);

// Without bidi controls (U+200E, U+200F, U+202A–U+202E, U+2066–U+2069) and other C0/C1 controls but newline and tab.
std::string strip_controls(std::string_view text);

// Valid UTF-8 of at most 'limit' code points, cut on a grapheme boundary.
std::string truncate(std::string_view text, std::size_t limit);

}  // namespace passerelle::language
