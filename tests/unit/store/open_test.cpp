// Opening: the folder, its lock, the file, its settings and its schema.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "store/data_folder.hpp"
#include "store/database.hpp"
#include "store/migrate.hpp"
#include "unit/store/folder.hpp"

namespace passerelle::store {
namespace {

unsigned rights(const std::string& path) {
  struct stat found{};
  EXPECT_EQ(stat(path.c_str(), &found), 0) << path;
  return found.st_mode & 0777U;
}

std::string text(Database& database, Sql question) {
  Statement statement(database, question);
  return statement.next() ? statement.get<std::string>(0) : std::string();
}

std::unique_ptr<Database> fresh() {
  auto database = Database::open_in_memory();
  if (!database) throw std::runtime_error(to_string(database.error()));
  return std::move(*database);
}

TEST(Open, the_folder_and_its_files_are_for_their_owner_only) {
  const Folder folder;
  const mode_t before = umask(0);
  {
    const auto writer = opened(Writer::open(folder.data()));
    write(*writer, [](Transaction& t) { add_due(t, 1); });
    EXPECT_EQ(rights(folder.data()), 0700U);
    for (const char* end : {"", "-wal", "-shm"}) EXPECT_EQ(rights(folder.database() + end), 0600U) << end;
    EXPECT_EQ(rights(folder.data() + "/lock"), 0600U);
  }
  umask(before);
}

TEST(Open, a_second_writer_is_told_who_holds_the_folder) {
  const Folder folder;
  const auto writer = opened(Writer::open(folder.data()));
  const auto second = Writer::open(folder.data());
  ASSERT_FALSE(second);
  EXPECT_TRUE(Writer::is_locked(second.error()));
  EXPECT_NE(second.error().what.find("process " + std::to_string(getpid()) + ")"), std::string::npos)
      << second.error().what;
}

TEST(Open, the_lock_is_free_again_after_stop) {
  const Folder folder;
  const auto writer = opened(Writer::open(folder.data()));
  writer->stop();
  EXPECT_TRUE(Writer::open(folder.data()));
}

TEST(Open, a_lock_that_leads_to_another_file_is_refused_and_that_file_left_alone) {
  const Folder folder;
  std::filesystem::create_directories(folder.data());
  const std::string other = folder.data() + "/other", lock = folder.data() + "/lock";
  std::ofstream(other) << "somebody's";
  std::filesystem::create_symlink(other, lock);
  EXPECT_FALSE(FolderLock::take(folder.data()));
  std::filesystem::remove(lock);
  std::filesystem::create_hard_link(other, lock);
  EXPECT_FALSE(FolderLock::take(folder.data()));
  std::filesystem::remove(lock);
  ASSERT_EQ(mkfifo(lock.c_str(), 0600), 0);
  EXPECT_FALSE(FolderLock::take(folder.data())) << "and nobody waits for the other end";
  EXPECT_EQ(std::filesystem::file_size(other), 10U);
}

TEST(Open, a_data_path_that_is_a_file_is_a_clear_error) {
  const Folder folder;
  std::ofstream(folder.data()) << "x";
  const auto writer = Writer::open(folder.data());
  ASSERT_FALSE(writer);
  EXPECT_FALSE(Writer::is_locked(writer.error()));
  EXPECT_EQ(writer.error().what, "the data folder is not a folder; name another one");
  EXPECT_EQ(writer.error().where, folder.data());
}

TEST(Open, a_folder_inside_a_file_cannot_be_created) {
  const Folder folder;
  std::ofstream(folder.data()) << "x";
  const auto writer = Writer::open(folder.data() + "/inside/data");
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().what.substr(0, 29), "cannot create the data folder");
}

TEST(Open, parents_are_created_and_a_final_slash_is_fine) {
  const Folder folder;
  EXPECT_TRUE(Writer::open(folder.data() + "/a/b/c/"));
  EXPECT_TRUE(std::filesystem::exists(folder.data() + "/a/b/c/passerelle.db"));
}

TEST(Open, a_file_that_is_no_database_is_refused) {
  const Folder folder;
  std::filesystem::create_directory(folder.data());
  std::ofstream(folder.database()) << std::string(5000, 'x');
  const auto writer = Writer::open(folder.data());
  ASSERT_FALSE(writer);
  EXPECT_NE(writer.error().what.find("not a SQLite database"), std::string::npos) << writer.error().what;
}

TEST(Open, a_newer_schema_is_refused_and_left_alone) {
  const Folder folder;
  {
    const auto writer = opened(Writer::open(folder.data()));
  }
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(folder.database().c_str(), &handle), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(handle, "PRAGMA user_version = 99", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(handle);
  const auto writer = Writer::open(folder.data());
  ASSERT_FALSE(writer);
  EXPECT_NE(writer.error().what.find("newer Passerelle"), std::string::npos) << writer.error().what;
  EXPECT_FALSE(Writer::is_locked(writer.error()));
}

TEST(Open, the_database_of_another_program_is_refused) {
  const auto database = fresh();
  database->execute("CREATE TABLE theirs (x)");
  const auto done = migrate(*database, migrations());
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().what.find("another program"), std::string::npos);
}

TEST(Open, the_settings_of_guarantees_are_in_force) {
  const Folder folder;
  const auto writer = opened(Writer::open(folder.data()));
  write(*writer, [](Transaction& transaction) {
    Database& database = transaction.database();
    EXPECT_EQ(text(database, "PRAGMA journal_mode"), "wal");
    EXPECT_EQ(text(database, "PRAGMA synchronous"), "1") << "the writer syncs the log itself, before the answers";
    EXPECT_EQ(text(database, "PRAGMA foreign_keys"), "1");
    EXPECT_EQ(text(database, "PRAGMA trusted_schema"), "0");
    EXPECT_EQ(text(database, "PRAGMA recursive_triggers"), "0");
    EXPECT_EQ(text(database, "PRAGMA mmap_size"), "0");
    EXPECT_EQ(text(database, "PRAGMA temp_store"), "2");
    EXPECT_EQ(text(database, "PRAGMA busy_timeout"), "5000");
    EXPECT_EQ(text(database, "PRAGMA secure_delete"), "1");
    int on = 0;
    sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_DEFENSIVE, -1, &on);
    EXPECT_EQ(on, 1);
    EXPECT_THROW(text(database, "SELECT \"no_such_column\""), DatabaseError) << "double quotes are never a text";
  });
}

TEST(Open, network_file_systems_are_known_by_their_number) {
  EXPECT_EQ(network_file_system(0x6969), "NFS");
  EXPECT_EQ(network_file_system(static_cast<int>(0xFE534D42)), "SMB2");
  EXPECT_EQ(network_file_system(0xEF53), "") << "ext4";
}

TEST(Migrate, goes_forward_once_and_keeps_what_is_there) {
  const std::vector<Migration> first{{1, "CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (5);"}};
  const std::vector<Migration> both{first[0], {2, "ALTER TABLE a ADD COLUMN y INTEGER;"}};
  const auto database = fresh();
  ASSERT_TRUE(migrate(*database, first));
  ASSERT_TRUE(migrate(*database, first)) << "nothing to do";
  ASSERT_TRUE(migrate(*database, both));
  EXPECT_EQ(text(*database, "SELECT x || ':' || ifnull(y, 'none') FROM a"), "5:none");
  EXPECT_EQ(text(*database, "PRAGMA user_version"), "2");
}

TEST(Migrate, a_migration_that_fails_changes_nothing) {
  const std::vector<Migration> broken{{1, "CREATE TABLE a (x INTEGER) STRICT; CREATE TABLE a (x INTEGER) STRICT;"}};
  const auto database = fresh();
  const auto done = migrate(*database, broken);
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().what.find("migration 0001 failed"), std::string::npos) << done.error().what;
  EXPECT_EQ(text(*database, "SELECT count(*) FROM sqlite_schema"), "0");
  EXPECT_EQ(text(*database, "PRAGMA user_version"), "0");
}

TEST(Migrate, numbers_follow_one_another) {
  int expected = 1;
  for (const Migration& step : migrations()) EXPECT_EQ(step.number, expected++);
}

TEST(Statement, is_prepared_once_and_handed_back_clean) {
  const auto database = fresh();
  const auto sum = [&](std::optional<std::int64_t> a, std::string_view b) {
    Statement statement(*database, "SELECT ?1, ?2, ?3", a, b);
    EXPECT_TRUE(statement.next());
    EXPECT_EQ(statement.get<std::optional<std::int64_t>>(2), std::nullopt) << "left over from an earlier use";
    return std::pair(statement.get<std::optional<std::int64_t>>(0), statement.get<std::string>(1));
  };
  EXPECT_EQ(sum(5, "x"), std::pair(std::optional<std::int64_t>(5), std::string("x")));
  EXPECT_EQ(sum(std::nullopt, ""), std::pair(std::optional<std::int64_t>(), std::string()));
}

TEST(Statement, bytes_of_any_kind_survive) {
  const auto database = fresh();
  const std::string bytes("a\0b\xFF", 4);
  Statement statement(*database, "SELECT ?1, ?2", Blob{bytes}, "literal");
  ASSERT_TRUE(statement.next());
  EXPECT_EQ(statement.get<std::string>(0), bytes);
  EXPECT_EQ(statement.get<std::string>(1), "literal");
}

TEST(Statement, an_error_names_the_extended_code_and_the_statement_but_no_value) {
  const auto database = fresh();
  ASSERT_TRUE(migrate(*database, migrations()));
  const auto add = [&] {
    Statement(*database, "INSERT INTO person (ref, created_at) VALUES (?1, 0)", "secret-value").run();
  };
  add();
  try {
    add();
    FAIL() << "the second is a repeat";
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.code(), SQLITE_CONSTRAINT_UNIQUE);
    EXPECT_EQ(std::string(error.what()).find("secret-value"), std::string::npos);
  }
  database->execute("DELETE FROM person");
  EXPECT_NO_THROW(add()) << "the statement was handed back in spite of the error";
}

TEST(Statement, used_inside_itself_is_a_bug_that_shows) {
  const auto database = fresh();
  const auto ask = [&](auto&& inside) {
    Statement statement(*database, "SELECT 1");
    statement.next();
    inside();
  };
  EXPECT_THROW(ask([&] { ask([] {}); }), std::logic_error);
  EXPECT_NO_THROW(ask([] {}));
}

}  // namespace
}  // namespace passerelle::store
