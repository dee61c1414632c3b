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
  static constexpr std::chrono::milliseconds patience{20};     // of whoever waits for an answer
  static constexpr std::chrono::milliseconds greeting{1'000};  // to connect, sign in and choose the database

  RedisPlace place;
  Secret password;
  Executor executor;
  std::size_t index = 0;  // of the thread
  std::shared_ptr<Condition> condition;
  Counters& counters;                                     // outlives the lane
  std::function<double()> dice;                           // 0 to 1
  std::shared_ptr<RedisConnection> connection = nullptr;  // null: not now
  Breaker breaker = {};

  // Nothing when the connection is away.
  std::shared_ptr<RedisConnection> well() const {
    return connection != nullptr && connection->is_open() ? connection : nullptr;
  }
  static Task<void> run(std::shared_ptr<RedisLane> self);  // never ends by itself
};

}  // namespace passerelle::live
