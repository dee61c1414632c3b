// How a Redis does, over all io threads: told once for each change, and asked by /metrics. Thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

#include "live/live.hpp"

namespace passerelle::live {

class Condition {
 public:
  using Instant = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds settled{1};  // nothing was refused for so long

  // 'threads': each has a connection of its own.
  explicit Condition(std::size_t threads) : connected_(threads, false) {}

  void connected(std::size_t thread);
  void lost(std::size_t thread, const std::string& why);  // or not reached; 'why' is a word or two for the log
  // What was to be written was refused (read-only, out of memory), or taken again. Where some is refused and some is
  // taken, it stays refusing.
  void refused(const std::string& why, Instant now);
  void accepted(Instant now);

  // The worst of them: down while one has no connection, and before the first.
  State state() const;

 private:
  State worst() const;
  void tell(const std::string& why);

  mutable std::mutex mutex_;
  std::vector<bool> connected_;
  bool refusing_ = false;
  Instant refused_at_{};
  State told_ = State::down;
  bool first_ = true;  // nothing has been told yet
};

}  // namespace passerelle::live
