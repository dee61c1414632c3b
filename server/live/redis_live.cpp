#include "live/redis_live.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <functional>
#include <random>

namespace passerelle::live {
namespace {

// A token bucket, as RateLimit has it: tokens and the time of their count. What is no bucket is replaced by a full one.
constexpr std::string_view bucket_script = R"(
local capacity, now = tonumber(ARGV[1]), tonumber(ARGV[2])
local tokens = capacity
local kept = redis.pcall('GET', KEYS[1])
if type(kept) == 'string' then
  local left, filled = string.match(kept, '^(%d+%.?%d*) (%d+)$')
  if left then
    tokens = math.min(capacity, tonumber(left) + math.max(0, now - tonumber(filled)) * capacity / 60000)
  end
end
local taken = 0
if tokens >= 1 then
  tokens = tokens - 1
  taken = 1
end
redis.call('SET', KEYS[1], string.format('%.6f %.0f', tokens, now), 'PX', ARGV[3])
return taken
)";

constexpr std::string_view feed = "passerelle:feed";

template <class Duration>
std::string ms(Duration duration) {
  return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(duration).count());
}

std::function<double()> dice() {
  return [engine = std::mt19937_64(std::random_device()()),
          even = std::uniform_real_distribution<double>(0.0, 1.0)]() mutable { return even(engine); };
}

// A script that could not write has limited nothing.
bool is_flooding(const Reply& reply) { return reply.kind == Reply::Kind::number && reply.number == 0; }

}  // namespace

RedisLive::RedisLive(Settings settings)
    : settings_(std::move(settings)),
      envelope_(settings_.key),
      own_(settings_.flood),
      condition_(std::make_shared<Condition>(1)) {}

void RedisLive::start(std::vector<Executor> io_threads) {
  condition_ = std::make_shared<Condition>(io_threads.size());
  for (std::size_t i = 0; i < io_threads.size(); ++i) {
    lanes_.push_back(std::make_shared<RedisLane>(RedisLane{std::get<RedisPlace>(settings_.place), settings_.password,
                                                           io_threads[i], i, condition_, counters(), dice()}));
    spawn(io_threads[i], RedisLane::run(lanes_.back()));
  }
}

State RedisLive::state() const { return condition_->state(); }

RedisLive::Lane RedisLive::lane_of(const Executor& executor) const {
  for (const Lane& lane : lanes_) {
    if (lane->executor == executor) return lane;
  }
  return nullptr;
}

Task<std::vector<Looked>> RedisLive::look(std::vector<Asked> asked) {
  std::vector<Looked> looked;
  // Counted here, too: when Redis goes or forgets, nobody begins with a full bucket.
  for (const Asked& each : asked) looked.push_back({!own_.take(each.who, each.wrote, each.pace), std::nullopt});
  if (asked.empty()) co_return looked;
  const Lane lane = lane_of(co_await boost::asio::this_coro::executor);
  const auto connection = lane == nullptr ? nullptr : lane->prompt();
  if (connection == nullptr || asked.size() > most_at_once) {
    ++counters().without;
    co_return looked;
  }
  const auto replies = co_await RedisConnection::ask(connection, questions(asked), RedisLane::patience);
  lane->looked(replies.has_value());
  if (!replies) {
    ++counters().late;
    co_return looked;
  }
  ++counters().answered;
  take_in(*lane, asked, *replies, looked);
  co_return looked;
}

std::vector<Command> RedisLive::questions(const std::vector<Asked>& asked) const {
  std::vector<Command> commands;
  for (const Asked& each : asked) {
    if (settings_.flood > 0) {
      commands.push_back({"EVAL", std::string(bucket_script), "1", envelope_.name("flood", each.who),
                          std::to_string(settings_.flood), std::to_string(to_ms(each.wrote)), ms(buckets_last)});
    }
    commands.push_back({"GET", envelope_.name("copy", each.who)});
  }
  return commands;
}

void RedisLive::take_in(const RedisLane& lane, const std::vector<Asked>& asked, const std::vector<Reply>& replies,
                        std::vector<Looked>& looked) {
  std::size_t next = 0;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (settings_.flood > 0) {
      const Reply& bucket = replies[next++];
      lane.heard(bucket);
      looked[i].flooding = looked[i].flooding || is_flooding(bucket);
    }
    looked[i].copy = copy_in(asked[i].who, replies[next++]);
  }
}

std::optional<Copy> RedisLive::copy_in(const std::string& who, const Reply& reply) {
  if (reply.kind == Reply::Kind::nil) return std::nullopt;
  std::optional<Copy> copy;
  if (reply.kind == Reply::Kind::text) copy = envelope_.open(envelope_.name("copy", who), reply.text);
  ++(copy ? counters().found : counters().unreadable);  // of another key, or of another type: the next one replaces it
  return copy;
}

void RedisLive::keep(const std::string& who, Copy copy) {
  if (lanes_.empty() || copy.bytes.size() > longest_copy) {
    ++counters().dropped;
    return;
  }
  std::string name = envelope_.name("copy", who);
  std::string sealed = envelope_.seal(name, copy);
  send(std::hash<std::string>()(name) % lanes_.size(),
       {"SET", std::move(name), std::move(sealed), "PX", ms(copies_last)});
}

void RedisLive::publish(std::string news) {
  if (lanes_.empty()) return;
  const std::lock_guard lock(mutex_);
  if (news_.size() >= most_news) return;
  if (news_.empty()) boost::asio::post(lanes_.front()->executor, [this, lane = lanes_.front()] { tell_news(*lane); });
  news_.insert(std::move(news));
}

void RedisLive::tell_news(const RedisLane& lane) {
  std::set<std::string> news;
  {
    const std::lock_guard lock(mutex_);
    news.swap(news_);
  }
  const auto connection = lane.open();
  if (connection == nullptr) return;
  for (const std::string& each : news) {
    (void)connection->send({{"PUBLISH", std::string(feed), each}}, [](const RedisConnection::Replies&) {});
  }
}

void RedisLive::send(std::size_t thread, Command command) {
  if (++*on_the_way_ > most_on_the_way) {
    --*on_the_way_;
    ++counters().dropped;
    return;
  }
  const Lane& lane = lanes_[thread];
  boost::asio::post(lane->executor, [this, lane, waiting = on_the_way_, sent = std::move(command)] {
    --*waiting;
    const auto connection = lane->open();
    // The lane owns the connection, which must not own the lane.
    const bool taken = connection != nullptr &&
                       connection->send({sent}, [this, its = lane.get()](const auto& replies) { kept(*its, replies); });
    if (!taken) ++counters().dropped;
  });
}

void RedisLive::kept(const RedisLane& lane, const RedisConnection::Replies& replies) {
  if (replies.empty()) {
    ++counters().dropped;
    return;
  }
  ++(replies.front().is_ok() ? counters().kept : counters().refused);
  lane.heard(replies.front());
}

}  // namespace passerelle::live
