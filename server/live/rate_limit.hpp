// How many answers a minute one address gets: a token bucket each, in memory, bounded. Thread-safe.
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

  // Takes one token; false when the bucket is empty: the sender floods.
  bool take(std::string_view key, TimePoint now);

 private:
  struct Bucket {
    double tokens = 0;
    TimePoint filled{};
  };
  void refill(Bucket& bucket, TimePoint now) const;
  void forget_full(TimePoint now);

  const double capacity_;
  const std::size_t most_buckets_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace passerelle::live
