// A backup is worth what comes out of it: opened, checked as a database, and counted, before anybody relies on it.
#pragma once

#include <atomic>
#include <string>

#include "backup/archive.hpp"
#include "backup/key.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "store/restored.hpp"

namespace passerelle::backup {

// Unpacks into a private folder below 'work', which goes again. Errors: as unpack_archive(); the database is damaged,
// or has other rows than were counted when it was made. 'stop', when it becomes true, ends it as an error.
result<Manifest> verify_backup(const std::string& path, const Opener& key, const std::string& work,
                               const std::atomic<bool>* stop = nullptr);

struct Restored {
  Manifest manifest;
  store::Held held;  // nothing of it leaves until people have looked
};
// …into a data folder that is not there, or empty. After an error it is as it was. A backup of an older schema is
// upgraded.
result<Restored> restore_backup(const std::string& path, const Opener& key, const std::string& folder, TimePoint now,
                                const std::atomic<bool>* stop = nullptr);

}  // namespace passerelle::backup
