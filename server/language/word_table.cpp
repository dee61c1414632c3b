#include "language/word_table.hpp"

#include <algorithm>
#include <functional>

namespace passerelle::language {

std::size_t WordTable::slot_of(std::string_view word) const {
  const std::size_t mask = slots_.size() - 1;  // a power of two, and never full: the search ends
  std::size_t slot = std::hash<std::string_view>{}(word)&mask;
  while (slots_[slot] != 0 && at(slots_[slot] - 1).word != word) slot = (slot + 1) & mask;
  return slot;
}

void WordTable::grow() {
  constexpr std::size_t least = 64;
  slots_.assign(std::max(least, slots_.size() * 2), 0);
  for (std::uint32_t place = 0; place < entries_.size(); ++place) slots_[slot_of(at(place).word)] = place + 1;
}

std::uint32_t WordTable::add(std::string_view word, Word number) {
  const bool crowded = (entries_.size() + 1) * 3 > slots_.size() * 2;
  if (crowded) grow();
  const auto place = static_cast<std::uint32_t>(entries_.size());
  slots_[slot_of(word)] = place + 1;
  entries_.push_back({static_cast<std::uint32_t>(letters_.size()), static_cast<std::uint32_t>(word.size()), number});
  letters_ += word;
  return place;
}

Word WordTable::find(std::string_view word) const {
  if (slots_.empty()) return unknown_word;
  const std::uint32_t found = slots_[slot_of(word)];
  return found == 0 ? unknown_word : entries_[found - 1].number;
}

}  // namespace passerelle::language
