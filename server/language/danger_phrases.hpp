// The DANGER phrases of all languages, found in spite of endings, Arabic prefixes and one wrong letter; and the phrases
// that are no cry, found the same way but spelled right.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "language/chains.hpp"
#include "language/cover.hpp"
#include "language/phrases.hpp"
#include "language/word_table.hpp"

namespace passerelle::language {

class DangerPhrases {
 public:
  enum class Typos { forgiven, none };
  explicit DangerPhrases(Typos typos = Typos::forgiven) : forgiving_(typos == Typos::forgiven) {}

  // The folded words of a phrase; "frapp*" stands for every word that begins so, "stove|curtain" for one of these, "…"
  // for up to three other words.
  // Returns the number of the phrase: the same one for the same words.
  std::uint32_t add(const std::vector<std::string>& words);

  // A word that people write every day: it is never another one misspelled, nor one that begins so. "تمدید" (renewal)
  // is one letter away from "تهدید" (threat), and stands in half of all letters about papers.
  void add_everyday(std::string_view word);

  // Every phrase in the text. One word of a phrase may have one letter too few, too many, another or two swapped, but
  // for the first: in phrases of two words or more if it has five letters, alone if it has seven (a single short word
  // is often one letter away from a harmless one). Words with
  // "*" must be spelled right, and what is itself a word of the lists is no other one misspelled.
  std::vector<Span> find(const std::vector<std::string>& words) const;

 private:
  struct Candidate {  // a word of the lists that a word of the text may be
    Word word = unknown_word;
    bool typo = false;
  };
  using Candidates = std::vector<Candidate>;

  Word number(std::string_view word);
  Word next_number();
  Word number_of_one_of(std::string_view alternatives);
  void index_typos(std::string_view word, std::uint32_t place);
  Candidates candidates(std::string_view token) const;
  Candidates words_that_it_may_be(std::string_view token) const;
  void add_exact(std::string_view token, Candidates& out) const;
  void add_stems(std::string_view token, Candidates& out) const;
  bool is_everyday(std::string_view token) const;
  void add_typos(std::string_view token, Candidates& out) const;
  bool may_be_typo(std::span<const Word> row, Word word) const;
  // How many words of the text the row takes from 'at' on, with at most 'typos' wrong letters; 0: it is not there.
  std::size_t length_at(std::span<const Word> row, std::size_t word, const std::vector<Candidates>& text,
                        std::size_t at, bool typo_left) const;

  bool forgiving_;
  WordTable exact_;
  WordTable stems_;
  WordTable alternatives_;  // "stove|curtain"
  WordTable everyday_;
  Chains one_of_;  // by word: the alternatives that it is one of
  // By the first three bytes of stems, hashed: a bit for each length in bytes that such a stem has. Most words begin as
  // none of them does.
  std::array<std::uint64_t, 1024> stem_lengths_{};
  // By word: how many letters it has; 0 for stems, and where no typo is forgiven.
  std::vector<std::uint8_t> letters_;
  Chains halves_;  // by hash of one half of a word: the places of such words in 'exact_', with which letters they have
  Phrases rows_;
};

}  // namespace passerelle::language
