// A copy of the database while the server runs, and what a copy is worth.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <string>

#include "base/result.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

// One consistent moment of 'database' becomes the new file 'path' (0600, synced). Nobody waits for it, but the
// write-ahead log grows meanwhile. Errors: the disk is full, the file is there; nothing of it is left.
// 'stop', when it becomes true, ends it soon, as an error.
result<void> copy_database(const std::string& database, const std::string& path,
                           const std::atomic<bool>* stop = nullptr);

struct Condition {
  std::int64_t schema = 0;
  std::string damage;                          // empty: SQLite's full check found none
  std::map<std::string, std::int64_t> counts;  // rows, by table: those that the first schema had
};
// Of a file that nobody else has open. Errors: it is no database of ours.
result<Condition> examine_database(const std::string& path);

std::map<std::string, std::int64_t> count_rows(Transaction& transaction);

}  // namespace passerelle::store
