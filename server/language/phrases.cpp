#include "language/phrases.hpp"

namespace passerelle::language {

constexpr std::size_t longest_gap = 3;

Word Vocabulary::add(std::string_view word) {
  if (const auto found = words_.find(word); found != words_.end()) return found->second;
  const auto number = static_cast<Word>(words_.size() + gap_word + 1);
  words_.emplace(word, number);
  return number;
}

Word Vocabulary::find(std::string_view word) const {
  const auto found = words_.find(word);
  return found == words_.end() ? unknown_word : found->second;
}

std::size_t Phrases::add(const std::vector<Word>& words) {
  auto& rows = by_first_[words.front()];
  for (const Row& row : rows) {
    if (row.words == words) return row.phrase;
  }
  rows.push_back({words, size_});
  return size_++;
}

std::size_t Phrases::length_at(const std::vector<Word>& words, std::size_t word, const std::vector<Word>& text,
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
