// What is shared lives in a Redis; while that is away, each process limits floods by itself, and reads the rows.
#pragma once

#include <mutex>
#include <set>

#include "live/envelope.hpp"
#include "live/rate_limit.hpp"
#include "live/redis_lane.hpp"

namespace passerelle::live {

class RedisLive final : public Live {
 public:
  static constexpr std::size_t most_at_once = 32;  // people in one look; more is somebody's backlog, which can wait
  static constexpr std::size_t most_on_the_way = 1'024;  // copies that no thread has sent yet
  static constexpr std::size_t most_news = 64;           // different ones; consoles look for themselves
  static constexpr std::size_t longest_copy = 256 * 1024;
  static constexpr std::chrono::hours copies_last{1};
  static constexpr std::chrono::minutes buckets_last{2};

  explicit RedisLive(Settings settings);

  Task<std::vector<Looked>> look(std::vector<Asked> asked) override;
  // Of our own count: that of all servers is by the minute only, and fills up by itself.
  void give_back(const std::string& who) override { own_.give_back(who); }
  bool shares() const override { return true; }
  void keep(const std::string& who, Copy copy) override;
  void publish(std::string news) override;
  void start(std::vector<Executor> io_threads) override;
  void close() override { lanes_.clear(); }
  std::string_view backend() const override { return "redis"; }
  State state() const override;

 private:
  using Lane = std::shared_ptr<RedisLane>;
  Lane lane_of(const Executor& executor) const;
  std::vector<Command> questions(const std::vector<Asked>& asked) const;
  void take_in(const RedisLane& lane, const std::vector<Asked>& asked, const std::vector<Reply>& replies,
               std::vector<Looked>& looked);
  std::optional<Copy> copy_in(const std::string& who, const Reply& reply);
  void kept(const RedisLane& lane, const RedisConnection::Replies& replies);
  void send(std::size_t thread, Command command);
  void tell_news(const RedisLane& lane);

  const Settings settings_;
  const Envelope envelope_;
  RateLimit own_;
  std::shared_ptr<Condition> condition_;
  std::vector<Lane> lanes_;  // only start() and close() change it
  std::mutex mutex_;
  std::set<std::string> news_;  // on its way to the first lane; the same is told once
  std::shared_ptr<std::atomic<std::size_t>> on_the_way_ = std::make_shared<std::atomic<std::size_t>>(0);
};

}  // namespace passerelle::live
