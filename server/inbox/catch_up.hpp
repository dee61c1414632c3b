// Fetches what a gateway could not bring while we were away, from the gateways that list what they received: at the
// start, and every few minutes after it, because a webhook may be lost while we run, too.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/task.hpp"
#include "base/transport.hpp"
#include "channel/channel.hpp"
#include "inbox/inbox.hpp"
#include "store/writer.hpp"

namespace passerelle::inbox {

// Lives on 'executor', one io thread. It goes before the executor's context; what the parts refer to goes after it.
// The first start of a channel fetches nothing: what was written to the number before belongs to somebody else.
class CatchUp {
 public:
  struct Source {
    std::string name;
    const Channel* channel;  // only those that list are asked
  };
  struct Parts {
    Inbox& inbox;
    store::Writer& writer;
    Transport& transport;
    const Clock& clock;
    Executor executor;
    std::vector<Source> sources;
  };

  explicit CatchUp(Parts parts);
  ~CatchUp();  // stop()
  CatchUp(const CatchUp&) = delete;
  CatchUp& operator=(const CatchUp&) = delete;

  void start();  // once
  // Now, and what came of it: on the executor's thread, after the round that is under way there. Errors are for whoever
  // asked: the channel does not list, the gateway does not answer, or the store does not.
  struct Caught {
    TimePoint since{};  // what reached the gateway from then on was listed
    std::int64_t listed = 0;
    std::int64_t fresh = 0;  // of them we did not know
  };
  Task<result<Caught>> fetch(std::string name);
  // Any thread.
  void ring();  // the clock was moved
  void stop();
  bool idle() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace passerelle::inbox
