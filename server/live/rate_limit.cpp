#include "live/rate_limit.hpp"

#include <algorithm>

namespace passerelle::live {

RateLimit::RateLimit(std::int64_t per_minute, std::size_t most_buckets)
    : capacity_(static_cast<double>(per_minute)), most_buckets_(most_buckets) {}

void RateLimit::refill(Bucket& bucket, TimePoint now) const {
  // A clock that is set back gives nothing and takes nothing.
  const double minutes = std::max(0.0, std::chrono::duration<double, std::ratio<60>>(now - bucket.filled).count());
  bucket.tokens = std::min(capacity_, bucket.tokens + minutes * capacity_);
  bucket.filled = now;
}

void RateLimit::forget_full(TimePoint now) {
  for (auto entry = buckets_.begin(); entry != buckets_.end();) {
    refill(entry->second, now);
    entry = entry->second.tokens >= capacity_ ? buckets_.erase(entry) : std::next(entry);
  }
  // Everybody writes at once: forgetting costs some answers too many, refusing would cost somebody theirs.
  if (buckets_.size() >= most_buckets_) buckets_.clear();
}

bool RateLimit::take(std::string_view key, TimePoint now) {
  if (capacity_ <= 0) return true;
  const std::lock_guard lock(mutex_);
  if (buckets_.size() >= most_buckets_) forget_full(now);
  Bucket& bucket = buckets_.try_emplace(std::string(key), Bucket{capacity_, now}).first->second;
  refill(bucket, now);
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

}  // namespace passerelle::live
