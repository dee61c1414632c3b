#include "net/io_thread.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/core/demangle.hpp>
#include <exception>

#include "base/log.hpp"
#include "net/http_session.hpp"

namespace passerelle::net {
namespace {

// One clock hand for all connections of a thread costs less than a timer re-armed in every phase of every request.
std::chrono::milliseconds sweep_period(const Limits& limits) {
  const auto shortest = std::min({limits.header_time, limits.body_grace, limits.body_time, limits.handler_time,
                                  limits.write_time, limits.idle_time});
  return std::clamp(shortest / 8, std::chrono::milliseconds(5), std::chrono::milliseconds(200));
}

}  // namespace

IoThread::IoThread(Common& common) : common_(common) {}

void IoThread::start() {
  arm();
  thread_ = std::thread([this] { run(); });
}

void IoThread::stop() {
  context_.stop();
  if (thread_.joinable()) thread_.join();
}

// The last firewall: an exception that no connection caught costs that connection, never the thread (B1).
void IoThread::run() {
  for (;;) {
    try {
      context_.run();
      return;
    } catch (const std::exception& error) {
      log::error("io_thread_caught", {{"class", boost::core::demangle(typeid(error).name())}});
    } catch (...) {
      log::error("io_thread_caught", {{"class", "unknown"}});
    }
  }
}

void IoThread::arm() {
  hand_.expires_after(sweep_period(common_.limits));
  hand_.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    arm();
    sweep();
  });
}

void IoThread::sweep() {
  const auto now = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  for (HttpSession* session : sessions_) session->sweep(now);
}

void IoThread::enter(HttpSession& session) {
  const std::lock_guard lock(mutex_);
  sessions_.push_back(&session);
}

void IoThread::leave(HttpSession& session) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find(sessions_.begin(), sessions_.end(), &session);
  if (found == sessions_.end()) return;
  *found = sessions_.back();
  sessions_.pop_back();
}

void IoThread::drain() {
  boost::asio::post(context_, [this] {
    const std::lock_guard lock(mutex_);
    for (HttpSession* session : sessions_) session->wake_to_drain();
  });
}

bool IoThread::Waiting::before(const Waiting& other) const {
  if (other.session == nullptr) return session != nullptr;
  return session != nullptr && (idle != other.idle ? other.idle : since < other.since);
}

IoThread::Waiting IoThread::longest_waiting() {
  const std::lock_guard lock(mutex_);
  HttpSession* longest = nullptr;
  std::int64_t since = 0;
  bool idle = false;
  for (HttpSession* session : sessions_) {
    const std::int64_t its_since = session->waiting_since();
    const bool its_idle = session->is_idle();
    if (its_since == 0 || session->is_leaving()) continue;
    if (longest != nullptr && (its_idle != idle ? its_idle : its_since >= since)) continue;
    longest = session;
    since = its_since;
    idle = its_idle;
  }
  return longest == nullptr ? Waiting{} : Waiting{longest->weak_from_this().lock(), since, idle};
}

}  // namespace passerelle::net
