// Phrases as rows of words, found by their first word: what keyword lists are looked up in.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "language/chains.hpp"
#include "language/word_table.hpp"

namespace passerelle::language {

// The words that any list holds, numbered; a text's other words are all 'unknown_word'.
class Vocabulary {
 public:
  Word add(std::string_view word);
  Word find(std::string_view word) const { return words_.find(word); }

 private:
  WordTable words_;
};

class Phrases {
 public:
  // Returns the number of the phrase: the same one for the same words, of which there is one at least.
  std::uint32_t add(const std::vector<Word>& words);
  std::uint32_t size() const { return static_cast<std::uint32_t>(ends_.size()); }
  std::span<const Word> words(std::uint32_t phrase) const;
  Chains::List starting_with(Word word) const { return by_first_.of(word); }  // their numbers

  struct Match {
    std::uint32_t phrase = 0;
    std::size_t length = 0;  // in words of the text, gaps included
  };
  // Calls visit(Match) for every phrase that starts at text[at].
  template <class Visit>
  void each_at(const std::vector<Word>& text, std::size_t at, Visit visit) const {
    for (const std::uint32_t phrase : starting_with(text[at])) {
      if (const std::size_t length = length_at(words(phrase), 0, text, at); length > 0) visit(Match{phrase, length});
    }
  }

 private:
  // How many words of the text the phrase takes from 'at' on; 0 when it is not there.
  static std::size_t length_at(std::span<const Word> words, std::size_t word, const std::vector<Word>& text,
                               std::size_t at);

  Chains by_first_;
  std::vector<Word> words_;          // of all phrases, one behind the other
  std::vector<std::uint32_t> ends_;  // by phrase, in 'words_'
};

}  // namespace passerelle::language
