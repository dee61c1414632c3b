#include "backup/shelf.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/zone.hpp"
#include "unit/store/folder.hpp"

namespace passerelle::backup {
namespace {

TimePoint at(const char* text) { return *parse_instant(text); }

TEST(Shelf, the_name_of_a_backup_tells_when_it_was_made) {
  const TimePoint made = at("2027-03-26T08:05:09Z");
  EXPECT_EQ(file_name(made), "passerelle-20270326T080509Z.backup");
  EXPECT_EQ(made_at(file_name(made)), made);
  for (const char* name : {"passerelle-20270326T080509Z.backup.part", "passerelle-2027.backup", "other.backup",
                           "passerelle-20271326T080509Z.backup", "passerelle-20270326T080509Z.backup2"})
    EXPECT_FALSE(made_at(name)) << name;
}

TEST(Shelf, keeps_every_hour_of_a_day_then_one_a_day_for_two_weeks) {
  std::vector<Kept> kept;
  const TimePoint now = at("2027-03-26T12:30:00Z");
  for (int hour = 24 * 40; hour >= 0; --hour) kept.push_back({std::to_string(hour), now - std::chrono::hours(hour)});
  const std::vector<Kept> gone = outdated(kept, {24, 14}, now);
  std::vector<Kept> left;
  for (const Kept& each : kept)
    if (std::find(gone.begin(), gone.end(), each) == gone.end()) left.push_back(each);
  EXPECT_EQ(left.size(), 24U + 13U) << "24 hours, and the last one of each of 13 days before those";
  for (std::size_t i = 0; i + 1 < left.size(); ++i)
    EXPECT_LE(left[i + 1].made - left[i].made, std::chrono::hours(24)) << "no day is without one";
  EXPECT_EQ(outdated(left, {24, 14}, now), std::vector<Kept>()) << "what is left stays";
}

TEST(Shelf, the_newest_backup_never_goes_however_old_it_is) {
  const std::vector<Kept> kept{{"a", at("2020-01-01T00:00:00Z")}, {"b", at("2020-01-02T00:00:00Z")}};
  const auto gone = outdated(kept, {0, 0}, at("2027-01-01T00:00:00Z"));
  ASSERT_EQ(gone.size(), 1U);
  EXPECT_EQ(gone.front().path, "a");
}

TEST(Shelf, a_clock_that_jumps_ahead_takes_no_day_away) {
  std::vector<Kept> kept;
  const TimePoint before = at("2027-03-26T12:30:00Z"), jumped = at("2037-01-01T00:10:00Z");
  for (int day = 12; day >= 0; --day) kept.push_back({std::to_string(day), before - std::chrono::hours(24 * day)});
  EXPECT_EQ(outdated(kept, {24, 14}, jumped), std::vector<Kept>());
  for (int hour = 0; hour < 10; ++hour) kept.push_back({"new", jumped + std::chrono::hours(hour)});
  EXPECT_EQ(outdated(kept, {24, 14}, jumped + std::chrono::hours(9)), std::vector<Kept>());
  const std::vector<Kept> back = outdated(kept, {24, 14}, before);
  EXPECT_EQ(back, std::vector<Kept>()) << "set right again: those of the future count for no day";
}

TEST(Shelf, the_first_backup_of_a_day_is_the_one_that_stays) {
  const TimePoint now = at("2027-03-26T12:30:00Z");
  const std::vector<Kept> kept{
      {"first", at("2027-03-20T00:30:00Z")}, {"last", at("2027-03-20T23:30:00Z")}, {"now", now}};
  EXPECT_EQ(outdated(kept, {24, 14}, now), std::vector<Kept>{kept[1]});
  EXPECT_TRUE(is_first_of_day(kept, at("2027-03-25T00:10:00Z")));
  EXPECT_FALSE(is_first_of_day(kept, at("2027-03-20T12:00:00Z")));
}

TEST(Shelf, a_backup_of_the_future_is_not_the_newest_one) {
  const TimePoint now = at("2027-03-26T12:30:00Z");
  const std::vector<Kept> kept{{"sound", now - std::chrono::hours(2)},
                               {"by a wrong clock", now + std::chrono::hours(9000)}};
  EXPECT_EQ(newest_by(kept, now)->path, "sound");
  EXPECT_FALSE(newest_by({kept.back()}, now));
  EXPECT_EQ(newest_by({{"just now", now + std::chrono::seconds(1)}}, now)->path, "just now");
}

TEST(Shelf, clears_its_own_files_only) {
  const store::Folder folder;
  std::filesystem::create_directories(folder.data());
  const TimePoint now = at("2027-03-26T12:30:00Z");
  const std::string old = folder.data() + "/" + file_name(at("2027-01-01T00:00:00Z"));
  const std::string fresh = folder.data() + "/" + file_name(now);
  const std::string other = folder.data() + "/passerelle-notes.txt";
  for (const std::string& path : {old, fresh, other}) std::ofstream(path) << "x";
  clear(folder.data(), {24, 1}, now);
  EXPECT_FALSE(std::filesystem::exists(old));
  EXPECT_TRUE(std::filesystem::exists(fresh));
  EXPECT_TRUE(std::filesystem::exists(other));
}

}  // namespace
}  // namespace passerelle::backup
