// A database that comes out of a backup knows nothing of what happened since: what it would send may have been sent,
// and who it would write to may have said STOP. Nothing leaves until people have looked.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

inline constexpr const char* by_restore = "restored";  // why a channel is paused, and a message is uncertain

struct Held {
  std::vector<std::string> channels;  // paused: all that the database knows
  std::int64_t messages = 0;          // were queued, or on their way, and are uncertain now
};
// Queued answers to a gateway's request are not among them: a start calls those uncertain by itself.
Held hold_restored(Transaction& transaction, TimePoint now);

// The same of a folder that nobody uses. It is upgraded to this program's schema; the copy from before is not kept,
// since the backup is one. Errors: as Writer::open().
result<Held> hold_restored_folder(const std::string& folder, TimePoint now);

// Those that hold_restored() has paused, and nobody has resumed since.
std::vector<std::string> channels_of_restore(Transaction& transaction);

}  // namespace passerelle::store
