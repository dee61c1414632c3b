// One connection to a Redis on Asio: what is asked is answered in order, or the connection ends. hiredis' own
// asynchronous connections have neither time-outs nor limits, and abort the process over a reply that nobody asked for;
// only its parser is used. All on the executor's thread.
#pragma once

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/task.hpp"
#include "base/timer.hpp"
#include "live/place.hpp"
#include "live/reply.hpp"

namespace passerelle::live {

class RedisConnection : public std::enable_shared_from_this<RedisConnection> {
 public:
  using Milliseconds = std::chrono::milliseconds;
  using Replies = std::vector<Reply>;                          // one for each command
  using Settled = std::function<void(const Replies&)>;         // with none: the connection ended first
  static constexpr std::size_t most_expected = 1'024;          // groups of commands that wait for their replies
  static constexpr std::size_t most_unsent = 4 * 1024 * 1024;  // bytes
  static constexpr Milliseconds overdue{500};                  // no reply may take longer

  struct Opened {
    std::shared_ptr<RedisConnection> connection;  // null: not connected
    std::string why;  // a word for the log: "refused", "no_socket", "permission", "deadline"
  };
  static Task<Opened> open(RedisPlace place, Milliseconds deadline);
  explicit RedisConnection(const Executor& executor);

  // False, and 'settled' is not called: it has ended, or too much waits already.
  bool send(const std::vector<Command>& commands, Settled settled);
  // Nothing: it has ended, or the replies did not come in time. They may come later, and are then passed over.
  static Task<std::optional<Replies>> ask(std::shared_ptr<RedisConnection> self, std::vector<Command> commands,
                                          Milliseconds patience);
  // A reply is missing for longer than that.
  bool is_behind(Milliseconds patience) const;

  void end(const std::string& why);
  bool is_open() const { return open_; }
  const std::string& why() const { return why_; }  // …it ended
  // Until it has ended, or for so long.
  static Task<void> rest(std::shared_ptr<RedisConnection> self, Milliseconds longest);

 private:
  using Instant = std::chrono::steady_clock::time_point;
  struct Expected {
    std::size_t count;
    Settled settled;
    Instant since;
    Replies replies = {};
  };
  static Task<void> read_all(std::shared_ptr<RedisConnection> self);
  static Task<void> write_all(std::shared_ptr<RedisConnection> self);
  static Task<void> watch(std::shared_ptr<RedisConnection> self);
  void write_soon();
  void flush();
  void take_arrived();
  void settle(Replies replies);

  boost::asio::generic::stream_protocol::socket socket_;
  Alarm ended_;
  ReplyReader reader_;
  std::deque<Expected> expected_;
  std::string unsent_;
  std::size_t unwritten_ = 0;  // of those that are expected, the last ones
  bool writing_ = false;       // or about to
  bool open_ = true;
  std::string why_;
};

}  // namespace passerelle::live
