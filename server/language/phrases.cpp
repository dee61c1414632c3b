#include "language/phrases.hpp"

#include <algorithm>

namespace passerelle::language {

constexpr std::size_t longest_gap = 3;

Word Vocabulary::add(std::string_view word) {
  if (const Word known = words_.find(word); known != unknown_word) return known;
  const auto number = static_cast<Word>(words_.size() + gap_word + 1);
  words_.add(word, number);
  return number;
}

std::span<const Word> Phrases::words(std::uint32_t phrase) const {
  const std::size_t begin = phrase == 0 ? 0 : ends_[phrase - 1];
  return std::span(words_).subspan(begin, ends_[phrase] - begin);
}

std::uint32_t Phrases::add(const std::vector<Word>& words) {
  for (const std::uint32_t known : starting_with(words.front())) {
    if (std::ranges::equal(this->words(known), words)) return known;
  }
  by_first_.add(words.front(), size());
  words_.insert(words_.end(), words.begin(), words.end());
  ends_.push_back(static_cast<std::uint32_t>(words_.size()));
  return size() - 1;
}

std::size_t Phrases::length_at(std::span<const Word> words, std::size_t word, const std::vector<Word>& text,
                               std::size_t at) {
  const std::size_t start = at;
  for (; word < words.size(); ++word) {
    if (words[word] == gap_word) {
      for (std::size_t skipped = 0; skipped <= longest_gap; ++skipped) {
        const std::size_t rest = length_at(words, word + 1, text, at + skipped);
        if (rest > 0) return at + skipped + rest - start;
      }
      return 0;
    }
    if (at >= text.size() || text[at] != words[word]) return 0;
    ++at;
  }
  return at - start;
}

}  // namespace passerelle::language
