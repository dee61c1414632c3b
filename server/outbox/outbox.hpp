// All that leaves on our own account: a dispatcher for each channel that sends.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "outbox/dispatcher.hpp"
#include "store/transaction.hpp"

namespace passerelle::outbox {

// Lives on 'executor', one io thread, and goes before its context; what the parts refer to goes after it.
class Outbox {
 public:
  struct Parts {
    store::Writer& writer;
    Transport& transport;
    const Clock& clock;
    Executor executor;
    std::function<double()> random;  // in [0, 1); called on the executor's thread
    MayLeave may_leave = {};         // nothing: everything may
    Carry carry = {};                // for channels that hand over
  };
  struct Sender {
    std::string name;
    const Channel& channel;
    ChannelPolicy policy;
  };

  // Of the senders only those count whose channel sends (channel/channel.hpp, Traits).
  Outbox(const Parts& parts, const std::vector<Sender>& senders);

  // Once. First what an earlier run left open is settled, which the calling thread waits for: it is not the executor's.
  // Error: the store could not keep it; nothing was started.
  result<void> start();

  // Any thread.
  void committed(const store::Notes& notes);                   // for Writer::on_committed
  void ring();                                                 // the clock was moved
  void stop();                                                 // nothing more is taken; what is on its way goes on
  bool wait_until_stopped(std::chrono::milliseconds longest);  // not on the executor's thread; true: nothing is left
  bool idle() const;
  std::optional<TimePoint> next_wake() const;
  std::map<std::string, Counters> counters() const;  // by channel

 private:
  Parts parts_;
  std::vector<Sender> senders_;
  std::map<std::string, std::unique_ptr<Dispatcher>> dispatchers_;
};

}  // namespace passerelle::outbox
