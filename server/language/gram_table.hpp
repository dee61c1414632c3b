// What the languages of one script are told apart by: how much likelier each makes a row of letters, or a whole word.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "language/bits.hpp"
#include "language/letters.hpp"

namespace passerelle::language {

// Of a weight in the file; GramModel knows how many nats it counts.
constexpr std::uint32_t weight_bits = 5;

// Few languages of so many are listed one by one, more of them are marked in a row of bits.
constexpr bool are_listed(std::size_t few, std::size_t all) { return few * (std::bit_width(all - 1) + 1) < all; }

class GramTable {
 public:
  struct Class {
    std::string code;
    float prior = 0;  // below 0 for a language that is known only in order not to be mistaken for another
    std::array<float, orders> unseen{};  // logarithm of the likelihood of a feature that its texts do not hold
  };

  // One script of the model's file. What is broken in it shows in valid().
  GramTable(BitReader& bits, float step);
  bool valid() const { return valid_; }

  const std::vector<Class>& classes() const { return classes_; }
  // Logarithms of how likely each class makes these words.
  std::vector<float> likelihoods(const std::vector<std::u32string>& words) const;

 private:
  // Where a key is told to be. Found at its own place or a few further, since the table is never nearly full.
  struct Slot {
    std::uint32_t key = nobody;
    std::uint32_t first = 0;  // in pairs_; or, with marked_row, in rows_
  };
  class Sum;
  static constexpr std::uint32_t nobody = 0xFFFFFFFF;
  static constexpr std::uint32_t marked_row = 0x80000000;

  void read_classes(BitReader& bits);
  void read_keys(BitReader& bits);
  std::uint32_t read_weights(BitReader& bits);
  void keep(std::uint32_t key, std::uint32_t first);
  const Slot* place_of(std::uint32_t key) const { return &slots_[key >> shift_]; }
  const Slot* find(std::uint32_t key) const;
  void prefetch_weights(const Slot& slot) const;
  void add(const Slot& slot, std::int32_t* sums) const;

  bool valid_ = true;
  float step_;
  std::vector<Class> classes_;
  std::uint32_t shift_ = 0;
  std::vector<Slot> slots_;
  std::size_t row_size_ = 0;          // the classes, and what fills up the last group of them
  std::vector<std::uint16_t> pairs_;  // of few languages: which, its weight, and whether it is the key's last
  std::vector<std::uint8_t> rows_;    // of many: a weight for each class
};

}  // namespace passerelle::language
