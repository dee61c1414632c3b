// Drives the links of channels whose gateway is asked for messages (channel/link.hpp): asks, hands on what came, waits,
// and tells the operator what is wrong. A box without a public address hears people through them.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/task.hpp"
#include "base/transport.hpp"
#include "channel/channel.hpp"

namespace passerelle::links {

// True once messages and receipts are committed, so that the gateway may forget them. False: the store kept none.
using Take = std::function<Task<bool>(std::string channel, link::Keep arrived)>;

// Lives on 'executor', one io thread, each link in a coroutine of its own. It goes before the executor's context; what
// the parts refer to goes after it. Waits are by the time of day, also beside a clock that stands still: the gateway's
// answers are, too.
class Links {
 public:
  struct Source {
    std::string name;
    const Channel* channel;  // only those that have a link are asked
  };
  struct Parts {
    Transport& transport;
    const Clock& clock;
    Executor executor;
    Take take;
    std::vector<Source> sources;
    std::chrono::seconds after_a_mistake{60};  // of ours in a link, which then begins anew
  };

  explicit Links(Parts parts);
  ~Links();  // stop()
  Links(const Links&) = delete;
  Links& operator=(const Links&) = delete;

  void start();  // once
  // Any thread.
  void stop();        // nothing more is asked; what is being committed is, and is acknowledged by the next start
  bool idle() const;  // nothing is being committed
  std::map<std::string, std::uint64_t> troubles() const;  // by channel: failures of one kind in a row; 0: all is well

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace passerelle::links
