#include "net/server.hpp"

#include <algorithm>

#include "net/io_thread.hpp"
#include "net/listener.hpp"

namespace passerelle::net {

struct Server::State {
  State(std::size_t io_threads, const Limits& limits) : common(limits) {
    for (std::size_t i = 0; i < std::max<std::size_t>(io_threads, 1); ++i) {
      threads.push_back(std::make_unique<IoThread>(common));
    }
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  // The first thread goes first: its accept loop may hold a socket that belongs to another one.
  ~State() {
    stop();
    listeners.clear();
    for (auto& thread : threads) thread.reset();
  }

  void stop() {
    for (auto& thread : threads) thread->stop();
    running = false;
  }

  result<std::uint16_t> add_listener(const ListenerSettings& settings, Router router) {
    auto site = std::make_unique<Site>(Site{settings, std::move(router)});
    auto listener = std::make_unique<Listener>(*site, threads, common);
    result<std::uint16_t> port = listener->open();
    if (!port) return port;
    sites.push_back(std::move(site));
    listeners.push_back(std::move(listener));
    return port;
  }

  bool is_quiet() const { return common.open == 0 && common.accepting == 0; }

  Common common;
  std::vector<std::unique_ptr<Site>> sites;  // connections refer to them, also those still suspended at the end
  std::vector<std::unique_ptr<IoThread>> threads;
  std::vector<std::unique_ptr<Listener>> listeners;
  bool running = false;
};

Server::Server(std::size_t io_threads, Limits limits) : state_(std::make_unique<State>(io_threads, limits)) {}

Server::~Server() = default;

result<std::uint16_t> Server::listen(const ListenerSettings& settings, Router router) {
  return state_->add_listener(settings, std::move(router));
}

result<void> Server::listen_local(const std::string& path, Router router) {
  ListenerSettings settings;
  settings.path = path;
  settings.any_host = true;
  settings.body = local_body;
  if (const auto opened = state_->add_listener(settings, std::move(router)); !opened) return opened.error();
  return {};
}

Executor Server::executor() { return state_->threads.front()->context().get_executor(); }

std::vector<Executor> Server::executors() {
  std::vector<Executor> all;
  for (const auto& thread : state_->threads) all.emplace_back(thread->context().get_executor());
  return all;
}

void Server::start() {
  state_->running = true;
  for (auto& listener : state_->listeners) listener->start();
  for (auto& thread : state_->threads) thread->start();
}

void Server::drain(std::chrono::milliseconds deadline) {
  if (!state_->running) return;
  Common& common = state_->common;
  common.draining = true;
  for (auto& listener : state_->listeners) listener->drain();
  for (auto& thread : state_->threads) thread->drain();
  {
    std::unique_lock lock(common.mutex);
    common.fewer.wait_for(lock, deadline, [this] { return state_->is_quiet(); });
  }
  state_->stop();
}

Server::Counters Server::counters() const {
  const Common& common = state_->common;
  return Counters{common.accepted, common.requests, common.refused, common.open, common.accept_failures};
}

}  // namespace passerelle::net
