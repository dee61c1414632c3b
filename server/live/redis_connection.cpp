#include "live/redis_connection.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace passerelle::live {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Endpoint = asio::generic::stream_protocol::endpoint;

Endpoint endpoint_of(const RedisPlace& place) {
  if (!place.path.empty()) return {asio::local::stream_protocol::endpoint(place.path)};
  return {asio::ip::tcp::endpoint(asio::ip::make_address(place.address), place.port)};
}

// For whoever reads the log: the remedies differ.
std::string reason(const error_code& failed) {
  if (failed == asio::error::connection_refused) return "refused";
  if (failed == boost::system::errc::no_such_file_or_directory) return "no_socket";
  if (failed == boost::system::errc::permission_denied) return "permission";
  return "connect";
}

// Whoever asked sleeps on the timer, which is the deadline, too.
struct Question {
  explicit Question(const Executor& executor) : timer(executor) {}

  asio::steady_timer timer;
  bool settled = false;
  RedisConnection::Replies replies = {};
};

}  // namespace

RedisConnection::RedisConnection(const Executor& executor) : socket_(executor), ended_(executor) {}

Task<RedisConnection::Opened> RedisConnection::open(RedisPlace place, Milliseconds deadline) {
  const Executor executor = co_await asio::this_coro::executor;
  auto made = std::make_shared<RedisConnection>(executor);
  auto timer = std::make_shared<asio::steady_timer>(executor, deadline);
  timer->async_wait([weak = std::weak_ptr(made), timer](const error_code& cancelled) {
    const auto late = weak.lock();
    if (!cancelled && late != nullptr) late->end("deadline");
  });
  error_code failed;
  co_await made->socket_.async_connect(endpoint_of(place), asio::redirect_error(asio::use_awaitable, failed));
  timer->cancel();
  if (!made->open_) co_return Opened{nullptr, made->why_};
  error_code ignored;
  if (place.path.empty()) made->socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  if (!failed) made->socket_.non_blocking(true, failed);
  if (failed) co_return Opened{nullptr, reason(failed)};
  spawn(executor, read_all(made));
  spawn(executor, watch(made));
  co_return Opened{std::move(made), {}};
}

bool RedisConnection::send(const std::vector<Command>& commands, Settled settled) {
  if (!open_ || commands.empty() || expected_.size() >= most_expected || unsent_.size() >= most_unsent) return false;
  for (const Command& command : commands) append(command, unsent_);
  expected_.push_back({commands.size(), std::move(settled), std::chrono::steady_clock::now()});
  ++unwritten_;
  if (!writing_) write_soon();
  return true;
}

// Once whoever is ready now has asked, too: of many who write at once, one write and one read of Redis' then do for
// all.
void RedisConnection::write_soon() {
  writing_ = true;
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    self->writing_ = false;
    if (self->open_) self->flush();
  });
}

// Mostly the socket takes all at once, and nobody has to wait.
void RedisConnection::flush() {
  // Only from now on a reply can be late.
  const auto now = std::chrono::steady_clock::now();
  const std::size_t known = expected_.size();
  for (std::size_t i = known - std::min(known, unwritten_); i < known; ++i) expected_[i].since = now;
  unwritten_ = 0;
  error_code failed;
  const std::size_t written = socket_.write_some(asio::buffer(unsent_), failed);
  unsent_.erase(0, written);
  if (failed && failed != asio::error::would_block) return end("ended");
  if (unsent_.empty()) return;
  writing_ = true;
  spawn(socket_.get_executor(), write_all(shared_from_this()));
}

Task<std::optional<RedisConnection::Replies>> RedisConnection::ask(std::shared_ptr<RedisConnection> self,
                                                                   std::vector<Command> commands,
                                                                   Milliseconds patience) {
  auto question = std::make_shared<Question>(co_await asio::this_coro::executor);
  const bool sent = self->send(commands, [question](const Replies& replies) {
    question->settled = true;
    question->replies = replies;
    question->timer.cancel();
  });
  if (!sent) co_return std::nullopt;
  // Behind write_soon's: a thread that was busy until then has cost nobody's patience.
  co_await asio::post(question->timer.get_executor(), asio::use_awaitable);
  error_code ignored;
  if (!question->settled) {
    question->timer.expires_after(patience);
    co_await question->timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  // A thread that was busy for so long finds the reply and the end of its patience at the same time.
  if (!question->settled) self->take_arrived();
  if (question->replies.empty()) co_return std::nullopt;
  co_return std::move(question->replies);
}

bool RedisConnection::is_behind(Milliseconds patience) const {
  return !expected_.empty() && std::chrono::steady_clock::now() - expected_.front().since > patience;
}

void RedisConnection::end(const std::string& why) {
  if (!std::exchange(open_, false)) return;
  why_ = why;
  error_code ignored;
  socket_.close(ignored);
  for (const Expected& waiting : std::exchange(expected_, {})) waiting.settled({});
  ended_.ring();
}

Task<void> RedisConnection::rest(std::shared_ptr<RedisConnection> self, Milliseconds longest) {
  if (self->open_) co_await self->ended_.sleep(longest);
}

// Waiting and reading are two steps, so that whoever has no patience left can read in between (ask).
Task<void> RedisConnection::read_all(std::shared_ptr<RedisConnection> self) {
  while (self->open_) {
    error_code failed;
    co_await self->socket_.async_wait(asio::socket_base::wait_read, asio::redirect_error(asio::use_awaitable, failed));
    if (failed) self->end("ended");
    self->take_arrived();
  }
}

void RedisConnection::take_arrived() {
  std::array<char, 16 * 1024> bytes;
  // As much as one reply may be long; the rest, after others have had their turn.
  for (std::size_t taken = 0; open_ && taken < ReplyReader::longest;) {
    error_code failed;
    const std::size_t size = socket_.read_some(asio::buffer(bytes), failed);
    if (failed == asio::error::would_block) return;
    if (failed) return end("ended");
    Replies replies;
    if (!reader_.take({bytes.data(), size}, replies)) return end("protocol");
    settle(std::move(replies));
    taken += size;
  }
}

void RedisConnection::settle(Replies replies) {
  for (Reply& reply : replies) {
    if (expected_.empty()) return end("protocol");
    Expected& first = expected_.front();
    first.replies.push_back(std::move(reply));
    if (first.replies.size() < first.count) continue;
    const Expected whole = std::move(first);
    expected_.pop_front();
    whole.settled(whole.replies);
  }
}

Task<void> RedisConnection::write_all(std::shared_ptr<RedisConnection> self) {
  while (self->open_ && !self->unsent_.empty()) {
    const std::string bytes = std::exchange(self->unsent_, {});
    self->unwritten_ = 0;
    error_code failed;
    co_await asio::async_write(self->socket_, asio::buffer(bytes), asio::redirect_error(asio::use_awaitable, failed));
    if (failed) self->end("ended");
  }
  self->writing_ = false;
}

// For what nobody waits for.
Task<void> RedisConnection::watch(std::shared_ptr<RedisConnection> self) {
  while (self->open_) {
    co_await wait_for(overdue / 2);
    if (self->is_behind(overdue)) self->take_arrived();
    if (self->is_behind(overdue)) self->end("late");
  }
}

}  // namespace passerelle::live
