// Copies the log into the database file beside the writer, on a thread and through a connection of its own, so that
// nobody waits for most of it: the writer then copies only what was committed meanwhile, after which SQLite begins the
// log anew.
//
// SQLite before 3.51.3 can lose what was committed when one connection begins a checkpoint of a log that is wholly
// copied while another one begins it anew (https://sqlite.org/wal.html#walresetbug). That never coincides here: a
// copying begins right after the writer's commit, while frames are there that only it can copy, and SQLite begins no
// log anew before they are; the writer copies nothing itself until the copying has ended, and nobody else ever does.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace passerelle::store {

class Database;

class Checkpointer {
 public:
  enum class Stand { idle, under_way, ended };

  // 'path': of the database. 'broken' is called on the copying's thread, as soon as an error tells that the disk may
  // have lost something; that nothing could be copied (no space, a reader in the way) is no such error: the writer
  // finds out by itself. Neither thread nor connection are there before the first begin().
  Checkpointer(std::string path, std::function<void(const std::string&)> broken)
      : path_(std::move(path)), broken_(std::move(broken)) {}
  ~Checkpointer();  // waits for what is under way
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  // For the writer thread:
  Stand stand();
  void begin();  // only when idle
  void end();    // waits until it has ended, and is idle then

 private:
  void work();
  void copy(std::unique_ptr<Database>& own);

  const std::string path_;
  const std::function<void(const std::string&)> broken_;
  std::mutex mutex_;
  std::condition_variable moved_;
  Stand stand_ = Stand::idle;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace passerelle::store
