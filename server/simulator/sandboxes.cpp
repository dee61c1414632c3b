#include "simulator/sandboxes.hpp"

#include <algorithm>

#include "base/crypto.hpp"

namespace passerelle::simulator {

std::string Sandboxes::add(std::shared_ptr<Sandbox> sandbox) {
  std::string id = crypto::random_ref();
  std::list<Entry> gone;  // ends after the lock: a sandbox has a thread to join
  const std::lock_guard lock(mutex_);
  entries_.emplace_front(id, std::move(sandbox));
  if (entries_.size() > most_) gone.splice(gone.begin(), entries_, std::prev(entries_.end()));
  return id;
}

std::shared_ptr<Sandbox> Sandboxes::use(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(entries_, id, &Entry::first);
  if (found == entries_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found);
  return found->second;
}

std::shared_ptr<Sandbox> Sandboxes::look(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(entries_, id, &Entry::first);
  return found == entries_.end() ? nullptr : found->second;
}

void Sandboxes::remove(const std::string& id) {
  std::list<Entry> gone;
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(entries_, id, &Entry::first);
  if (found != entries_.end()) gone.splice(gone.begin(), entries_, found);
}

}  // namespace passerelle::simulator
