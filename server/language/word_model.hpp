// Scores the words of a text against the word lists of one script.
#pragma once

#include <bitset>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/reading.hpp"
#include "language/word_lists.hpp"

namespace passerelle::language {

class WordModel {
 public:
  // 'also' joins languages that share the script but stand in a list of their own.
  explicit WordModel(std::span<const WordList> lists, std::span<const WordList> also = {});

  // Best first, at most five, nothing below one in a hundred. Lower-case words with their marks.
  std::vector<LanguageScore> score(const std::vector<std::u32string>& words) const;

 private:
  struct Evidence {
    std::uint8_t language = 0;
    float weight = 0;
    bool enough_alone = false;
  };
  using Table = std::unordered_map<std::u32string, std::vector<Evidence>>;

  void add(const WordList& list);
  void add_word(std::string_view word, std::uint8_t language);
  bool add_evidence(const std::u32string& word, bool short_text, std::vector<double>& sums) const;
  void add_rows(const std::u32string& word, std::vector<double>& sums) const;
  static void strengthen(Table& table, const std::u32string& key, Evidence evidence);

  std::vector<Locale> codes_;
  Table words_;
  Table rows_;  // letters in a row; '_' is the word's edge
  std::size_t longest_row_ = 0;
  // Which first letters, and first two letters, a row can begin with (by a small hash): most places have none.
  std::bitset<4096> single_rows_;
  std::bitset<4096> row_starts_;
};

}  // namespace passerelle::language
