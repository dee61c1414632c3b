// Makes a backup of a data folder, beside a running server or without one.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "backup/key.hpp"
#include "backup/shelf.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"

namespace passerelle::backup {

struct Order {
  std::string data_dir;
  std::string folder;  // of backups; made (0700) where it is not there
  Recipient recipient;
  bool attachments = true;                    // what people sent, too
  std::uint64_t spare = 32ULL * 1024 * 1024;  // bytes of each disk that it leaves to others
};

struct Made {
  std::string path;
  std::uint64_t bytes = 0;
  std::int64_t rows = 0;  // of the database
  std::uint64_t files = 0;
};

// A copy of the database in the data folder, which goes again; then all of it, sealed, in 'folder'. Takes a while, and
// nobody waits for it. 'stop' as copy_database(). Errors: the disk, mostly; an attachment that cannot be read, unless
// it was erased meanwhile. Too little room is known before anything is written.
result<Made> make_backup(const Order& order, TimePoint now, const std::atomic<bool>* stop = nullptr);

// …and removes what is no longer kept: before, so that a disk that is full becomes free by itself, and after.
result<Made> make_and_clear(const Order& order, const Retention& retention, TimePoint now,
                            const std::atomic<bool>* stop = nullptr);

}  // namespace passerelle::backup
