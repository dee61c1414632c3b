#include "language/gram_table.hpp"

#include <algorithm>
#include <bit>

namespace passerelle::language {
namespace {

constexpr float unseen_step = 1.0F / 1024;
constexpr std::uint16_t last_entry = 0x8000;

}  // namespace

GramTable::GramTable(BitReader& bits, float step) : step_(step) {
  read_classes(bits);
  if (valid_) read_keys(bits);
}

void GramTable::read_classes(BitReader& bits) {
  classes_.resize(bits.take(5) + 1);
  for (Class& one : classes_) {
    one.code.resize(bits.take(4));
    for (char& c : one.code) c = static_cast<char>(bits.take(8));
    one.prior = -static_cast<float>(bits.take(8));
    for (float& unseen : one.unseen) unseen = -static_cast<float>(bits.take(16)) * unseen_step;
  }
  valid_ = !bits.ended();
}

void GramTable::read_keys(BitReader& bits) {
  const std::uint32_t count = bits.take(20);
  const std::uint32_t low = bits.take(5);
  buckets_.assign((1U << bucket_bits) + 1, 0);
  rests_.reserve(count);
  firsts_.reserve(count);
  std::uint32_t key = 0;
  for (std::uint32_t i = 0; i < count && valid_; ++i) {
    key += bits.take_rice(low);
    valid_ = key < (1U << key_bits) && !bits.ended();
    if (!valid_) return;
    ++buckets_[(key >> rest_bits) + 1];
    rests_.push_back(static_cast<std::uint16_t>(key & ((1U << rest_bits) - 1)));
    firsts_.push_back(static_cast<std::uint32_t>(entries_.size()));
    read_entries(bits);
  }
  for (std::size_t i = 1; i < buckets_.size(); ++i) buckets_[i] += buckets_[i - 1];
  entries_.shrink_to_fit();
}

void GramTable::read_entries(BitReader& bits) {
  std::vector<std::uint32_t> which;
  if (bits.take(1) != 0) {
    for (std::uint32_t of = 0; of < classes_.size(); ++of) {
      if (bits.take(1) != 0) which.push_back(of);
    }
  } else {
    const auto class_bits = static_cast<std::uint32_t>(std::bit_width(classes_.size() - 1));
    do which.push_back(bits.take(class_bits));
    while (bits.take(1) != 0 && !bits.ended());
  }
  for (const std::uint32_t of : which) {
    valid_ = valid_ && of < classes_.size();
    entries_.push_back(static_cast<std::uint16_t>((of << weight_bits) | bits.take(weight_bits)));
  }
  valid_ = valid_ && !which.empty() && !bits.ended();
  if (valid_) entries_.back() |= last_entry;
}

bool GramTable::add(std::uint32_t key, float step, std::vector<float>& sums) const {
  const std::uint32_t bucket = key >> rest_bits;
  const std::uint32_t end = buckets_[bucket + 1];
  const auto rest = static_cast<std::uint16_t>(key & ((1U << rest_bits) - 1));
  for (std::uint32_t i = buckets_[bucket]; i < end; ++i) {
    if (rests_[i] != rest) continue;
    for (std::uint32_t at = firsts_[i];; ++at) {
      const std::uint16_t entry = entries_[at];
      const auto weight = static_cast<float>(entry & ((1U << weight_bits) - 1));
      sums[static_cast<std::size_t>((entry & ~last_entry) >> weight_bits)] += weight * step;
      if ((entry & last_entry) != 0) return true;
    }
  }
  return false;
}

std::vector<float> GramTable::likelihoods(const std::vector<std::u32string>& words) const {
  std::vector<float> sums(classes_.size(), 0);
  std::array<float, orders> counts{};
  for_each_feature(words, [&](std::size_t order, std::uint32_t key) {
    // What no language of the script knows would only favour whoever has the least text.
    if (add(key, step_ * times[order], sums)) ++counts[order];
  });
  for (std::size_t of = 0; of < sums.size(); ++of) {
    sums[of] += classes_[of].prior;
    for (std::size_t order = 0; order < orders; ++order)
      sums[of] += counts[order] * times[order] * classes_[of].unseen[order];
  }
  return sums;
}

}  // namespace passerelle::language
