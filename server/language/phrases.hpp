// Phrases as rows of words, found by their first word: what keyword lists are looked up in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace passerelle::language {

using Word = std::uint32_t;
constexpr Word unknown_word = 0;
constexpr Word gap_word = 1;  // "…" in a list: up to three other words

// The words that any list holds, numbered; a text's other words are all 'unknown_word'.
class Vocabulary {
 public:
  Word add(std::string_view word);
  Word find(std::string_view word) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, Word, Hash, std::equal_to<>> words_;
};

class Phrases {
 public:
  // Returns the number of the phrase: the same one for the same words.
  std::size_t add(const std::vector<Word>& words);
  std::size_t size() const { return size_; }

  struct Match {
    std::size_t phrase = 0;
    std::size_t length = 0;  // in words of the text, gaps included
  };
  // Calls visit(Match) for every phrase that starts at text[at].
  template <class Visit>
  void each_at(const std::vector<Word>& text, std::size_t at, Visit visit) const {
    const auto found = by_first_.find(text[at]);
    if (found == by_first_.end()) return;
    for (const Row& row : found->second) {
      if (const std::size_t length = length_at(row.words, 0, text, at); length > 0) visit(Match{row.phrase, length});
    }
  }

 private:
  struct Row {
    std::vector<Word> words;
    std::size_t phrase = 0;
  };
  // How many words of the text the phrase takes from 'at' on; 0 when it is not there.
  static std::size_t length_at(const std::vector<Word>& words, std::size_t word, const std::vector<Word>& text,
                               std::size_t at);

  std::unordered_map<Word, std::vector<Row>> by_first_;
  std::size_t size_ = 0;
};

}  // namespace passerelle::language
