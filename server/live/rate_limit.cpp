#include "live/rate_limit.hpp"

#include <algorithm>

namespace passerelle::live {

RateLimit::RateLimit(std::int64_t per_minute, std::size_t most_buckets)
    : capacity_(static_cast<double>(per_minute)),
      at_once_(std::max(least_at_once, capacity_ * 0.15)),
      most_buckets_(most_buckets) {}

void RateLimit::refill(Bucket& bucket, TimePoint now) const {
  // A clock that is set back gives nothing and takes nothing.
  const double seconds = std::max(0.0, std::chrono::duration<double>(now - bucket.filled).count());
  bucket.tokens = std::min(capacity_, bucket.tokens + seconds / 60 * capacity_);
  bucket.burst = std::min(at_once_, bucket.burst + seconds * a_second);
  bucket.filled = now;
}

bool RateLimit::is_full(const Bucket& bucket) const { return bucket.tokens >= capacity_ && bucket.burst >= at_once_; }

void RateLimit::forget_full(TimePoint now) {
  for (auto entry = buckets_.begin(); entry != buckets_.end();) {
    refill(entry->second, now);
    entry = is_full(entry->second) && entry->second.muted_until <= now ? buckets_.erase(entry) : std::next(entry);
  }
  // Everybody writes at once: forgetting costs some answers too many, refusing would cost somebody theirs.
  if (buckets_.size() >= most_buckets_) buckets_.clear();
}

bool RateLimit::take(std::string_view key, TimePoint when, Pace pace) {
  if (capacity_ <= 0) return true;
  const std::lock_guard lock(mutex_);
  if (buckets_.size() >= most_buckets_) forget_full(when);
  Bucket& bucket = buckets_.try_emplace(std::string(key), Bucket{capacity_, at_once_, when, {}}).first->second;
  refill(bucket, when);
  const bool too_fast = pace == Pace::told && bucket.burst < 1;
  if (when < bucket.muted_until || too_fast) {
    bucket.muted_until = std::max(bucket.muted_until, when + quiet);
    return false;
  }
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  if (pace == Pace::told) bucket.burst -= 1;
  return true;
}

void RateLimit::give_back(std::string_view key) {
  const std::lock_guard lock(mutex_);
  const auto found = buckets_.find(std::string(key));
  if (found == buckets_.end()) return;
  Bucket& bucket = found->second;
  bucket.tokens = std::min(capacity_, bucket.tokens + 1);
  bucket.burst = std::min(at_once_, bucket.burst + 1);
}

}  // namespace passerelle::live
