// The folder of backups: which there are, which is the newest, and which are no longer kept.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace passerelle::backup {

struct Kept {
  std::string path;
  TimePoint made{};

  friend bool operator==(const Kept&, const Kept&) = default;
};

// "passerelle-20270326T080000Z.backup": by its name, so that a copy keeps its age.
std::string file_name(TimePoint made);
std::optional<TimePoint> made_at(const std::string& name);

// Oldest first; files of other names are nobody's. A folder that is not there holds none.
std::vector<Kept> backups_in(const std::string& folder);

// Of 'kept', oldest first: the newest that can have been made by now. A clock that was wrong once may have left one of
// the future, which is no reason to make none until then.
std::optional<Kept> newest_by(const std::vector<Kept>& kept, TimePoint now);

// Whether none of 'kept' was made on this day (UTC).
bool is_first_of_day(const std::vector<Kept>& kept, TimePoint now);

struct Retention {
  int hours = 24;  // everything of the last so many
  int days = 14;   // …and the first one of each of so many days, which holds the attachments
};
// Which of 'kept' (oldest first) may go. The newest never does. Days are counted, not measured: a clock that jumps
// ahead ages nothing, and takes one day's away for each day that has a backup of its own.
std::vector<Kept> outdated(const std::vector<Kept>& kept, const Retention& retention, TimePoint now);

// Removes them, and what was left unfinished by a run that was killed more than a day ago.
void clear(const std::string& folder, const Retention& retention, TimePoint now);

}  // namespace passerelle::backup
