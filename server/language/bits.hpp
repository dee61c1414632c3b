// The model's file is a row of bits: most of its numbers are small.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace passerelle::language {

class BitReader {
 public:
  explicit BitReader(std::string_view bytes) : bytes_(bytes) {}

  // Beyond the end everything is 0; ended() tells.
  std::uint32_t take(std::uint32_t count) {
    while (held_ < count) {
      const std::uint64_t byte = at_ < bytes_.size() ? static_cast<unsigned char>(bytes_[at_]) : 0U;
      ++at_;
      store_ |= byte << held_;
      held_ += 8;
    }
    const auto out = static_cast<std::uint32_t>(store_ & ((std::uint64_t{1} << count) - 1));
    store_ >>= count;
    held_ -= count;
    return out;
  }

  // A number that is seldom far above 2^low: its upper part as so many ones and a zero.
  std::uint32_t take_rice(std::uint32_t low) {
    std::uint32_t high = 0;
    while (!ended() && take(1) != 0) ++high;
    return (high << low) | take(low);
  }

  bool ended() const { return at_ > bytes_.size(); }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  std::uint64_t store_ = 0;
  std::uint32_t held_ = 0;
};

class BitWriter {
 public:
  void put(std::uint32_t value, std::uint32_t count) {
    store_ |= static_cast<std::uint64_t>(value) << held_;
    held_ += count;
    while (held_ >= 8) flush_byte();
  }

  void put_rice(std::uint32_t value, std::uint32_t low) {
    for (std::uint32_t high = value >> low; high > 0; --high) put(1, 1);
    put(0, 1);
    put(value & ((1U << low) - 1), low);
  }

  std::string take() {
    while (held_ > 0) flush_byte();
    return std::move(bytes_);
  }

 private:
  void flush_byte() {
    bytes_.push_back(static_cast<char>(store_ & 0xFFU));
    store_ >>= 8U;
    held_ = held_ > 8 ? held_ - 8 : 0;
  }

  std::string bytes_;
  std::uint64_t store_ = 0;
  std::uint32_t held_ = 0;
};

}  // namespace passerelle::language
