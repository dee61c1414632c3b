// Reads the content again while the server runs: compiles all of it first, and keeps the old one when anything is
// wrong.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/finding.hpp"
#include "base/result.hpp"
#include "base/task.hpp"
#include "store/writer.hpp"
#include "turns/content.hpp"
#include "turns/live_content.hpp"

namespace passerelle {

struct ContentChanges {
  std::vector<std::string> added, changed, removed;  // dialogs, by name
  std::size_t sentences = 0;                         // that are new, gone or other, counted in each language
  std::size_t pages = 0;                             // …and these
  bool association = false;                          // its names, places, hours…
  bool directory = false;                            // the file, which fills a directory only once
};

ContentChanges compare(const turns::Content& before, const turns::Content& after);

// Conversations that begin with this content can be gone on with after it has changed.
void keep_dialogs(store::Transaction& transaction, const turns::Content& content, TimePoint now);

struct Reloaded {
  Findings findings;  // not empty: nothing has changed
  ContentChanges changes;
};

class Reloader {
 public:
  struct Parts {
    turns::ContentSources sources;
    turns::LiveContent& content;
    store::Writer& writer;
    const Clock& clock;
    std::function<Findings(const Association&)> check_channels;  // may this association use the channels of this run?
    std::function<void()> wake;                                  // has the main thread call work(), soon
  };
  // What the parts refer to outlives it, and it outlives its tasks.
  explicit Reloader(Parts parts) : parts_(std::move(parts)) {}

  // Any io thread. The reading itself takes too long for one of those: the main thread does it. The error says why it
  // was not done in time.
  Task<result<Reloaded>> ask();

  // The main thread: once for all who have asked until now.
  void work();
  // …and after this, never more: who waits is told.
  void stop();

 private:
  Reloaded reload();

  Parts parts_;
  std::mutex mutex_;
  std::uint64_t asked_ = 0;
  std::uint64_t answered_ = 0;  // up to this one
  bool stopped_ = false;
  Reloaded last_;
};

}  // namespace passerelle
