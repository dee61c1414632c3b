#include "store/restored.hpp"

#include <unistd.h>

#include "store/channel_state.hpp"
#include "store/data_folder.hpp"
#include "store/event.hpp"
#include "store/statement.hpp"
#include "store/upgrade.hpp"
#include "store/writer.hpp"

namespace passerelle::store {
namespace {

std::vector<std::string> known_channels(Database& database) {
  Statement row(database,
                "SELECT channel FROM address UNION SELECT channel FROM outbound WHERE channel IS NOT NULL"
                " UNION SELECT channel FROM channel_state ORDER BY 1");
  std::vector<std::string> found;
  while (row.next()) found.push_back(row.get<std::string>(0));
  return found;
}

std::int64_t hold_queued(Database& database, TimePoint now) {
  Statement(database,
            "UPDATE outbound SET state = 'uncertain', state_at = ?1, leased_until = NULL, why = ?2"
            " WHERE via = 'api' AND state = 'queued'",
            now, std::string(by_restore))
      .run();
  return database.changes();
}

}  // namespace

Held hold_restored(Transaction& transaction, TimePoint now) {
  Held held{known_channels(transaction.database()), hold_queued(transaction.database(), now)};
  for (const std::string& channel : held.channels) {
    pause_channel(transaction, channel, by_restore, now);
    add_event(transaction, "channel.paused", 0, channel + " " + by_restore, now);
  }
  return held;
}

result<Held> hold_restored_folder(const std::string& folder, TimePoint now) {
  auto writer = Writer::open(folder);
  if (!writer) return writer.error();
  Held held;
  const auto done = transact_now(**writer, [&](Transaction& transaction) { held = hold_restored(transaction, now); });
  (*writer)->stop();
  for (const std::string& copy : copies_of(folder + "/" + std::string(database_name))) unlink(copy.c_str());
  if (!done) return Error{"the channels cannot be paused: " + done.error().what, folder};
  return held;
}

std::vector<std::string> channels_of_restore(Transaction& transaction) {
  Statement row(transaction.database(),
                "SELECT channel FROM channel_state WHERE paused_at IS NOT NULL AND why = ?1 ORDER BY channel",
                std::string(by_restore));
  std::vector<std::string> found;
  while (row.next()) found.push_back(row.get<std::string>(0));
  return found;
}

}  // namespace passerelle::store
