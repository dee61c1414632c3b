// Is this database well? For 'doctor': looked at beside a running server, or without one, and never changed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace passerelle::store {

struct Health {
  std::int64_t schema = 0;
  std::int64_t newest = 0;          // that this program knows
  std::string damage;               // empty: SQLite's quick check found none
  std::uint64_t log_bytes = 0;      // of the write-ahead log
  std::optional<TimePoint> latest;  // when the newest thing happened, by our clock then
};

// Errors: it is no database, or another program's.
result<Health> health_of(const std::string& folder);
std::string sqlite_version();

}  // namespace passerelle::store
