#include "support/power_cut.hpp"

#include <algorithm>
#include <ranges>

namespace passerelle::store {
namespace {

constexpr std::size_t block = 512;

void put(std::string& content, std::size_t at, std::string_view bytes) {
  if (content.size() < at + bytes.size()) content.resize(at + bytes.size(), '\0');
  std::copy(bytes.begin(), bytes.end(), content.begin() + static_cast<std::ptrdiff_t>(at));
}

void apply(DiskImage& image, const DiskChange& change) {
  const auto at = static_cast<std::size_t>(change.at);
  switch (change.kind) {
    case DiskChange::Kind::create: image.try_emplace(change.file); return;
    case DiskChange::Kind::write: put(image[change.file], at, change.bytes); return;
    case DiskChange::Kind::truncate:
      if (const auto found = image.find(change.file); found != image.end()) found->second.resize(at, '\0');
      return;
    case DiskChange::Kind::remove: image.erase(change.file); return;
    case DiskChange::Kind::sync: return;
  }
}

void apply_torn(DiskImage& image, const DiskChange& change, std::mt19937_64& chance) {
  std::string& content = image[change.file];
  const auto at = static_cast<std::size_t>(change.at);
  for (std::size_t begin = 0; begin < change.bytes.size(); begin += block) {
    const std::string_view piece = std::string_view(change.bytes).substr(begin, block);
    const auto fate = chance() % 4;
    if (fate < 2) put(content, at + begin, piece);
    if (fate == 2) put(content, at + begin, std::string(piece.size(), '\x5a'));
  }
}

void apply_by_chance(DiskImage& image, const DiskChange& change, std::mt19937_64& chance) {
  const auto fate = chance() % 3;
  if (fate == 0) return;
  if (fate == 1 && change.kind == DiskChange::Kind::write)
    apply_torn(image, change, chance);
  else
    apply(image, change);
}

}  // namespace

void PowerCut::pass(const DiskChange& change) {
  std::vector<DiskChange>& pending = pending_[change.file];
  pending.push_back(change);
  const bool lasts =
      change.kind == DiskChange::Kind::sync || (change.kind == DiskChange::Kind::remove && change.durable);
  if (!lasts) return;
  // SQLite syncs the folder together with a new log or journal: then names that went before are gone for good.
  const auto is_new = [](const DiskChange& one) { return one.kind == DiskChange::Kind::create; };
  if (std::ranges::any_of(pending, is_new)) settle_removals();
  // What was written beside a sync may miss it.
  const auto end =
      change.kind == DiskChange::Kind::sync
          ? std::ranges::find_if(pending, [&](const DiskChange& one) { return one.number >= change.before; })
          : pending.end();
  for (const DiskChange& one : std::ranges::subrange(pending.begin(), end)) apply(durable_, one);
  pending.erase(pending.begin(), end);
  std::erase_if(pending, [](const DiskChange& one) { return one.kind == DiskChange::Kind::sync; });
}

void PowerCut::settle_removals() {
  for (auto& [file, pending] : pending_) {
    const auto last = std::find_if(pending.rbegin(), pending.rend(),
                                   [](const DiskChange& one) { return one.kind == DiskChange::Kind::remove; });
    if (last == pending.rend()) continue;
    durable_.erase(file);
    pending.erase(pending.begin(), last.base());
  }
}

DiskImage PowerCut::image(Left left, std::mt19937_64& chance) const {
  DiskImage image = durable_;
  if (left == Left::nothing) return image;
  for (const auto& [file, pending] : pending_) {
    for (const DiskChange& change : pending) {
      if (left == Left::all)
        apply(image, change);
      else
        apply_by_chance(image, change, chance);
    }
  }
  return image;
}

}  // namespace passerelle::store
