// R8: the disk refuses one call after the other, from the opening of the store on. What got a 200 is there; what is not
// there got a 503; nothing else breaks; and once the disk is well, messages are taken again.
#include <sys/stat.h>

#include <cstdio>

#include "disk_rig.hpp"

namespace passerelle {
namespace {

using Trouble = store::FaultyDisk::Trouble;

constexpr int more = 4;  // messages after the one that met the trouble
constexpr int most = 400;

class DiskTrouble : public DiskRig {
 protected:
  struct Tally {
    int points = 0, refused = 0, not_started = 0, unavailable = 0, ended = 0;
  };

  // A folder as an earlier run has left it when it was killed: with a log that is still to be read.
  void prepare() {
    ASSERT_TRUE(open(folder_.data())) << why_;
    for (int i = 0; i < 3; ++i) ASSERT_EQ(receive("before" + std::to_string(i), "+41790000001", "Bonjour"), 200);
    std::filesystem::copy(folder_.data(), before_, std::filesystem::copy_options::recursive);
    close();
  }

  void begin_anew() {
    close();
    std::filesystem::remove_all(now_);
    std::filesystem::copy(before_, now_, std::filesystem::copy_options::recursive);
    acknowledged_ = {"before0", "before1", "before2"};
    sent_.clear();
  }

  // True: the process is still alive.
  bool send(const std::string& id, Tally& tally) {
    sent_.insert(id);
    const int status = receive(id, "+4179000000" + std::to_string(sent_.size() % 5), "Bonjour");
    if (status == 200) acknowledged_.insert(id);
    EXPECT_TRUE(status == 200 || status == 503) << status;
    tally.unavailable += status == 503 ? 1 : 0;
    return !broken_;
  }

  // As the server: both are there or it does not start. The outbox meets the same disk, beside the inbox.
  bool start_up() { return open(now_) && try_start().has_value(); }

  void work(Tally& tally) {
    int after = 0;
    for (int i = 0; i < most && after < more; ++i) {
      if (!send("during" + std::to_string(i), tally)) return;
      after += disk_.refused() > 0 ? 1 : 0;
    }
  }

  void check() {
    EXPECT_EQ(integrity(), "ok");
    std::set<std::string> stored;
    for (const Row& row : inbound()) {
      EXPECT_TRUE(stored.insert(row.id).second) << row.id << " is there twice";
      EXPECT_EQ(row.state, "processed") << row.id;
    }
    for (const std::string& id : acknowledged_) EXPECT_TRUE(stored.contains(id)) << id << " was acknowledged";
    for (const std::string& id : stored)
      EXPECT_TRUE(acknowledged_.contains(id) || broken_before_) << id << " got a 503";
  }

  void fail_at(int first, int last, Trouble trouble, Tally& tally) {
    SCOPED_TRACE("calls " + std::to_string(first) + " to " + std::to_string(last));
    begin_anew();
    ++tally.points;
    disk_.fail_calls(first, last, trouble);
    const bool started = start_up();
    if (started) work(tally);
    tally.refused += disk_.refused() > 0 ? 1 : 0;
    tally.not_started += started ? 0 : 1;
    disk_.heal();  // space has been made, or the cable is in again
    broken_before_ = broken_;
    tally.ended += broken_ ? 1 : 0;
    if (broken_ || !started) ASSERT_TRUE(start_up()) << why_;  // what systemd does after an exit
    Tally after;
    for (int i = 0; i < 2; ++i) EXPECT_TRUE(send("after" + std::to_string(i), after));
    EXPECT_EQ(after.unavailable, 0) << "it takes messages again";
    check();
  }

  const std::string before_ = folder_.data() + "-before", now_ = folder_.data() + "-now";
  std::set<std::string> acknowledged_, sent_;
  bool broken_before_ = false;  // then a message may be there of which the sender does not know
};

TEST_F(DiskTrouble, of_a_call_that_fails_costs_a_503_or_a_restart_and_no_message) {
  prepare();
  const int calls = static_cast<int>(figure("DISK_FAULTS", 300));
  Tally tally;
  for (int call = 1; call <= calls && !HasFailure(); ++call) fail_at(call, call, Trouble::broken, tally);
  std::printf("I/O errors: %d points, %d met, %d not started, %d answers 503, %d ends of the process\n", tally.points,
              tally.refused, tally.not_started, tally.unavailable, tally.ended);
  EXPECT_GT(tally.refused, calls / 2);
}

TEST_F(DiskTrouble, of_a_disk_that_is_full_from_some_call_on_costs_503s_until_there_is_space) {
  prepare();
  const int calls = static_cast<int>(figure("DISK_FAULTS", 300));
  Tally tally;
  for (int call = 1; call <= calls && !HasFailure(); ++call) fail_at(call, 1'000'000, Trouble::full, tally);
  std::printf("full disk: %d points, %d met, %d not started, %d answers 503, %d ends of the process\n", tally.points,
              tally.refused, tally.not_started, tally.unavailable, tally.ended);
  EXPECT_GT(tally.unavailable, calls);
  EXPECT_EQ(tally.ended, 0) << "a full disk is no reason to end";
}

}  // namespace
}  // namespace passerelle
