// The words and letters by which detect() tells languages of one script apart. Own lists, unreviewed; the n-gram model
// takes their place later.
#pragma once

#include <span>
#include <string_view>

namespace passerelle::language {

// Words between spaces. A '*' behind a word: it is often a whole message and says enough alone. A '~' before: a row of
// letters anywhere in a word ('_' is the word's edge). Longer words weigh more; one that two languages share is in
// both.
struct WordList {
  std::string_view code;
  std::string_view words;
};

std::span<const WordList> latin_word_lists();
std::span<const WordList> romanised_word_lists();  // ar-Latn, fa-Latn
std::span<const WordList> arabic_word_lists();
std::span<const WordList> cyrillic_word_lists();
std::span<const WordList> ethiopic_word_lists();

}  // namespace passerelle::language
