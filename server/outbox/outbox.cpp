#include "outbox/outbox.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "outbox/settle.hpp"

namespace passerelle::outbox {

Outbox::Outbox(const Parts& parts, const std::vector<Sender>& senders) : parts_(parts) {
  for (const Sender& sender : senders) {
    if (!sender.channel.traits().sends) continue;
    senders_.push_back(sender);
    dispatchers_.emplace(sender.name, std::make_unique<Dispatcher>(Dispatcher::Parts{
                                          parts.writer, parts.transport, sender.channel, sender.policy, sender.name,
                                          parts.clock, parts.executor, parts.random, parts.may_leave, parts.carry}));
  }
}

result<void> Outbox::start() {
  std::map<std::string, Manners> manners;
  for (const Sender& sender : senders_) {
    manners[sender.name] = {sender.channel.traits().takes_reference, sender.policy.resend_once};
  }
  std::int64_t open = 0;
  const auto settled = store::transact_now(parts_.writer, [&](store::Transaction& transaction) {
    open = settle_earlier_run(transaction, manners, parts_.clock.now());
  });
  if (!settled) return settled.error();
  if (open > 0) log::warning("outbox.left_open", {{"count", open}});
  for (const auto& [name, dispatcher] : dispatchers_) dispatcher->start();
  return {};
}

void Outbox::committed(const store::Notes& notes) {
  for (const std::string& channel : notes.channels) {
    const auto found = dispatchers_.find(channel);
    if (found != dispatchers_.end()) found->second->ring();
  }
}

void Outbox::ring() {
  for (const auto& [name, dispatcher] : dispatchers_) dispatcher->ring();
}

void Outbox::stop() {
  for (const auto& [name, dispatcher] : dispatchers_) dispatcher->stop();
}

bool Outbox::wait_until_stopped(std::chrono::milliseconds longest) {
  const auto deadline = std::chrono::steady_clock::now() + longest;
  bool all = true;
  for (const auto& [name, dispatcher] : dispatchers_) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    all = dispatcher->wait_until_stopped(std::max(left, std::chrono::milliseconds(0))) && all;
  }
  return all;
}

bool Outbox::idle() const {
  return std::ranges::all_of(dispatchers_, [](const auto& entry) { return entry.second->idle(); });
}

std::optional<TimePoint> Outbox::next_wake() const {
  std::optional<TimePoint> next;
  for (const auto& [name, dispatcher] : dispatchers_) {
    const auto wake = dispatcher->next_wake();
    if (wake && (!next || *wake < *next)) next = wake;
  }
  return next;
}

std::map<std::string, Counters> Outbox::counters() const {
  std::map<std::string, Counters> all;
  for (const auto& [name, dispatcher] : dispatchers_) all[name] = dispatcher->counters();
  return all;
}

}  // namespace passerelle::outbox
