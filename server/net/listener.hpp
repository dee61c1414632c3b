// The door: accepts connections on one address or Unix socket and hands them to the io threads in turn.
#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "net/http_session.hpp"
#include "net/io_thread.hpp"
#include "net/local_name.hpp"

namespace passerelle::net {

class Listener {
 public:
  using Threads = std::vector<std::unique_ptr<IoThread>>;

  // Accepts on the first of 'threads'. All references outlive it.
  Listener(const Site& site, Threads& threads, Common& common);

  result<std::uint16_t> open();  // the port that was bound; 0 for a Unix socket
  void start();
  void drain();  // any thread: takes in those who are already connected, then closes

 private:
  using Acceptor =
      boost::asio::basic_socket_acceptor<boost::asio::generic::stream_protocol, boost::asio::io_context::executor_type>;

  result<std::uint16_t> open_address();
  result<std::uint16_t> open_local();
  std::optional<Peer> welcome(HttpSession::Socket& socket) const;  // nothing: closed at once
  static Task<void> accept_all(Listener& self);
  Task<void> accept_one();
  void accept_backlog();
  Task<void> back_off(boost::system::error_code error);
  void admit(HttpSession::Socket socket, IoThread& thread);
  bool has_room();
  bool make_room();
  IoThread& next_thread();

  const Site& site_;
  Threads& threads_;
  Common& common_;
  Acceptor acceptor_;
  std::optional<LocalName> name_;
  boost::asio::steady_timer pause_;
  std::size_t turn_ = 0;
};

}  // namespace passerelle::net
