// What SQLite writes to its log in pieces reaches the file at once, and nothing of it is lost or told too early.
#include "store/log_file.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "store/database.hpp"
#include "store/reader.hpp"
#include "support/faulty_disk.hpp"
#include "unit/store/folder.hpp"

namespace passerelle::store {
namespace {

// A row of about a page.
void put(Database& database, std::int64_t ref, std::int64_t value) {
  Statement(database,
            "INSERT INTO event (seq, at, kind, detail) VALUES (?1, ?2, 'test', zeroblob(3000))"
            " ON CONFLICT (seq) DO UPDATE SET at = ?2",
            ref, value)
      .run();
}

using Rows = std::map<std::int64_t, std::int64_t>;

Rows rows_of(Database& database) {
  Rows rows;
  Statement row(database, "SELECT seq, at FROM event");
  while (row.next()) rows[row.get<std::int64_t>(0)] = row.get<std::int64_t>(1);
  return rows;
}

bool is_sound(Database& database) {
  Statement answer(database, "PRAGMA integrity_check");
  return answer.next() && answer.get<std::string>(0) == "ok";
}

class LogFileTest : public testing::Test {
 protected:
  LogFileTest() {
    opened(Writer::open(folder_.data()))->stop();  // the schema
    database_ = Database::open(folder_.database(), Database::Access::write).value();
    database_->take_over_log();
  }

  void commit(std::int64_t first, std::int64_t count) {
    database_->begin();
    for (std::int64_t i = 0; i < count; ++i) put(*database_, first + i, 1);
    ASSERT_EQ(database_->commit(), SQLITE_OK);
  }

  // As it is found after a crash: what stands in the files, read by the checksums of the log.
  Rows left() {
    const std::string folder = folder_.data() + "-left";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    for (const char* name : {"passerelle.db", "passerelle.db-wal"})
      std::filesystem::copy_file(folder_.data() + "/" + name, folder + "/" + name);
    const auto found = Database::open(folder + "/passerelle.db", Database::Access::write).value();
    EXPECT_TRUE(is_sound(*found));
    return rows_of(*found);
  }

  // As another process sees it, with SQLite's own layer.
  Rows seen() {
    Rows rows;
    const auto reader = Reader::open(folder_.data()).value();
    reader->read([&](Transaction& t) { rows = rows_of(t.database()); });
    return rows;
  }

  FaultyDisk disk_;
  Folder folder_;
  std::unique_ptr<Database> database_;
};

TEST_F(LogFileTest, a_transaction_of_several_pages_is_one_write) {
  commit(1, 1);
  const int before = disk_.writes();
  commit(10, 8);
  EXPECT_EQ(disk_.writes() - before, 1);
  EXPECT_EQ(seen().size(), 9U);
}

TEST_F(LogFileTest, a_long_one_is_written_in_pieces_that_sqlite_can_write) {
  commit(1, 1);
  const int before = disk_.writes();
  commit(10, 200);
  EXPECT_LT(disk_.writes() - before, 30);
  EXPECT_EQ(seen().size(), 201U);
}

TEST_F(LogFileTest, a_write_that_the_disk_refuses_fails_the_commit_and_leaves_nothing) {
  commit(1, 1);
  for (const std::int64_t pages : {1, 8, 60}) {
    disk_.fail_writes_after(0, SQLITE_FULL);
    database_->begin();
    for (std::int64_t i = 0; i < pages; ++i) put(*database_, 100 + i, 1);
    EXPECT_EQ(database_->commit() & 0xFF, SQLITE_FULL) << pages;
    database_->roll_back();
    disk_.fail_writes_after(-1, SQLITE_OK);
    EXPECT_EQ(seen().size(), 1U) << pages;
  }
  commit(10, 8);
  EXPECT_EQ(seen().size(), 9U);
  EXPECT_TRUE(is_sound(*database_));
}

// Transactions by chance against a model: their own rows before the commit, what another reader sees, and what a crash
// would leave behind.
class LogFileModel : public LogFileTest {
 protected:
  // savepoints: now and then something is undone inside a transaction.
  void run(bool savepoints) {
    for (int round = 0; round < 300 && !HasFailure(); ++round) {
      Rows next = model_;
      database_->begin();
      for (auto changes = chance_() % 40; changes > 0; --changes) {
        change(next);
        if (savepoints && chance_() % 8 == 0) stumble();
      }
      if (chance_() % 4 == 0) {
        database_->roll_back();
      } else {
        ASSERT_EQ(database_->commit(), SQLITE_OK);
        model_ = next;
      }
      if (chance_() % 20 == 0) ASSERT_EQ(database_->checkpoint(SQLITE_CHECKPOINT_PASSIVE), SQLITE_OK);
      if (chance_() % 40 == 0) ASSERT_EQ(database_->checkpoint(SQLITE_CHECKPOINT_TRUNCATE), SQLITE_OK);
      if (round % 10 == 0) EXPECT_EQ(seen(), model_) << round;
      if (round % 3 == 0) EXPECT_EQ(left(), model_) << round;
    }
    EXPECT_TRUE(is_sound(*database_));
    EXPECT_EQ(seen(), model_);
  }

 private:
  std::int64_t any() { return static_cast<std::int64_t>(1 + chance_() % 200); }

  void change(Rows& next) {
    const std::int64_t ref = any(), value = static_cast<std::int64_t>(chance_() % 1000);
    put(*database_, ref, value);
    next[ref] = value;
    if (chance_() % 8 == 0) EXPECT_EQ(rows_of(*database_), next) << "its own, before the commit";
  }

  void stumble() {
    Statement(*database_, "SAVEPOINT some").run();
    for (int more = 0; more < 10; ++more) put(*database_, any(), -1);
    Statement(*database_, "ROLLBACK TO some").run();
    Statement(*database_, "RELEASE some").run();
  }

  std::mt19937_64 chance_{20270331};
  Rows model_;
};

// SQLite 3.40.1 loses what is committed after a savepoint was undone whose pages were in the log already: a crash
// leaves nothing from there on. So a cache that is too small must grow (take_over_log).
TEST_F(LogFileModel, holds_with_savepoints_that_are_undone_and_a_cache_that_is_too_small) {
  database_->execute("PRAGMA cache_size = 8");
  run(true);
}

// More than we ask of it: then frames are written before the commit, read back, and written again, with new checksums
// for all that follow them.
TEST_F(LogFileModel, holds_where_frames_are_written_before_the_commit) {
  database_->execute("PRAGMA cache_size = 8; PRAGMA cache_spill = 4");
  run(false);
}

}  // namespace
}  // namespace passerelle::store
