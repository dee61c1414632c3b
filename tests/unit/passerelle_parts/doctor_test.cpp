// Checks that look at what the database or the server told: a house is described, and one thing in it is wrong. Those
// that look at files are planted on a real disk in tests/system/doctor.test.mjs.
#include "doctor.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>

#include "turns/content.hpp"
#include "unit/store/folder.hpp"

namespace passerelle::doctor {
namespace {

using std::chrono::hours;

constexpr TimePoint now{std::chrono::seconds(1'800'000'000)};

House sound() {
  House house;
  house.now = now;
  house.loaded.config.data_dir = "/nowhere";
  turns::Content content;
  content.emergency.owner = "Anne";
  house.content.content = std::make_shared<turns::Content>(std::move(content));
  house.health = store::Health{5, 5, "", 0, now - hours(1)};
  house.records.emplace();
  return house;
}

Troubles found_by(std::string_view id, const House& house) {
  Troubles troubles;
  const auto all = checks();
  const auto check = std::ranges::find(all, id, &Check::id);
  EXPECT_NE(check, all.end()) << id;
  if (check != all.end()) check->look(house, troubles);
  return troubles;
}

struct Fault {
  std::string_view check;
  std::function<void(House&)> plant;
  std::string_view remedy;
  bool note = false;
};

const std::vector<Fault>& faults() {
  static const std::vector<Fault> all = {
      {"database.opens", [](House& house) { house.health = Error{"this is not a SQLite database", "/nowhere"}; },
       "restore"},
      {"database.sound", [](House& house) { house.health->value().damage = "row 7 missing"; }, "restore"},
      {"database.schema", [](House& house) { house.health->value().schema = 6; }, "newer Passerelle"},
      {"database.schema", [](House& house) { house.health->value().schema = 4; }, "migrate --dry-run", true},
      {"database.log", [](House& house) { house.health->value().log_bytes = 65 << 20; }, "restart"},
      {"clock.behind", [](House& house) { house.health->value().latest = now + std::chrono::seconds(31); }, "set-ntp"},
      {"task.waiting", [](House& house) { house.records->tasks = {{"danger", 1, now - hours(2)}}; }, "--kind danger"},
      {"task.waiting", [](House& house) { house.records->tasks = {{"call_back", 1, now - hours(73)}}; },
       "--kind call_back"},
      {"inbox.stuck", [](House& house) { house.records->inbound = {{"sms", "stuck", 2}}; }, "inbox retry"},
      {"schedule.late", [](House& house) { house.records->due.first = now - hours(1); }, "passerelle serve"},
      {"channel.paused", [](House& house) { house.records->channels["sms"].paused_at = now - hours(25); },
       "resume sms"},
      {"channel.paused", [](House& house) { house.records->channels["sms"].drained_at = now - hours(25); },
       "resume sms"},
      {"channel.queue", [](House& house) { house.records->waiting = {{"sms", 3, now - hours(1)}}; },
       "passerelle serve"},
      {"channel.queue",
       [](House& house) {
         house.server_answers = true;
         house.records->waiting = {{"sms", 3, now - hours(1)}};
       },
       "channel test sms"},
      {"channel.uncertain", [](House& house) { house.records->outbound = {{"sms", "uncertain", 1}}; }, "send list",
       true},
      {"channel.failing", [](House& house) { house.sending["sms"].failing = true; }, "channel test sms"},
      {"channel.failing", [](House& house) { house.sending["sms"].link_troubles = 3; }, "channel test sms"},
      {"fact.expired",
       [](House& house) {
         Service service;
         service.ref = "soup";
         service.owner = "Anne";
         service.zone = "Europe/Zurich";
         service.expires = date::local_days(date::year(2026) / 1 / 1);
         house.records->services = {service};
       },
       "Anne looks at it"},
      {"fact.owner",
       [](House& house) {
         Service service;
         service.ref = "soup";
         service.zone = "Europe/Zurich";
         house.records->services = {service};
       },
       "'owner'"},
      {"association.emergency", [](House& house) { house.loaded.config.association_dir = "here"; },
       "config/emergency.yaml"},
      {"url.https", [](House& house) { house.loaded.config.public_url = "http://sms.example.org"; }, "https://"},
      {"url.path", [](House& house) { house.loaded.config.public_url = "https://a.example/hooks"; }, "/hooks"},
      {"listen.tls", [](House& house) { house.loaded.config.listen_address = "0.0.0.0"; }, "tls_cert"},
      {"backup.recipient", [](House&) {}, "keygen"},
  };
  return all;
}

TEST(Doctor, finds_each_planted_fault_and_tells_its_remedy) {
  for (const Fault& fault : faults()) {
    House house = sound();
    fault.plant(house);
    const Troubles troubles = found_by(fault.check, house);
    ASSERT_FALSE(troubles.empty()) << fault.check;
    EXPECT_NE(troubles.front().remedy.find(fault.remedy), std::string::npos)
        << fault.check << ": " << troubles.front().remedy;
    EXPECT_EQ(troubles.front().note, fault.note) << fault.check;
  }
}

TEST(Doctor, says_nothing_of_what_is_as_it_should_be) {
  House house = sound();
  house.records->tasks = {{"danger", 1, now - std::chrono::minutes(30)}, {"call_back", 1, now - hours(70)}};
  house.records->channels["sms"].paused_at = now - hours(1);
  house.records->waiting = {{"sms", 3, now - std::chrono::minutes(1)}, {"chat", 1, std::nullopt}};
  house.loaded.config.public_url = "https://sms.example.org/passerelle";
  for (const std::string_view id :
       {"database.opens", "database.sound", "database.schema", "database.log", "task.waiting", "inbox.stuck",
        "schedule.late", "channel.paused", "channel.queue", "channel.uncertain", "channel.failing", "fact.owner",
        "url.https", "url.path", "listen.tls"})
    EXPECT_TRUE(found_by(id, house).empty()) << id;
}

TEST(Doctor, mends_no_file_that_a_link_or_a_second_name_leads_to) {
  const store::Folder folder;
  const std::string data = folder.data(), other = data + "/other", link = data + "/link", plain = data + "/plain";
  std::filesystem::create_directories(data);
  for (const std::string& path : {other, plain}) {
    std::ofstream(path) << "x";
    ASSERT_EQ(chmod(path.c_str(), 0644), 0);
  }
  const auto mode = [](const std::string& path) {
    struct stat found{};
    return stat(path.c_str(), &found) == 0 ? found.st_mode & 0777U : 0U;
  };
  std::filesystem::create_symlink(other, link);
  auto trouble = too_open(link, S_IRWXG | S_IRWXO, "open");
  ASSERT_TRUE(trouble);
  EXPECT_FALSE(trouble->mend());
  EXPECT_FALSE(give_to(link, geteuid(), getegid()));
  std::filesystem::remove(link);
  std::filesystem::create_hard_link(other, link);
  EXPECT_FALSE(trouble->mend()) << "it has another name";
  EXPECT_EQ(mode(other), 0644U);
  ASSERT_TRUE(too_open(plain, S_IRWXG | S_IRWXO, "open")->mend());
  EXPECT_EQ(mode(plain), 0600U);
  EXPECT_TRUE(give_to(plain, geteuid(), getegid()));
}

TEST(Doctor, every_check_has_a_name_of_its_own_and_says_what_it_looks_at) {
  std::set<std::string_view> names;
  for (const Check& check : checks()) {
    EXPECT_TRUE(names.insert(check.id).second) << check.id;
    EXPECT_FALSE(check.looks_at.empty()) << check.id;
  }
  EXPECT_GE(names.size(), 50U);
}

TEST(Doctor, every_trouble_of_an_empty_house_is_one_line_with_a_remedy) {
  House house;
  house.now = now;
  for (const Check& check : checks()) {
    Troubles troubles;
    check.look(house, troubles);
    for (const Trouble& trouble : troubles) {
      EXPECT_FALSE(trouble.remedy.empty()) << check.id;
      EXPECT_EQ((trouble.what + trouble.remedy).find('\n'), std::string::npos) << check.id;
    }
  }
}

TEST(Doctor, tells_time_as_people_do) {
  EXPECT_EQ(long_ago(std::chrono::minutes(20)), "20 minutes");
  EXPECT_EQ(long_ago(hours(5)), "5 hours");
  EXPECT_EQ(long_ago(hours(75)), "3 days");
  EXPECT_EQ(octal(0100644), "644");
}

}  // namespace
}  // namespace passerelle::doctor
