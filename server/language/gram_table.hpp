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
  static constexpr std::uint32_t bucket_bits = 16;
  static constexpr std::uint32_t rest_bits = key_bits - bucket_bits;

  void read_classes(BitReader& bits);
  void read_keys(BitReader& bits);
  void read_entries(BitReader& bits);
  bool add(std::uint32_t key, float step, std::vector<float>& sums) const;

  bool valid_ = true;
  float step_;
  std::vector<Class> classes_;
  std::vector<std::uint32_t> buckets_;  // by a key's upper bits: where its bucket begins in rests_
  std::vector<std::uint16_t> rests_;    // lower bits
  std::vector<std::uint32_t> firsts_;   // beside rests_: where the key's entries begin
  std::vector<std::uint16_t> entries_;  // class, weight, and whether it is the key's last
};

}  // namespace passerelle::language
