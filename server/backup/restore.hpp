// A backup is worth what comes out of it: opened, checked as a database, and counted, before anybody relies on it.
#pragma once

#include <string>

#include "backup/archive.hpp"
#include "backup/key.hpp"
#include "base/result.hpp"

namespace passerelle::backup {

// Unpacks into a private folder below 'work', which goes again. Errors: as unpack_archive(); the database is damaged,
// or has other rows than were counted when it was made.
result<Manifest> verify_backup(const std::string& path, const Opener& key, const std::string& work);

// …into a data folder that is not there, or empty. After an error it is as it was.
result<Manifest> restore_backup(const std::string& path, const Opener& key, const std::string& folder);

}  // namespace passerelle::backup
