// Sends what waits for one channel: takes it from the store, hands it to the gateway, writes down what came of it.
// The rows are the queue: in memory is only what is on its way.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/task.hpp"
#include "base/transport.hpp"
#include "channel/channel.hpp"
#include "domain/channel_policy.hpp"
#include "outbox/look.hpp"
#include "store/writer.hpp"

namespace passerelle::outbox {

// How a message is carried to a gateway that is no web service.
using Carry = std::function<Task<handover::Over>(std::unique_ptr<Handover> message)>;

struct Counters {
  // Attempts since the start, by what came of them.
  std::uint64_t sent = 0, retried = 0, uncertain = 0, failed = 0;
  std::size_t in_flight = 0;  // requests that are on their way or not yet written down
  bool paused = false;        // nothing leaves until somebody resumes it
  bool failing = false;       // the gateway: one request a minute tries whether it is back
  bool signed_out = false;    // the gateway gives us no token: messages wait
};

// Lives on 'executor', one io thread. It goes before the executor's context; writer, transport, channel and clock go
// after it.
class Dispatcher {
 public:
  struct Parts {
    store::Writer& writer;
    Transport& transport;
    const Channel& channel;  // one that sends
    ChannelPolicy policy;
    std::string name;
    const Clock& clock;
    Executor executor;
    std::function<double()> random;  // in [0, 1); called on the executor's thread
    MayLeave may_leave = {};         // nothing: everything may
    Carry carry = {};                // for a channel that hands over: traits().place
  };

  explicit Dispatcher(Parts parts);
  ~Dispatcher();  // stop()
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  void start();  // once, after settle_earlier_run()

  // Any thread.
  void ring();  // something may leave, the channel was resumed, or the clock was moved
  void stop();  // takes nothing more; what is on its way goes on
  bool wait_until_stopped(std::chrono::milliseconds longest);  // not on the executor's thread; true: nothing is left
  bool idle() const;                                           // nothing is on its way, and nothing may leave now
  std::optional<TimePoint> next_wake() const;                  // when something may leave or expire
  Counters counters() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace passerelle::outbox
