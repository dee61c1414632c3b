// What a backup holds: files one after the other, pressed (zstd) and sealed (seal.hpp), and at the end its manifest.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "backup/key.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"

namespace passerelle::backup {

struct Manifest {
  TimePoint made{};
  std::int64_t schema = 0;                     // of the database
  std::map<std::string, std::int64_t> counts;  // rows, by table
  std::uint64_t files = 0;                     // beside the manifest itself
  bool attachments = true;                     // false: those stand in the first backup of the day

  friend bool operator==(const Manifest&, const Manifest&) = default;
};

struct Source {
  std::string name;         // in the backup: "passerelle.db", "attachments/…"
  std::string path;         // where it is now
  bool may_vanish = false;  // erased meanwhile: then it is left out
};

// Writes 'path' (0600): under another name first, synced, then in one step. 'manifest.files' is filled in.
// Errors: the disk; a source that cannot be read. Nothing is left of a file that failed.
// 'stop', when it becomes true, ends it as an error.
struct Written {
  std::uint64_t bytes = 0, files = 0;
};
result<Written> write_archive(const std::string& path, const Recipient& recipient, Manifest manifest,
                              std::span<const Source> sources, const std::atomic<bool>* stop = nullptr);

struct Head {  // in the clear, and proven by nothing until the backup is unpacked
  TimePoint made{};
  std::string recipient;  // name_of()
};
result<Head> read_archive_head(const std::string& path);

// Unpacks all into 'folder', which is there. Errors: as unseal(), a name that leads out of the folder, the disk. What
// was written until then stays for the caller to remove. 'stop' as above.
result<Manifest> unpack_archive(const std::string& path, const Opener& key, const std::string& folder,
                                const std::atomic<bool>* stop = nullptr);

}  // namespace passerelle::backup
