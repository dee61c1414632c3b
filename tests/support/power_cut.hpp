// What a disk holds when the power goes: all that was synced, and of the rest whatever chance has let through.
#pragma once

#include <map>
#include <random>
#include <string>
#include <vector>

#include "support/faulty_disk.hpp"

namespace passerelle::store {

using DiskImage = std::map<std::string, std::string>;  // file → content

// Walks through a history of changes; at any point it can tell what would be left.
class PowerCut {
 public:
  // How much of what was not synced is left: nothing, everything, or each change by chance, whole or torn in blocks of
  // 512 bytes whose others keep what they were or become rubbish. SQLite relies on bytes beside a write to stay
  // (powersafe overwrite), and so do we.
  enum class Left { nothing, all, some };

  explicit PowerCut(DiskImage before) : durable_(std::move(before)) {}

  void pass(const DiskChange& change);
  DiskImage image(Left left, std::mt19937_64& chance) const;

 private:
  void settle_removals();

  DiskImage durable_;
  std::map<std::string, std::vector<DiskChange>> pending_;  // not synced, by file, in their order
};

}  // namespace passerelle::store
