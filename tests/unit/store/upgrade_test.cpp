// An upgrade keeps a copy of what was before, changes all or nothing, and can be tried on a copy.
#include "store/upgrade.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "store/copy.hpp"
#include "store/data_folder.hpp"
#include "store/health.hpp"
#include "store/outbound.hpp"
#include "unit/store/folder.hpp"

namespace passerelle::store {
namespace {

namespace fs = std::filesystem;

// A data folder as an older program left it, with some rows.
void make_old(const Folder& folder, std::size_t schema, int rows) {
  ASSERT_TRUE(prepare_folder(folder.data()));
  ASSERT_TRUE(prepare_database(folder.data()));
  auto database = Database::open(folder.database(), Database::Access::write);
  ASSERT_TRUE(database);
  ASSERT_TRUE(migrate(**database, migrations().first(schema)));
  for (int i = 0; i < rows; ++i)
    Statement(**database, "INSERT INTO due (at, kind, ref) VALUES (0, 'test', ?1)", std::int64_t{i}).run();
}

TEST(Upgrade, of_a_used_folder_keeps_a_copy_of_what_was_before) {
  const Folder folder;
  make_old(folder, 2, 7);
  {
    const auto writer = opened(Writer::open(folder.data()));
    EXPECT_EQ(count_due(*writer), 7);
  }
  EXPECT_EQ(health_of(folder.data())->schema, newest_schema(migrations()));
  const std::string copy = copy_before(folder.database(), 2);
  ASSERT_EQ(copies_of(folder.database()), std::vector<std::string>{copy});
  const auto before = examine_database(copy);
  ASSERT_TRUE(before) << to_string(before.error());
  EXPECT_EQ(before->schema, 2);
  EXPECT_EQ(before->damage, "");
  EXPECT_EQ(before->counts.at("due"), 7);
}

TEST(Upgrade, of_a_new_folder_needs_no_copy) {
  const Folder folder;
  opened(Writer::open(folder.data()));
  EXPECT_EQ(copies_of(folder.database()), std::vector<std::string>());
}

TEST(Upgrade, without_room_for_the_copy_changes_nothing) {
  const Folder folder;
  make_old(folder, 2, 1);
  fs::create_directories(copy_before(folder.database(), 2) + ".part/in-the-way");
  EXPECT_FALSE(Writer::open(folder.data()));
  EXPECT_EQ(health_of(folder.data())->schema, 2);
}

TEST(Upgrade, finds_the_replies_that_the_last_run_left_unconfirmed) {
  for (const bool left : {true, false}) {
    const Folder folder;
    make_old(folder, 8, 0);
    {
      auto old = Database::open(folder.database(), Database::Access::write);
      ASSERT_TRUE(old);
      Statement(**old, "INSERT INTO address (channel, user, created_at) VALUES ('sms', x'00000000', 0)").run();
      Statement(**old,
                "WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 9)"
                " INSERT INTO outbound (id, ref, cause, address, locale, encoding, text, segments, via, state,"
                " created_at, state_at, leased_until) SELECT id, id, id, 1, 'fr', 'gsm7', x'00000000', 1, 'inline',"
                " CASE WHEN ?1 AND id IN (4, 7) THEN 'queued' ELSE 'sent' END, 0, 0,"
                " CASE WHEN ?1 AND id IN (4, 7) THEN 30000 END FROM n",
                std::int64_t{left})
          .run();
    }
    const auto writer = opened(Writer::open(folder.data()));
    EXPECT_EQ(number(*writer, "SELECT up_to FROM confirmed_replies"), left ? 3 : 9);
    write(*writer, [&](Transaction& t) { EXPECT_EQ(void_inline_leases(t, from_ms(60'000)), left ? 2 : 0); });
    EXPECT_EQ(number(*writer, "SELECT count(*) FROM outbound WHERE state = 'queued'"), 0);
  }
}

TEST(Upgrade, is_tried_on_a_copy_that_goes_again) {
  const Folder folder;
  make_old(folder, 1, 3);
  const auto tried = rehearse_upgrade(folder.data());
  ASSERT_TRUE(tried) << to_string(tried.error());
  EXPECT_EQ(tried->from, 1);
  EXPECT_EQ(tried->to, newest_schema(migrations()));
  EXPECT_EQ(health_of(folder.data())->schema, 1);
  EXPECT_FALSE(fs::exists(folder.database() + ".trial"));
}

TEST(Upgrade, is_not_done_under_a_server_that_runs) {
  const Folder folder;
  const auto writer = opened(Writer::open(folder.data()));
  const auto done = upgrade_folder(folder.data());
  ASSERT_FALSE(done);
  EXPECT_TRUE(is_lock_error(done.error()));
}

TEST(Upgrade, several_steps_are_one_transaction) {
  const auto database = Database::open_in_memory();
  ASSERT_TRUE(database);
  const std::vector<Migration> steps{{1, "CREATE TABLE a (x);"}, {2, "CREATE TABLE b (x); THIS IS NO SQL;"}};
  ASSERT_FALSE(migrate(**database, steps));
  Statement tables(**database, "SELECT count(*) FROM sqlite_schema");
  ASSERT_TRUE(tables.next());
  EXPECT_EQ(tables.get<std::int64_t>(0), 0) << "not even the first step";
}

TEST(Health, tells_a_damaged_page_from_a_sound_database) {
  const Folder folder;
  {
    const auto writer = opened(Writer::open(folder.data()));
    write(*writer, [](Transaction& transaction) {
      for (int i = 0; i < 3000; ++i) add_due(transaction, i);
    });
  }
  ASSERT_EQ(health_of(folder.data())->damage, "");
  const int file = open(folder.database().c_str(), O_WRONLY | O_CLOEXEC);
  const std::string noise(4096, '\x5a');
  for (const off_t page : {5, 9, 13, 17, 21}) ASSERT_EQ(pwrite(file, noise.data(), noise.size(), page * 4096), 4096);
  close(file);
  EXPECT_NE(health_of(folder.data())->damage, "");
}

}  // namespace
}  // namespace passerelle::store
