#include "store/channel_state.hpp"

#include "base/log.hpp"
#include "store/event.hpp"
#include "store/statement.hpp"

namespace passerelle::store {

ChannelState load_channel_state(Transaction& transaction, const std::string& channel) {
  Statement statement(transaction.database(),
                      "SELECT paused_at, why, caught_up_to, drained_at FROM channel_state WHERE channel = ?1", channel);
  if (!statement.next()) return {};
  return {statement.get<std::optional<TimePoint>>(0), statement.get<std::string>(1),
          statement.get<std::optional<TimePoint>>(2), statement.get<std::optional<TimePoint>>(3)};
}

void pause_channel(Transaction& transaction, const std::string& channel, const std::string& why, TimePoint now) {
  Statement(transaction.database(),
            "INSERT INTO channel_state (channel, paused_at, why) VALUES (?1, ?2, ?3)"
            " ON CONFLICT (channel) DO UPDATE SET paused_at = excluded.paused_at, why = excluded.why",
            channel, now, why)
      .run();
}

void stop_misconfigured(Transaction& transaction, const std::string& channel, const std::string& why, TimePoint now) {
  if (load_channel_state(transaction, channel).paused_at) return;
  pause_channel(transaction, channel, why, now);
  add_event(transaction, "channel.paused", 0, channel + " " + why, now);
  log::error("channel.paused", {{"ch", channel}, {"why", why}});
}

void resume_channel(Transaction& transaction, const std::string& channel) {
  Statement(transaction.database(),
            "UPDATE channel_state SET paused_at = NULL, why = NULL, drained_at = NULL WHERE channel = ?1", channel)
      .run();
  transaction.note_outbound(channel);
}

void drain_channel(Transaction& transaction, const std::string& channel, TimePoint now) {
  Statement(transaction.database(),
            "INSERT INTO channel_state (channel, drained_at) VALUES (?1, ?2)"
            " ON CONFLICT (channel) DO UPDATE SET drained_at = coalesce(drained_at, excluded.drained_at)",
            channel, now)
      .run();
}

void set_caught_up(Transaction& transaction, const std::string& channel, TimePoint until) {
  Statement(transaction.database(),
            "INSERT INTO channel_state (channel, caught_up_to) VALUES (?1, ?2)"
            " ON CONFLICT (channel) DO UPDATE SET caught_up_to = excluded.caught_up_to",
            channel, until)
      .run();
}

Spending spending(Transaction& transaction, const std::string& channel, const std::string& month) {
  Statement statement(transaction.database(), "SELECT segments, micros FROM spending WHERE channel = ?1 AND month = ?2",
                      channel, month);
  if (!statement.next()) return {};
  return {statement.get<std::int64_t>(0), statement.get<std::int64_t>(1)};
}

void add_spending(Transaction& transaction, const std::string& channel, const std::string& month, Spending more) {
  Statement(
      transaction.database(),
      "INSERT INTO spending (channel, month, segments, micros) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (channel, month)"
      " DO UPDATE SET segments = segments + excluded.segments, micros = micros + excluded.micros",
      channel, month, more.segments, more.micros)
      .run();
}

}  // namespace passerelle::store
