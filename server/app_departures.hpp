// What leaves on our own account and what time brings: the client that calls gateways, the outbox, the schedule of due
// rows, and the fetching of missed messages, in the order in which they must begin and end.
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "app_channels.hpp"
#include "base/clock.hpp"
#include "base/task.hpp"
#include "clock_driver.hpp"
#include "config.hpp"
#include "inbox/catch_up.hpp"
#include "inbox/inbox.hpp"
#include "live/live.hpp"
#include "outbox/outbox.hpp"
#include "store/writer.hpp"
#include "turns/content.hpp"

namespace passerelle {

class Departures {
 public:
  struct Parts {
    const Config& config;
    const Channels& channels;
    const turns::ChannelBook& book;
    store::Writer& writer;
    inbox::Inbox& inbox;
    live::Live& live;
    const Clock& clock;
    Executor executor;  // one io thread's
    std::function<std::shared_ptr<const turns::Content>()> content;
    std::map<std::string, std::string, std::less<>> hooks;  // where gateways call us, by channel
  };
  // Errors: the client cannot be made (no certificates, a bad address).
  static result<std::unique_ptr<Departures>> make(Parts parts);
  ~Departures();  // after the executor's context
  Departures(const Departures&) = delete;
  Departures& operator=(const Departures&) = delete;

  // Settles what an earlier run left open, then begins. The calling thread waits for the store: not the executor's.
  result<void> start();
  // Takes nothing more, and waits for what is on its way: while the io threads still run.
  void stop(std::chrono::milliseconds longest);
  // Before the executor's context goes; after stop().
  void release();

  // For a clock that is moved by hand; they refer to this.
  std::vector<Worker> workers();

  std::map<std::string, outbox::Counters> counters() const;  // by channel
  std::map<std::string, std::uint64_t> links() const;        // by channel: links::Links::troubles()

  // Any thread. As app_probe.hpp tells it; of a channel that is there.
  Task<boost::json::object> test(std::string channel);
  Task<result<inbox::CatchUp::Caught>> catch_up(std::string channel);

 private:
  struct State;
  explicit Departures(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace passerelle
