// The token that a channel's requests carry, where the gateway wants to be asked for one first: whether there is one
// that will do, when the next may be asked for, and what a 401 says of it. In memory only. Pure: time is an argument.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/clock.hpp"
#include "channel/sign_in.hpp"
#include "outbox/judgement.hpp"

namespace passerelle::outbox {

class SignIn {
 public:
  static constexpr std::chrono::minutes longest_pause{1};  // between two requests for a token that is not given
  static constexpr std::chrono::hours longest_use{24};     // also where a gateway tells more, or nothing
  static constexpr std::chrono::minutes ahead{1};          // it is renewed so long before its end…
  static constexpr std::chrono::seconds shortest_use{10};  // …and never sooner than this after it was given
  static constexpr int failures_to_pause = 5;

  // A new message may be taken. Requests that are begun already may go on with a token that is close to its end.
  bool has_fresh(TimePoint now) const { return token_ && now < renew_at_; }
  // Null: there is none.
  const Secret* token() const { return token_ ? &*token_ : nullptr; }
  std::uint64_t number() const { return number_; }                 // of the token; each has another
  std::optional<TimePoint> next_try() const { return next_try_; }  // no token is asked for before then
  bool is_failing() const { return failures_ > 0; }

  void got(Token token, TimePoint asked, TimePoint now) {
    using std::chrono::seconds;
    const bool told = token.lifetime > seconds(0);
    const seconds lifetime = told ? std::min<seconds>(token.lifetime, longest_use) : longest_use;
    ends_at_ = asked + lifetime;
    renew_at_ = std::max(ends_at_ - std::min<Milliseconds>(ahead, lifetime / 10), now + shortest_use);
    token_ = std::move(token.secret);
    ++number_;
    failures_ = 0;
    next_try_.reset();
  }

  // 'random' in [0, 1): a few quick tries, then one a minute.
  void failed(std::chrono::seconds after, TimePoint now, double random) {
    ++failures_;
    const Milliseconds pause = failures_ > failures_to_pause
                                   ? longest_pause
                                   : std::min<Milliseconds>(back_off(failures_, random), longest_pause);
    next_try_ = now + std::clamp<Milliseconds>(after, pause, std::chrono::hours(1));
    if (token_) renew_at_ = std::max(renew_at_, std::min(*next_try_, ends_at_));  // the old one serves until then
  }

  // A request that carried token 'number' was answered 401. True: it is over, and another one may be asked for. False:
  // it is the second in a row that was refused, so that a third would be, too.
  bool is_over(std::uint64_t number, TimePoint now) {
    if (number != number_ || !token_) return true;  // it was told before, by another request
    token_.reset();
    if (!std::exchange(renewed_, true)) return true;
    next_try_ = now + longest_pause;
    return false;
  }
  // …was answered otherwise: the gateway knows it.
  void accepted(std::uint64_t number) {
    if (number == number_) renewed_ = false;
  }

  // A person has mended something: the next is asked for at once.
  void begin_anew() {
    token_.reset();
    next_try_.reset();
    failures_ = 0;
    renewed_ = false;
  }

 private:
  std::optional<Secret> token_;
  std::uint64_t number_ = 0;
  TimePoint renew_at_{};
  TimePoint ends_at_{};
  std::optional<TimePoint> next_try_;
  int failures_ = 0;
  bool renewed_ = false;  // because of a 401, and no request with the new one was answered otherwise yet
};

}  // namespace passerelle::outbox
