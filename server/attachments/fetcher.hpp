// Fetches what people showed us from the gateways, after the message that shows it is committed: rows of the store, one
// after the other for each channel, again with longer and longer pauses until it is too late. It survives a restart,
// and nothing waits for it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "attachments/limits.hpp"
#include "base/clock.hpp"
#include "base/task.hpp"
#include "base/transport.hpp"
#include "channel/channel.hpp"
#include "store/transaction.hpp"
#include "store/writer.hpp"

namespace passerelle::attachments {

// Lives on 'executor', one io thread. It goes before the executor's context; what the parts refer to goes after it.
class Fetcher {
 public:
  struct Source {
    std::string name;
    const Channel* channel;
  };
  struct Parts {
    Transport& transport;  // reads no answer that is longer than limits.largest; follows no redirect
    store::Writer& writer;
    const Clock& clock;
    Executor executor;
    std::string data_folder;
    Limits limits;
    std::vector<Source> sources;
  };

  explicit Fetcher(Parts parts);
  ~Fetcher();  // stop(), and waits for the disk
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  void start();  // once
  // Any thread.
  void committed(const store::Notes& notes);
  void ring();  // the clock was moved
  void stop();
  bool idle() const;
  std::optional<TimePoint> next_wake() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

// Until the next try, from the first failure (attempt 0) on: a minute, twice as long each time, at most six hours.
std::chrono::seconds back_off(std::int64_t attempt);

}  // namespace passerelle::attachments
