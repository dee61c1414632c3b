#include "live/redis_lane.hpp"

namespace passerelle::live {
namespace {

using Connection = std::shared_ptr<RedisConnection>;
using Clock = std::chrono::steady_clock;

constexpr int pings = 3;

std::vector<Command> greetings(const RedisLane& lane) {
  std::vector<Command> commands;
  if (!lane.password.empty()) {
    Command sign_in{"AUTH"};
    if (!lane.place.user.empty()) sign_in.push_back(lane.place.user);
    sign_in.emplace_back(lane.password.reveal());
    commands.push_back(std::move(sign_in));
  }
  commands.push_back({"SELECT", std::to_string(lane.place.database)});
  return commands;
}

// Why not; nothing: it may be used.
std::string trouble(const Connection& connection, const std::optional<RedisConnection::Replies>& replies) {
  if (!replies) return connection->why().empty() ? "late" : connection->why();
  for (const Reply& reply : *replies) {
    if (!reply.is_ok()) return reply.code();
  }
  return {};
}

// Signs in, and sees whether it answers as fast as people who wait need it: that is the probe of the breaker.
Task<std::string> greet(const RedisLane& lane, Connection connection) {
  const auto greeted = co_await RedisConnection::ask(connection, greetings(lane), RedisLane::greeting);
  if (std::string why = trouble(connection, greeted); !why.empty()) co_return why;
  Clock::duration took{};
  for (int i = 0; i < pings; ++i) {
    const auto begun = Clock::now();
    const auto answer = co_await RedisConnection::ask(connection, {{"PING"}}, RedisLane::greeting);
    if (std::string why = trouble(connection, answer); !why.empty()) co_return why;
    took = Clock::now() - begun;
    if (took <= RedisLane::patience) co_return std::string();
  }
  co_return "slow";
}

Task<std::string> connect(RedisLane& lane) {
  auto opened = co_await RedisConnection::open(lane.place, RedisLane::greeting);
  if (opened.connection == nullptr) co_return opened.why;
  const std::string why = co_await greet(lane, opened.connection);
  if (!why.empty()) {
    opened.connection->end(why);
    co_return why;
  }
  lane.connection = std::move(opened.connection);
  co_return std::string();
}

// While it is open. Without this, one that has recovered would be told so only by the next message.
Task<void> stay(const RedisLane& lane, Connection connection) {
  static const Command write{"SET", "passerelle:probe", "1", "PX", "1000"};
  while (connection->is_open()) {
    co_await RedisConnection::rest(connection, RedisLane::recheck);
    if (lane.condition->state() != State::refusing) continue;
    const auto answer = co_await RedisConnection::ask(connection, {write}, RedisLane::greeting);
    if (answer) lane.heard(answer->front());
  }
}

}  // namespace

void RedisLane::looked(bool in_time) {
  const auto now = Clock::now();
  if (in_time) late = 0;
  if (!in_time && now - late_at > patience) ++late;
  if (!in_time) late_at = now;
  if (late >= most_late && open() != nullptr) connection->end("slow");
}

void RedisLane::heard(const Reply& reply) const {
  const auto now = Clock::now();
  if (reply.is_ok())
    condition->accepted(now);
  else
    condition->refused(reply.code(), now);
}

Task<void> RedisLane::run(std::shared_ptr<RedisLane> self) {
  for (;;) {
    if (!self->breaker.probe(Clock::now())) {
      const auto pause = std::chrono::ceil<std::chrono::milliseconds>(self->breaker.probe_at() - Clock::now());
      co_await wait_for(std::max(pause, std::chrono::milliseconds(1)));
      continue;
    }
    std::string why = co_await connect(*self);
    if (why.empty()) {
      self->late = 0;
      self->breaker.passed(Clock::now());
      ++self->counters.connected;
      self->condition->connected(self->index);
      co_await stay(*self, self->connection);
      why = std::exchange(self->connection, nullptr)->why();
    }
    self->breaker.failed(Clock::now(), self->dice());
    self->condition->lost(self->index, why);
  }
}

}  // namespace passerelle::live
