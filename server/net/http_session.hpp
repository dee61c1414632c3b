// One connection: reads requests one after another and has the router's handlers answer them, within every limit.
#pragma once

#include <atomic>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/http.hpp"
#include "base/task.hpp"
#include "net/guard.hpp"
#include "net/io_thread.hpp"
#include "net/router.hpp"

namespace passerelle::net {

struct Site {  // what a listener serves
  ListenerSettings settings;
  Router router;
};

struct Peer {
  std::string address;
  bool is_loopback = false;
};

class TlsLayer;

// Lives on one io thread; what other threads may call is marked. Its own coroutine keeps it alive.
class HttpSession : public std::enable_shared_from_this<HttpSession> {
 public:
  // TCP or Unix: the same system calls either way.
  using Socket =
      boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol, boost::asio::io_context::executor_type>;
  using Instant = std::chrono::steady_clock::time_point;

  HttpSession(Socket socket, Peer peer, const Site& site, IoThread& thread, Common& common);
  HttpSession(const HttpSession&) = delete;
  HttpSession& operator=(const HttpSession&) = delete;
  ~HttpSession();

  static Task<void> run(std::shared_ptr<HttpSession> self);

  void sweep(Instant now);  // ends what the connection is doing when its time is over
  void wake_to_drain();

  // Any thread. Since when it waits for (the rest of) a request, 0 when it does not; idle: between two requests or in a
  // body, and so the last to make room.
  std::int64_t waiting_since() const { return waiting_since_.load(std::memory_order_relaxed); }
  bool is_idle() const { return idle_.load(std::memory_order_relaxed); }
  bool is_leaving() const { return leaving_.load(std::memory_order_relaxed); }
  void make_room();  // closes it soon, unless a request has come meanwhile

 private:
  enum class Phase { waiting, header, body, handling, overtime, writing, lingering };
  struct Step {
    bool alive = true;  // false: the peer has left or never spoke, and gets no answer
    int refuse = 0;     // else a status to refuse with
  };

  // http_session.cpp: the course of a request. false: it was the last one of the connection.
  Task<bool> serve_one();
  Task<Step> receive_head(Verdict& verdict);
  Task<Step> receive_body(const Verdict& verdict);
  bool has_place();  // for what has come of the body
  Task<bool> answer(const Router::Match& match, bool keep_alive);
  Task<bool> answer_no_route(const Router::Match& match, const Verdict& verdict);
  Task<HttpResponse> handle(const Router::Match& match);
  Task<void> refuse(int status);
  Step judge_head(std::string_view block, Verdict& verdict);
  void report(const HttpResponse& response, bool written);

  // http_session_io.cpp: bytes and deadlines.
  Task<void> end();      // for TLS: tells the peer that nothing was cut off
  Task<bool> receive();  // at least one more byte; false: none will come, or the time is over
  Task<bool> write(const HttpResponse& response, bool close);  // one that cannot be sent becomes a 500, and false
  Task<bool> write_out();
  Task<void> linger();
  std::string_view arrived() const { return std::string_view(buffer_).substr(begin_, end_ - begin_); }
  void make_space();
  void shed_memory();
  void enter_phase(Phase phase, Instant deadline);
  void start_waiting();
  void start_header();
  void answer_overtime();
  bool is_last() const;  // draining, and the peer has sent nothing more
  void give_way();
  bool start_leaving();  // any thread; false: it was leaving already
  void stay();
  void close();

  Socket socket_;
  std::unique_ptr<TlsLayer> tls_;  // null: plain
  const Site& site_;
  IoThread& thread_;
  Common& common_;
  const Limits& limits_;

  Phase phase_ = Phase::waiting;
  Instant deadline_;
  bool expired_ = false;  // the time of a header or body was over: 408
  bool first_ = true;     // no header has been read yet
  std::string buffer_;    // received and not yet consumed: [begin_, end_)
  std::size_t begin_ = 0, end_ = 0;
  HttpRequest request_;
  std::string out_;
  std::optional<LargeBody> large_;      // while this request's body is longer than usual
  std::atomic<bool> gave_way_ = false;  // its place went to somebody who sends faster
  std::atomic<std::int64_t> waiting_since_ = 0;
  std::atomic<bool> idle_ = false;
  std::atomic<bool> leaving_ = false;
};

}  // namespace passerelle::net
