// The words of a text as the detector compares them, and the features it looks at in a word.
#pragma once

#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::language {

struct Letters {
  std::vector<std::u32string> words;     // lower case, only those of the script
  UScriptCode script = USCRIPT_UNKNOWN;  // of most letters
};

// Addresses, numbers and signs are left out; digits inside a latin word stay ("3andi").
Letters letters_of(std::string_view text);

// Letters in a row, by their number, with '_' for the edges of a word; then whole words; then whole messages, of which
// only some short ones are known ("slm", "how are you").
constexpr std::size_t longest_row = 4;
constexpr std::size_t whole_word = longest_row;
constexpr std::size_t whole_message = longest_row + 1;
constexpr std::size_t orders = longest_row + 2;
constexpr std::size_t longest_message = 4;  // words
// How often each counts: a word that is known says more than the rows that it is made of.
constexpr std::array<std::int32_t, orders> counted_times = {1, 1, 1, 1, 2, 2};
constexpr std::uint32_t key_bits = 27;

constexpr std::uint32_t mixed(std::uint32_t sum, char32_t letter) {
  return (sum ^ static_cast<std::uint32_t>(letter)) * 0x9E3779B1U + (sum >> 15U);
}

constexpr std::uint32_t key_of(std::uint32_t sum) {
  sum ^= sum >> 16U;
  sum *= 0x85EBCA6BU;
  sum ^= sum >> 13U;
  return sum >> (32U - key_bits);
}

// Calls take(order, key) for each feature of a word, and of the whole message; the same for the trainer and for the
// detector.
template <typename Take>
void for_each_feature(const std::u32string& word, Take&& take) {
  constexpr std::uint32_t rows = 0x2545F491U;
  constexpr std::uint32_t words = 0x7F4A7C15U;
  constexpr char32_t edge = U'_';
  const std::size_t size = word.size() + 2;
  const auto at = [&](std::size_t i) { return i == 0 || i == size - 1 ? edge : word[i - 1]; };
  std::uint32_t whole = words;
  for (std::size_t from = 0; from < size; ++from) {
    std::uint32_t sum = rows;
    for (std::size_t length = 1; length <= longest_row && from + length <= size; ++length) {
      sum = mixed(sum, at(from + length - 1));
      if (length > 1 || (from > 0 && from + 1 < size)) take(length - 1, key_of(sum));
    }
    whole = mixed(whole, at(from));
  }
  take(whole_word, key_of(whole));
}

template <typename Take>
void for_each_feature(const std::vector<std::u32string>& words, Take&& take) {
  constexpr std::uint32_t messages = 0x1B873593U;
  constexpr std::size_t most_words = 400;  // of a long text; the rest would not change the answer
  std::uint32_t whole = messages;
  for (std::size_t i = 0; i < words.size() && i < most_words; ++i) {
    for_each_feature(words[i], take);
    if (words.size() > longest_message) continue;
    for (const char32_t letter : words[i]) whole = mixed(whole, letter);
    whole = mixed(whole, U' ');
  }
  if (!words.empty() && words.size() <= longest_message) take(whole_message, key_of(whole));
}

}  // namespace passerelle::language
