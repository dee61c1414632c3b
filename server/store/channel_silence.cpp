#include "store/channel_silence.hpp"

#include "base/log.hpp"
#include "store/event.hpp"
#include "store/statement.hpp"

namespace passerelle::store {
namespace {

struct Overdue {
  std::int64_t count = 0;
  TimePoint newest{};
};

Overdue load(Transaction& transaction, const std::string& channel) {
  Statement statement(transaction.database(),
                      "SELECT overdue, overdue_at FROM channel_state WHERE channel = ?1 AND overdue > 0", channel);
  if (!statement.next()) return {};
  return {statement.get<std::int64_t>(0), statement.get<TimePoint>(1)};
}

}  // namespace

void note_overdue(Transaction& transaction, const std::string& channel, AddressId address, TimePoint now) {
  const std::int64_t before = load(transaction, channel).count;
  Statement(transaction.database(),
            "INSERT INTO channel_state (channel, overdue, overdue_at, overdue_address) VALUES (?1, 1, ?2, ?3)"
            " ON CONFLICT (channel) DO UPDATE SET overdue = overdue + (overdue_address IS NOT ?3),"
            " overdue_at = ?2, overdue_address = ?3",
            channel, now, address)
      .run();
  if (before >= overdue_until_silent || load(transaction, channel).count < overdue_until_silent) return;
  add_event(transaction, "channel.silent", 0, channel, now);
  log::error("channel.silent", {{"ch", channel}, {"overdue", overdue_until_silent}});
}

void note_receipt(Transaction& transaction, const std::string& channel, TimePoint now) {
  const std::int64_t overdue = load(transaction, channel).count;
  if (overdue == 0) return;
  Statement(transaction.database(),
            "UPDATE channel_state SET overdue = 0, overdue_at = NULL, overdue_address = NULL WHERE channel = ?1",
            channel)
      .run();
  if (overdue < overdue_until_silent) return;
  add_event(transaction, "channel.speaks_again", 0, channel, now);
  log::info("channel.speaks_again", {{"ch", channel}});
}

bool is_silent(Transaction& transaction, const std::string& channel, std::chrono::minutes limit, TimePoint now) {
  if (limit == std::chrono::minutes(0)) return false;
  const Overdue overdue = load(transaction, channel);
  return overdue.count >= overdue_until_silent && now - overdue.newest < limit * limits_until_tried_again;
}

}  // namespace passerelle::store
