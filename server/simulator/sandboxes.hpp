// The sandboxes of all visitors: a few at a time, and the least recently used makes room.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "simulator/sandbox.hpp"

namespace passerelle::simulator {

// Thread-safe.
class Sandboxes {
 public:
  explicit Sandboxes(std::size_t most = 20) : most_(most) {}

  std::string add(std::shared_ptr<Sandbox> sandbox);  // its id, which nobody guesses
  // Null: there is none of this id (any more). One that is used stays; one that is only looked at may go.
  std::shared_ptr<Sandbox> use(const std::string& id);
  std::shared_ptr<Sandbox> look(const std::string& id) const;
  void remove(const std::string& id);

 private:
  using Entry = std::pair<std::string, std::shared_ptr<Sandbox>>;

  std::size_t most_;
  mutable std::mutex mutex_;
  std::list<Entry> entries_;  // the most recently used first
};

}  // namespace passerelle::simulator
