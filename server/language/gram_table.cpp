#include "language/gram_table.hpp"

#include <algorithm>
#include <bit>

namespace passerelle::language {
namespace {

constexpr float unseen_step = 1.0F / 1024;
constexpr std::uint16_t last_pair = 0x8000;
constexpr std::uint32_t fewest_slots = 16;
constexpr std::size_t count_of_last_places = 64;  // for keys whose place at the end is taken
constexpr std::size_t at_once = 256;              // features
constexpr std::size_t group = 8;                  // weights that are added at once
constexpr std::int32_t most_times = 2;

constexpr bool counted_once_or_twice() {
  for (const std::int32_t times : counted_times) {
    if (times < 1 || times > most_times) return false;
  }
  return true;
}
static_assert(counted_once_or_twice());

}  // namespace

GramTable::GramTable(BitReader& bits, float step) : step_(step) {
  read_classes(bits);
  if (valid_) read_keys(bits);
}

void GramTable::read_classes(BitReader& bits) {
  classes_.resize(bits.take(5) + 1);
  row_size_ = classes_.size() < group ? classes_.size() : (classes_.size() + group - 1) / group * group;
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
  const auto size_bits = static_cast<std::uint32_t>(std::bit_width(count + count / 3 + fewest_slots));
  valid_ = size_bits < key_bits;
  if (!valid_) return;
  shift_ = key_bits - size_bits;
  slots_.resize((std::size_t{1} << size_bits) + count_of_last_places);
  std::uint32_t key = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    key += bits.take_rice(low);
    valid_ = key < (1U << key_bits) && !bits.ended();
    if (!valid_) return;
    keep(key, read_weights(bits));
    if (!valid_) return;
  }
  pairs_.shrink_to_fit();
  rows_.shrink_to_fit();
}

// Keys come in their order, so that none has to make room for a later one.
void GramTable::keep(std::uint32_t key, std::uint32_t first) {
  std::size_t at = key >> shift_;
  while (at < slots_.size() && slots_[at].key != nobody) ++at;
  valid_ = valid_ && at + 1 < slots_.size();  // the last one stays empty, and ends every search
  if (valid_) slots_[at] = {key, first};
}

std::uint32_t GramTable::read_weights(BitReader& bits) {
  if (bits.take(1) != 0) {
    const auto first = static_cast<std::uint32_t>(rows_.size());
    rows_.resize(rows_.size() + row_size_);
    for (std::size_t of = 0; of < classes_.size(); ++of) rows_[first + of] = static_cast<std::uint8_t>(bits.take(1));
    for (std::size_t of = 0; of < classes_.size(); ++of) {
      if (rows_[first + of] != 0) rows_[first + of] = static_cast<std::uint8_t>(bits.take(weight_bits));
    }
    return first | marked_row;
  }
  const auto first = static_cast<std::uint32_t>(pairs_.size());
  const auto class_bits = static_cast<std::uint32_t>(std::bit_width(classes_.size() - 1));
  do {
    const std::uint32_t of = bits.take(class_bits);
    valid_ = valid_ && of < classes_.size();
    pairs_.push_back(static_cast<std::uint16_t>(of << weight_bits));
  } while (bits.take(1) != 0 && !bits.ended());
  for (std::size_t i = first; i < pairs_.size(); ++i) pairs_[i] |= static_cast<std::uint16_t>(bits.take(weight_bits));
  pairs_.back() |= last_pair;
  valid_ = valid_ && !bits.ended();
  return first;
}

const GramTable::Slot* GramTable::find(std::uint32_t key) const {
  for (const Slot* slot = place_of(key); slot->key <= key; ++slot) {
    if (slot->key == key) return slot;
  }
  return nullptr;
}

void GramTable::prefetch_weights(const Slot& slot) const {
  const bool row = (slot.first & marked_row) != 0;
  __builtin_prefetch(row ? static_cast<const void*>(&rows_[slot.first & ~marked_row]) : &pairs_[slot.first]);
}

// Without a multiplication, which the oldest processors that we run on do not have for eight numbers at once.
void GramTable::add(const Slot& slot, std::int32_t* sums) const {
  if ((slot.first & marked_row) != 0) {
    const std::uint8_t* row = &rows_[slot.first & ~marked_row];
    std::size_t of = 0;
    for (; of + group <= row_size_; of += group) {
      for (std::size_t i = 0; i < group; ++i) sums[of + i] += row[of + i];
    }
    for (; of < row_size_; ++of) sums[of] += row[of];
    return;
  }
  for (const std::uint16_t* pair = &pairs_[slot.first];; ++pair) {
    const std::int32_t weight = *pair & ((1 << weight_bits) - 1);
    sums[static_cast<std::size_t>((*pair & ~last_pair) >> weight_bits)] += weight;
    if ((*pair & last_pair) != 0) return;
  }
}

// Memory is slow and its places are known early: all are asked for before the first is looked at, as far as they fit
// into a piece of the stack.
class GramTable::Sum {
 public:
  explicit Sum(const GramTable& table) : table_(table), steps_(table.row_size_ * most_times) {}

  void take(std::size_t order, std::uint32_t key) {
    __builtin_prefetch(table_.place_of(key));
    features_[size_++] = {static_cast<std::uint32_t>(order), key, nullptr};
    if (size_ == at_once) settle();
  }

  void settle() {
    for (std::size_t i = 0; i < size_; ++i) {
      Feature& feature = features_[i];
      feature.slot = table_.find(feature.key);
      // What no language of the script knows would only favour whoever has the least text.
      if (feature.slot == nullptr) continue;
      ++counts_[feature.order];
      table_.prefetch_weights(*feature.slot);
    }
    for (std::size_t i = 0; i < size_; ++i) {
      const Feature& feature = features_[i];
      if (feature.slot == nullptr) continue;
      const auto counted = static_cast<std::size_t>(counted_times[feature.order] - 1);
      table_.add(*feature.slot, &steps_[counted * table_.row_size_]);
    }
    size_ = 0;
  }

  float of(std::size_t which) const {
    const Class& one = table_.classes_[which];
    float sum = one.prior + static_cast<float>(steps_[which] + 2 * steps_[table_.row_size_ + which]) * table_.step_;
    for (std::size_t order = 0; order < orders; ++order)
      sum += static_cast<float>(counts_[order] * counted_times[order]) * one.unseen[order];
    return sum;
  }

 private:
  struct Feature {
    std::uint32_t order;
    std::uint32_t key;
    const Slot* slot;
  };
  const GramTable& table_;
  std::array<Feature, at_once> features_;
  std::size_t size_ = 0;
  std::array<std::int32_t, orders> counts_{};
  std::vector<std::int32_t> steps_;  // of what counts once, and then of what counts twice
};

std::vector<float> GramTable::likelihoods(const std::vector<std::u32string>& words) const {
  Sum sum(*this);
  for_each_feature(words, [&sum](std::size_t order, std::uint32_t key) { sum.take(order, key); });
  sum.settle();
  std::vector<float> likelihoods;
  likelihoods.reserve(classes_.size());
  for (std::size_t of = 0; of < classes_.size(); ++of) likelihoods.push_back(sum.of(of));
  return likelihoods;
}

}  // namespace passerelle::language
