// An io thread's own connection to Redis: opened again and again for as long as the thread lives, and asked only while
// it is well. Started and used on the executor's thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/secret.hpp"
#include "base/task.hpp"
#include "live/breaker.hpp"
#include "live/condition.hpp"
#include "live/redis_connection.hpp"

namespace passerelle::live {

struct RedisLane {
  static constexpr int most_late = 5;                          // looks in a row: then the connection is given up
  static constexpr std::chrono::milliseconds patience{20};     // of whoever waits for an answer
  static constexpr std::chrono::milliseconds greeting{1'000};  // to connect, sign in and choose the database
  static constexpr std::chrono::milliseconds recheck{1'000};   // whether it takes again what it has refused

  RedisPlace place;
  Secret password;
  Executor executor;
  std::size_t index = 0;  // of the thread
  std::shared_ptr<Condition> condition;
  Counters& counters;                                     // outlives the lane
  std::function<double()> dice;                           // 0 to 1
  std::shared_ptr<RedisConnection> connection = nullptr;  // null: not now
  Breaker breaker = {};
  int late = 0;  // looks in a row, of those at the same time one
  Breaker::Instant late_at{};

  // Nothing when the connection is away…
  std::shared_ptr<RedisConnection> open() const {
    return connection != nullptr && connection->is_open() ? connection : nullptr;
  }
  // …or behind: then nobody else waits for it.
  std::shared_ptr<RedisConnection> prompt() const {
    return open() != nullptr && !connection->is_behind(patience) ? connection : nullptr;
  }
  void looked(bool in_time);
  // What an answer to a write tells of its condition.
  void heard(const Reply& reply) const;
  static Task<void> run(std::shared_ptr<RedisLane> self);  // never ends by itself
};

}  // namespace passerelle::live
