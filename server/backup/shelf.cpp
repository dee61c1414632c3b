#include "backup/shelf.hpp"

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>

#include "backup/disk_file.hpp"
#include "base/log.hpp"

namespace passerelle::backup {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view beginning = "passerelle-";
constexpr std::string_view ending = ".backup";
constexpr const char* moment = "%Y%m%dT%H%M%SZ";

void remove(const std::string& path) {
  std::error_code code;
  if (!fs::remove(path, code) && code) log::warning("backup.not_removed", {{"why", code.message()}});
}

bool is_left_over(const fs::directory_entry& entry, std::error_code& code) {
  const std::string name = entry.path().filename().string();
  if (!name.starts_with(beginning) || !name.ends_with(unfinished_ending)) return false;
  const auto written = fs::last_write_time(entry.path(), code);
  return !code && written + std::chrono::hours(24) < fs::file_time_type::clock::now();
}

}  // namespace

std::string file_name(TimePoint made) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(made);
  return std::string(beginning) + date::format(moment, seconds) + std::string(ending);
}

std::optional<TimePoint> made_at(const std::string& name) {
  if (!name.starts_with(beginning) || !name.ends_with(ending)) return std::nullopt;
  std::istringstream text(name.substr(beginning.size(), name.size() - beginning.size() - ending.size()));
  date::sys_seconds made;
  text >> date::parse(moment, made);
  if (text.fail() || file_name(TimePoint(made)) != name) return std::nullopt;
  return TimePoint(made);
}

std::vector<Kept> backups_in(const std::string& folder) {
  std::vector<Kept> kept;
  std::error_code code;
  for (fs::directory_iterator at(folder, code), end; !code && at != end; at.increment(code)) {
    if (const auto made = made_at(at->path().filename().string())) kept.push_back({at->path().string(), *made});
  }
  std::sort(kept.begin(), kept.end(), [](const Kept& a, const Kept& b) { return a.made < b.made; });
  return kept;
}

std::optional<Kept> newest_by(const std::vector<Kept>& kept, TimePoint now) {
  constexpr std::chrono::minutes slack{1};
  const auto found =
      std::find_if(kept.rbegin(), kept.rend(), [&](const Kept& each) { return each.made <= now + slack; });
  return found == kept.rend() ? std::nullopt : std::optional(*found);
}

bool is_first_of_day(const std::vector<Kept>& kept, TimePoint now) {
  const date::sys_days day = date::floor<date::days>(now);
  return std::ranges::none_of(kept, [&](const Kept& each) { return date::floor<date::days>(each.made) == day; });
}

std::vector<Kept> outdated(const std::vector<Kept>& kept, const Retention& retention, TimePoint now) {
  const auto newest = newest_by(kept, now);
  std::map<date::sys_days, TimePoint> first;  // of each day that has come
  for (const Kept& each : kept) {
    if (newest && each.made <= newest->made) first.try_emplace(date::floor<date::days>(each.made), each.made);
  }
  while (first.size() > static_cast<std::size_t>(std::max(retention.days, 0))) first.erase(first.begin());
  std::vector<Kept> gone;
  for (const Kept& each : kept) {
    const bool recent = each.made > now - std::chrono::hours(retention.hours);
    const auto day = first.find(date::floor<date::days>(each.made));
    const bool of_a_day = day != first.end() && day->second == each.made;
    if (each != newest && !recent && !of_a_day) gone.push_back(each);
  }
  return gone;
}

void clear(const std::string& folder, const Retention& retention, TimePoint now) {
  for (const Kept& old : outdated(backups_in(folder), retention, now)) remove(old.path);
  std::error_code code;
  std::vector<std::string> left;
  for (fs::directory_iterator at(folder, code), end; !code && at != end; at.increment(code)) {
    std::error_code ignored;
    if (is_left_over(*at, ignored)) left.push_back(at->path().string());
  }
  for (const std::string& path : left) remove(path);
}

}  // namespace passerelle::backup
