// A Redis that answers as a test says, on the test's own thread. What the real one does: tests/system/redis.test.mjs.
#pragma once

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/task.hpp"
#include "base/timer.hpp"
#include "live/place.hpp"
#include "live/reply.hpp"

namespace passerelle::testing {

class FakeRedis {
 public:
  // What it says to a command; empty: nothing, and the command waits for ever.
  using Says = std::function<std::string(const live::Command&)>;

  FakeRedis(boost::asio::io_context& context, Says says) : state_(std::make_shared<State>(context, std::move(says))) {
    spawn(context.get_executor(), accept(state_));
  }
  ~FakeRedis() { hang_up(true); }
  FakeRedis(const FakeRedis&) = delete;
  FakeRedis& operator=(const FakeRedis&) = delete;

  live::RedisPlace place() const { return {"127.0.0.1", state_->acceptor.local_endpoint().port(), "", 3, ""}; }
  const std::vector<live::Command>& commands() const { return state_->commands; }
  void says(Says says) { state_->says = std::move(says); }
  void takes(std::chrono::milliseconds time) { state_->takes = time; }  // for each answer
  // Ends every connection; 'for_good': and takes no other.
  void hang_up(bool for_good = false) {
    for (const auto& peer : state_->peers) peer->close();
    state_->peers.clear();
    if (for_good) state_->acceptor.close();
  }

  // What every Redis says when somebody comes.
  static std::string well(const live::Command& command) {
    if (command[0] == "PING") return "+PONG\r\n";
    if (command[0] == "EVAL") return ":1\r\n";
    if (command[0] == "GET") return "$-1\r\n";
    if (command[0] == "PUBLISH") return ":0\r\n";
    return "+OK\r\n";
  }

 private:
  using Socket = boost::asio::ip::tcp::socket;
  struct State {
    State(boost::asio::io_context& context, Says first)
        : acceptor(context, {boost::asio::ip::address_v4::loopback(), 0}), says(std::move(first)) {}

    boost::asio::ip::tcp::acceptor acceptor;
    Says says;
    std::chrono::milliseconds takes{0};
    std::vector<live::Command> commands;
    std::vector<std::shared_ptr<Socket>> peers;
  };

  static Task<void> accept(std::shared_ptr<State> state) {
    while (state->acceptor.is_open()) {
      auto peer = std::make_shared<Socket>(state->acceptor.get_executor());
      boost::system::error_code failed;
      co_await state->acceptor.async_accept(*peer, boost::asio::redirect_error(boost::asio::use_awaitable, failed));
      if (failed) co_return;
      state->peers.push_back(peer);
      spawn(state->acceptor.get_executor(), serve(state, peer));
    }
  }

  // Commands are lists of texts, as replies may be: the same reader reads them.
  static Task<void> serve(std::shared_ptr<State> state, std::shared_ptr<Socket> peer) {
    live::ReplyReader reader;
    std::array<char, 4096> bytes;
    for (;;) {
      boost::system::error_code failed;
      const std::size_t size = co_await peer->async_read_some(
          boost::asio::buffer(bytes), boost::asio::redirect_error(boost::asio::use_awaitable, failed));
      if (failed) co_return;
      std::vector<live::Reply> heard;
      if (!reader.take({bytes.data(), size}, heard)) co_return;
      std::string answer;
      for (const live::Reply& one : heard) {
        live::Command command;
        for (const live::Reply& word : one.items) command.push_back(word.text);
        state->commands.push_back(command);
        answer += state->says(command);
      }
      if (state->takes.count() > 0) co_await wait_for(state->takes);
      co_await boost::asio::async_write(*peer, boost::asio::buffer(answer),
                                        boost::asio::redirect_error(boost::asio::use_awaitable, failed));
    }
  }

  std::shared_ptr<State> state_;
};

}  // namespace passerelle::testing
