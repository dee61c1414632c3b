// What several processes share about people who write: copies of conversations, the flood limit, news for consoles.
// Nothing of it is ever the only copy: whatever is lost here, the database goes on. Thread-safe, unless it says so.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"
#include "live/place.hpp"
#include "live/rate_limit.hpp"

namespace passerelle::live {

// A conversation as it was saved: opaque bytes, and what tells whether they are those of the row.
struct Copy {
  std::uint64_t version = 0;
  TimePoint saved_at{};
  std::string bytes;

  friend bool operator==(const Copy&, const Copy&) = default;
};

struct Asked {
  std::string who;    // "channel/user"
  TimePoint wrote{};  // perhaps long before it came: what waited for us while we were down is no flood
  RateLimit::Pace pace = RateLimit::Pace::told;
};

struct Looked {
  bool flooding = false;     // writes more than we answer
  std::optional<Copy> copy;  // nothing: there is none, or it did not come in time
};

enum class State { up, refusing /* reads, and writes nothing */, down };
std::string_view to_string(State state);

struct Counters {                                                  // since the start
  std::atomic<std::uint64_t> answered = 0, late = 0, without = 0;  // looks
  std::atomic<std::uint64_t> found = 0, used = 0, unreadable = 0;  // copies; found, not used: older than the row
  std::atomic<std::uint64_t> kept = 0, refused = 0, dropped = 0;   // copies that were to be kept
  std::atomic<std::uint64_t> connected = 0;                        // how often
};

class Live {
 public:
  virtual ~Live() = default;

  // Takes one answer out of the bucket of each and looks for the copy of its conversation, all in
  // one round trip, or goes on without it after 20 ms. One Looked for each, in order. On one of the executors of
  // start().
  virtual Task<std::vector<Looked>> look(std::vector<Asked> asked) = 0;
  // The answer that look() took for a message which was not kept then, or was here before.
  virtual void give_back(const std::string& who) = 0;
  // False: keep() and publish() do nothing, and there is no use in making what they take.
  virtual bool shares() const = 0;
  // After the COMMIT; nobody waits for it, and it may fail: an old copy is known by its version.
  virtual void keep(const std::string& who, Copy copy) = 0;
  // Tells consoles that there is something new to look at ("passerelle:feed"): JSON without personal data.
  virtual void publish(std::string news) = 0;

  // Once, before the io threads begin; until then look() goes on without.
  virtual void start(std::vector<Executor> io_threads) = 0;
  // After the io threads have ended and before their contexts go.
  virtual void close() = 0;

  virtual std::string_view backend() const = 0;  // "embedded", "redis"
  virtual State state() const = 0;
  Counters& counters() { return counters_; }

 private:
  Counters counters_;
};

struct Settings {
  Place place;
  std::int64_t flood = 0;  // answers a minute to one address; 0: no limit
  Secret password;         // of Redis; empty: none
  Secret key;              // names and seals what is kept; empty: one of this start's own, so that nobody shares it
};
std::unique_ptr<Live> make(Settings settings);

}  // namespace passerelle::live
