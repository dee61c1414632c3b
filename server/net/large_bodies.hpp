// The few places for bodies that are longer than usual: whoever brings one slowly gives its place to who comes next.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace passerelle::net {

class LargeBody;

// Nobody has shown yet who they are when their body comes, so places cannot be kept for gateways. Instead they are hard
// to hold: a body takes one only once it is really here beyond the usual size, and gives it up when it lags behind
// 'rate' or when its peer holds more than others. All functions: any thread.
class LargeBodies {
 public:
  using Instant = std::chrono::steady_clock::time_point;
  struct Terms {
    std::chrono::milliseconds grace{500};  // then at least 'rate' bytes a second
    std::size_t rate = 64 * 1024;
  };

  explicit LargeBodies(Terms terms) : terms_(terms) {}

  // False: all 'most' places are taken by bodies that come as fast as they should.
  bool enter(LargeBody& body, std::size_t most, Instant now);
  void leave(LargeBody& body);

 private:
  std::size_t held_by(const std::string& peer) const;
  LargeBody* greediest() const;
  LargeBody* who_gives_way(const std::string& newcomer, Instant now) const;
  bool lags(const LargeBody& body, Instant now) const;

  const Terms terms_;
  std::mutex mutex_;
  std::vector<LargeBody*> here_;
};

// One body on its way; its end gives the place back.
class LargeBody {
 public:
  // 'give_way' is called once at most, on any thread, with no place held any more.
  LargeBody(LargeBodies& places, std::string peer, std::function<void()> give_way)
      : places_(places), peer_(std::move(peer)), give_way_(std::move(give_way)) {}
  LargeBody(const LargeBody&) = delete;
  LargeBody& operator=(const LargeBody&) = delete;
  ~LargeBody() { places_.leave(*this); }

  bool enter(std::size_t most, LargeBodies::Instant now) { return places_.enter(*this, most, now); }
  void brought(std::size_t bytes) { bytes_.store(bytes, std::memory_order_relaxed); }
  void is_whole() { whole_.store(true, std::memory_order_relaxed); }  // it is being answered, and gives way to nobody

 private:
  friend class LargeBodies;

  LargeBodies& places_;
  const std::string peer_;
  const std::function<void()> give_way_;
  LargeBodies::Instant since_;
  std::atomic<std::size_t> bytes_ = 0;  // since it has its place
  std::atomic<bool> whole_ = false;
};

}  // namespace passerelle::net
