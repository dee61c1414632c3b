// One io thread: its io_context, the connections that live on it, and the hand of the clock that ends overdue ones.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "net/large_bodies.hpp"
#include "net/server.hpp"

namespace passerelle::net {

class HttpSession;

// What every connection of a server shares.
struct Common {
  explicit Common(const Limits& agreed) : limits(agreed), large_bodies({agreed.large_grace, agreed.large_rate}) {}

  const Limits limits;
  std::atomic<std::uint64_t> accepted = 0, requests = 0, refused = 0, accept_failures = 0;
  std::atomic<std::uint64_t> open = 0;
  std::atomic<std::uint64_t> leaving = 0;    // told to make room or at their end, not yet gone; part of 'open'
  std::atomic<std::uint64_t> accepting = 0;  // listeners whose accept loop runs
  std::atomic<bool> draining = false;
  LargeBodies large_bodies;  // of the listeners that have few places for them
  std::mutex mutex;
  std::condition_variable fewer;  // 'open' or 'accepting' fell
};

class IoThread {
 public:
  explicit IoThread(Common& common);

  void start();
  void stop();  // at once, and joins; what was under way stays suspended
  boost::asio::io_context& context() { return context_; }

  void enter(HttpSession& session);  // any thread
  void leave(HttpSession& session);
  void drain();  // any thread: wakes the connections that wait for a request

  // Any thread: the connection that has waited longest for the rest of a header, else the one idle for longest.
  struct Waiting {
    std::shared_ptr<HttpSession> session;
    std::int64_t since = 0;
    bool idle = false;

    bool before(const Waiting& other) const;
  };
  Waiting longest_waiting();

 private:
  void run();
  void arm();
  void sweep();

  Common& common_;
  std::mutex mutex_;  // of sessions_, which the acceptor uses too
  std::vector<HttpSession*> sessions_;
  // Destroyed before the list: the connections still suspended in its queue leave the list then.
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{context_.get_executor()};
  boost::asio::steady_timer hand_{context_};
  std::thread thread_;
};

}  // namespace passerelle::net
