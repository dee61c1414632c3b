// A disk that fails on demand: a SQLite file layer over the real one that counts syncs and can refuse writes and syncs.
#pragma once

#include <atomic>

namespace passerelle::store {

// While one exists, every database opened uses it. Only one at a time.
class FaultyDisk {
 public:
  FaultyDisk();
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  // After 'count' more writes every write fails with 'code'. Negative: none fails.
  void fail_writes_after(int count, int code);
  void fail_syncs(bool fail);
  int syncs() const;  // of the write-ahead log
  int writes() const;
};

}  // namespace passerelle::store
