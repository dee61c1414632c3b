// A disk that fails on demand: a SQLite file layer over the real one that counts calls, refuses them, and remembers
// what was written, in which order, and what was synced, so that a test can cut the power anywhere (power_cut.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace passerelle::store {

// One change of a file; of those that SQLite keeps for recovery only (the database and its log, not the shared memory).
struct DiskChange {
  enum class Kind { create, write, truncate, sync, remove };
  Kind kind;
  std::string file;     // its name without the folder
  std::int64_t at = 0;  // of a write: its offset; of a truncation: the size
  std::string bytes = {};
  bool durable = false;    // of a removal: its folder was synced, too
  std::size_t number = 0;  // its place in the history
  std::size_t before = 0;  // of a sync: only what was finished before this number, when it began, is sure to last
};

// While one exists, every database opened uses it. Only one at a time.
class FaultyDisk {
 public:
  enum class Trouble { full, broken };  // no space is left (ENOSPC), or the device answers with errors (EIO)

  FaultyDisk();
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  // After 'count' more writes every write fails with 'code'. Negative: none fails.
  void fail_writes_after(int count, int code);
  void fail_syncs(bool fail);
  void fail_syncs_of(const std::string& name);  // without the folder; empty: of none
  int syncs() const;                            // of the write-ahead log, those that have begun
  // From now on a sync of the log lasts until it is let go.
  void hold_syncs();
  void let_syncs_go();
  void stretch_syncs(bool on);  // it lasts until something else was changed, or a moment where nothing is
  int writes() const;

  // Of the calls of every kind from now on, those numbered 'first' to 'last' (the first is 1) fail; a full disk refuses
  // only what needs space. Then 'refused' tells how many did.
  void fail_calls(int first, int last, Trouble trouble);
  void heal();
  int refused() const;

  // For speed: syncs are counted and remembered, and do not reach the device.
  void spare_device(bool spare);
  void remember(bool on);  // forgets what was remembered before
  std::size_t changes() const;
  std::vector<DiskChange> history() const;
};

}  // namespace passerelle::store
