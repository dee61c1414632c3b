// Words and their numbers, with all letters in one piece of memory: the lists of all languages hold tens of thousands.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::language {

using Word = std::uint32_t;
constexpr Word unknown_word = 0;
constexpr Word gap_word = 1;  // "…" in a list: up to three other words

class WordTable {
 public:
  // 'number' is not unknown_word, and the word is not there yet. Returns its place, for at().
  std::uint32_t add(std::string_view word, Word number);
  Word find(std::string_view word) const;
  bool contains(std::string_view word) const { return find(word) != unknown_word; }
  std::size_t size() const { return entries_.size(); }

  struct Known {
    std::string_view word;  // until the next add()
    Word number;
  };
  Known at(std::uint32_t place) const {
    const Entry& entry = entries_[place];
    return {std::string_view(letters_).substr(entry.begin, entry.size), entry.number};
  }

 private:
  struct Entry {
    std::uint32_t begin = 0, size = 0;  // in 'letters_'
    Word number = unknown_word;
  };
  // Where the word is, or the free slot where it belongs.
  std::size_t slot_of(std::string_view word) const;
  void grow();

  std::string letters_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  // by hash, the next ones after it when taken: the place and one more; 0: free
};

}  // namespace passerelle::language
