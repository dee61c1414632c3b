// How many answers one address gets: so many a minute, and few at once. Two token buckets each, in memory, bounded.
// Thread-safe.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.hpp"

namespace passerelle::live {

class RateLimit {
 public:
  // 'per_minute' 0: no limit. At most 'most_buckets' addresses are remembered; then full buckets are forgotten first.
  explicit RateLimit(std::int64_t per_minute, std::size_t most_buckets = 100'000);

  // More than people write, who also tap through a menu: three at once, then two each second (more where more is
  // allowed a minute). Who does is muted until 'quiet' has passed without a message.
  static constexpr double least_at_once = 3;
  static constexpr double a_second = 2;
  static constexpr std::chrono::seconds quiet{10};

  // Takes one token; false when a bucket is empty: the sender floods. 'when' it was written, which may be long before
  // it came: what waited for us while we were down is no flood.
  // 'pace' is unknown where nobody tells when it was written: then only the minute counts.
  enum class Pace { told, unknown };
  bool take(std::string_view key, TimePoint when, Pace pace = Pace::told);
  // What was taken for a message that was not kept, or was here before: the gateway brings it again, and the person has
  // written once.
  void give_back(std::string_view key);

 private:
  struct Bucket {
    double tokens = 0, burst = 0;
    TimePoint filled{};
    TimePoint muted_until{};
  };
  bool is_full(const Bucket& bucket) const;
  void refill(Bucket& bucket, TimePoint now) const;
  void forget_full(TimePoint now);

  const double capacity_;
  const double at_once_;
  const std::size_t most_buckets_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace passerelle::live
