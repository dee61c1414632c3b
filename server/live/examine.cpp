#include "live/examine.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <charconv>

#include "live/redis_lane.hpp"

namespace passerelle::live {
namespace {

using Connection = std::shared_ptr<RedisConnection>;
using std::chrono::steady_clock;

constexpr auto patience = RedisLane::greeting;

// "used_memory:1024\r\n"
std::string_view value_of(std::string_view info, std::string_view name) {
  for (std::size_t at = 0; at < info.size();) {
    const std::string_view line = info.substr(at, info.find_first_of("\r\n", at) - at);
    if (line.starts_with(name) && line.substr(name.size()).starts_with(':')) return line.substr(name.size() + 1);
    at += std::max<std::size_t>(line.size(), 1);
  }
  return {};
}

Examined::Info read_info(std::string_view text) {
  Examined::Info info;
  info.version = value_of(text, "redis_version").substr(0, 20);
  info.policy = value_of(text, "maxmemory_policy").substr(0, 20);
  const std::string_view most = value_of(text, "maxmemory");
  std::from_chars(most.data(), most.data() + most.size(), info.most_memory);
  info.is_replica = value_of(text, "role") == "slave";
  return info;
}

// One command; without an answer it was not reached.
Task<std::optional<Reply>> ask(Connection connection, Command command, Examined* found) {
  const auto replies = co_await RedisConnection::ask(connection, {std::move(command)}, patience);
  if (replies) co_return replies->front();
  found->unreached = connection->why().empty() ? "late" : connection->why();
  co_return std::nullopt;
}

std::string code_of(const std::optional<Reply>& reply) { return reply && !reply->is_ok() ? reply->code() : ""; }

// False: there is no use in asking on.
Task<bool> sign_in(Connection connection, RedisPlace place, Secret password, Examined* found) {
  if (!password.empty()) {
    Command command{"AUTH"};
    if (!place.user.empty()) command.push_back(place.user);
    command.emplace_back(password.reveal());
    const auto answer = co_await ask(connection, std::move(command), found);
    found->sign_in = code_of(answer);
    if (!answer || !answer->is_ok()) co_return false;
  }
  const auto chosen = co_await ask(connection, {"SELECT", std::to_string(place.database)}, found);
  (code_of(chosen) == "noauth" ? found->sign_in : found->database) = code_of(chosen);
  co_return chosen && chosen->is_ok();
}

Task<void> time_pings(Connection connection, Examined* found) {
  std::array<steady_clock::duration, 5> took{};
  for (auto& each : took) {
    const auto begun = steady_clock::now();
    if (!co_await ask(connection, {"PING"}, found)) co_return;
    each = steady_clock::now() - begun;
  }
  std::ranges::sort(took);
  found->latency = std::chrono::duration_cast<std::chrono::microseconds>(took.front());  // a busy machine is not slow
}

Task<void> look(Connection connection, RedisPlace place, Secret password, Examined* found) {
  if (!co_await sign_in(connection, place, password, found)) co_return;
  co_await time_pings(connection, found);
  if (!found->unreached.empty()) co_return;
  const auto told = co_await ask(connection, {"INFO"}, found);
  if (told && told->kind == Reply::Kind::text) found->info = read_info(told->text);
  // They read, and name a key as ours are named: a user of Redis' access lists may be allowed others only.
  for (Command command : {Command{"GET", "passerelle:copy:doctor"}, Command{"EVAL", "return 0", "0"}}) {
    if (!found->unreached.empty() || !found->commands.empty()) co_return;
    found->commands = code_of(co_await ask(connection, std::move(command), found));
  }
}

Task<void> visit(RedisPlace place, Secret password, Examined* found) {
  const auto opened = co_await RedisConnection::open(place, patience);
  found->unreached = opened.why;
  if (opened.connection == nullptr) co_return;
  co_await look(opened.connection, place, std::move(password), found);
  opened.connection->end("done");
}

}  // namespace

Examined examine(const RedisPlace& place, const Secret& password) {
  Examined found;
  boost::asio::io_context context(1);
  boost::asio::co_spawn(context, visit(place, password, &found), boost::asio::detached);
  context.run();
  return found;
}

}  // namespace passerelle::live
