#include "outbox/look.hpp"

#include <algorithm>
#include <array>

#include "store/channel_state.hpp"

namespace passerelle::outbox {
namespace {

constexpr std::chrono::minutes lease{2};  // only told to whoever reads the table: a start voids all, in time or not

// In one look, so that no transaction takes long when a night begins before a long queue; the rest with the next look.
constexpr std::size_t most_turned_away = 256;

// Classes that are served alike.
struct Band {
  MessageClass highest;
  MessageClass lowest;
  bool borrows;  // leaves without a token, and owes it
  bool lower;
};
constexpr std::array<Band, 3> bands{{
    {MessageClass::crisis, MessageClass::crisis, true, false},
    {MessageClass::reply, MessageClass::reply, false, false},
    {MessageClass::reminder, MessageClass::notice, false, true},
}};

std::optional<TimePoint> earlier(std::optional<TimePoint> a, std::optional<TimePoint> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

std::optional<TimePoint> not_before(std::optional<TimePoint> time, TimePoint from) {
  return time ? std::optional(std::max(*time, from)) : std::nullopt;
}

class Looker {
 public:
  Looker(store::Transaction& transaction, const Queue& queue, TokenBucket bucket, TimePoint now)
      : transaction_(transaction), queue_(queue), now_(now), look_{{}, {}, false, false, false, bucket} {}

  Look look(Room room) {
    look_.paused = store::load_channel_state(transaction_, queue_.name).paused_at.has_value();
    const bool closed = look_.paused || room.lacks_token || (room.from && *room.from > now_);
    if (closed) {
      take(bands.back(), 0);  // only to let expire what has passed its end
      wait_for_departure(room);
    } else {
      for (const Band& band : bands) serve(band, room);
    }
    wait_for(store::next_expiry(transaction_, queue_.name));
    return std::move(look_);
  }

 private:
  void wait_for_departure(const Room& room) {
    const auto departure = store::next_departure(transaction_, queue_.name);
    const auto next = not_before(departure, room.from.value_or(TimePoint{}));
    look_.waits_for_token = room.lacks_token && departure && *departure <= now_;
    if (look_.paused) return;
    look_.wants_token = look_.waits_for_token && *next <= now_;
    wait_for(next);
  }

  // What finds no room is looked at again when a request has ended; what finds no token, when there will be one.
  void serve(const Band& band, Room& room) {
    const std::size_t most = band.lower ? std::min(room.all, room.lower) : room.all;
    const std::size_t taken = band.borrows || !look_.bucket.limits() ? take(band, most) : take_by_tokens(band, most);
    room.all -= taken;
    if (taken == most) return;
    const bool waits_for_token = !band.borrows && !look_.bucket.has_one(now_);
    const TimePoint from = waits_for_token ? look_.bucket.next(now_) : now_;
    wait_for(not_before(store::next_departure(transaction_, queue_.name, band.highest, band.lowest), from));
  }

  // What a message costs is known when it has been read, so they are read one by one.
  std::size_t take_by_tokens(const Band& band, std::size_t most) {
    std::size_t taken = 0;
    while (taken < most && look_.bucket.has_one(now_) && take(band, 1) == 1) ++taken;
    return taken;
  }

  // How many were taken. What may not leave makes room for what comes after it.
  std::size_t take(const Band& band, std::size_t most) {
    std::size_t taken = 0;
    bool more = true;
    do {  // once even without room, for what has passed its end
      std::vector<store::Taken> found =
          store::take(transaction_, queue_.name, band.highest, band.lowest, most - taken, now_, now_ + lease);
      more = !found.empty();
      for (store::Taken& each : found) {
        if (may_leave(each)) lease_out(std::move(each), taken);
      }
    } while (more && taken < most && turned_away_ < most_turned_away);
    return taken;
  }

  bool may_leave(const store::Taken& taken) {
    if (!queue_.may_leave || queue_.may_leave(transaction_, taken, now_)) return true;
    ++turned_away_;
    return false;
  }

  void lease_out(store::Taken message, std::size_t& taken) {
    look_.bucket.charge(queue_.channel.requests(message.message) > 1 ? 1 : message.message.parts.size(), now_);
    look_.taken.push_back(std::move(message));
    ++taken;
  }

  void wait_for(std::optional<TimePoint> time) { look_.next = earlier(look_.next, time); }

  store::Transaction& transaction_;
  const Queue& queue_;
  const TimePoint now_;
  Look look_;
  std::size_t turned_away_ = 0;
};

}  // namespace

Look look(store::Transaction& transaction, const Queue& queue, const Room& room, TokenBucket bucket, TimePoint now) {
  return Looker(transaction, queue, bucket, now).look(room);
}

}  // namespace passerelle::outbox
