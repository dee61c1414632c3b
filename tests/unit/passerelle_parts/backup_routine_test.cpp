// The backups that a running server makes by itself: which of them hold what people sent, and what is told of them.
#include <gtest/gtest.h>

#include <boost/asio/thread_pool.hpp>
#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>

#include "app_backup.hpp"
#include "backup/restore.hpp"
#include "unit/store/folder.hpp"

namespace passerelle {
namespace {

using std::chrono::hours;

class Routine : public testing::Test {
 protected:
  Routine() {
    store::opened(store::Writer::open(folder_.data()));
    std::filesystem::create_directories(folder_.data() + "/attachments");
    put("photo");
    config_.data_dir = folder_.data();
    config_.backup_recipient = keys_.recipient;
    routine_.emplace(config_, clock_, pool_.get_executor());
    routine_->start();
  }
  ~Routine() override {
    routine_->stop(std::chrono::seconds(20));
    pool_.join();
  }

  void put(const std::string& name) { std::ofstream(folder_.data() + "/attachments/" + name) << "x"; }

  void move(hours by) {
    clock_.set(clock_.now() + by);
    routine_->worker().ring();
  }

  // Whether the newest one, once it is of this time, holds attachments; nothing: none came in time.
  std::optional<bool> newest_holds_attachments() {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (routine_->figures().newest != clock_.now()) {
      if (std::chrono::steady_clock::now() > end) return std::nullopt;
      std::this_thread::yield();
    }
    const auto kept = backup::backups_in(backup_folder(config_));
    const auto told = backup::verify_backup(kept.back().path, *backup::read_key(keys_.key), folder_.data() + "/..");
    return told ? std::optional(told->attachments) : std::nullopt;
  }

  store::Folder folder_;
  const backup::KeyPair keys_ = backup::make_keys();
  Config config_;
  ManualClock clock_{TimePoint(std::chrono::seconds(1'800'000'000))};  // 08:00 of a day
  boost::asio::thread_pool pool_{1};
  std::optional<BackupRoutine> routine_;
};

TEST_F(Routine, puts_attachments_into_the_first_backup_of_a_day_only) {
  EXPECT_EQ(newest_holds_attachments(), true);
  move(hours(1));
  EXPECT_EQ(newest_holds_attachments(), false);
  move(hours(16));
  EXPECT_EQ(newest_holds_attachments(), true) << "another day";
  EXPECT_EQ(routine_->figures().failures, 0U);
}

TEST_F(Routine, puts_attachments_into_what_somebody_asks_for) {
  EXPECT_EQ(newest_holds_attachments(), true);
  clock_.set(clock_.now() + hours(1));
  ASSERT_TRUE(routine_->ask());
  EXPECT_EQ(newest_holds_attachments(), true);
}

TEST_F(Routine, goes_on_without_attachments_that_cannot_be_taken_and_counts_a_failure) {
  EXPECT_EQ(newest_holds_attachments(), true);
  put("an odd name");
  move(hours(24));
  EXPECT_EQ(newest_holds_attachments(), false);
  EXPECT_EQ(routine_->figures().failures, 1U);
}

}  // namespace
}  // namespace passerelle
