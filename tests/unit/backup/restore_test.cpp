// A backup as a whole: made of a folder that is in use, opened with its key and no other, and worth nothing once a bit
// of it has changed.
#include "backup/restore.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "backup/archive.hpp"
#include "backup/entries.hpp"
#include "backup/make.hpp"
#include "backup/shelf.hpp"
#include "backup/workplace.hpp"
#include "store/address.hpp"
#include "store/channel_state.hpp"
#include "store/outbound.hpp"
#include "store/outbox.hpp"
#include "unit/store/folder.hpp"

namespace passerelle::backup {
namespace {

namespace fs = std::filesystem;

constexpr TimePoint now{std::chrono::seconds(1'800'000'000)};

std::string bytes_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

void put(const std::string& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

class BackupOfAFolder : public testing::Test {
 protected:
  BackupOfAFolder() : writer_(store::opened(store::Writer::open(folder_.data()))), keys_(make_keys()) {
    store::write(*writer_, [](store::Transaction& transaction) {
      for (int i = 0; i < 500; ++i) store::add_due(transaction, i);
    });
    fs::create_directories(folder_.data() + "/attachments/ab");
    put(folder_.data() + "/attachments/ab/photo", std::string(200'000, 'p'));
    key_ = *read_key(keys_.key);
    work_ = folder_.data() + "/..";
  }

  Made make() {
    const auto made = make_backup({folder_.data(), work_ + "/backups", *read_recipient(keys_.recipient)}, now);
    if (!made) throw std::runtime_error(to_string(made.error()));
    return *made;
  }

  store::Folder folder_;
  std::unique_ptr<store::Writer> writer_;
  KeyPair keys_;
  Opener key_;
  std::string work_;
};

TEST_F(BackupOfAFolder, in_use_is_whole_and_comes_back_with_the_same_rows_and_files) {
  const Made made = make();
  const auto verified = verify_backup(made.path, key_, work_);
  ASSERT_TRUE(verified) << to_string(verified.error());
  EXPECT_EQ(verified->counts.at("due"), 500);
  EXPECT_EQ(verified->made, now);
  EXPECT_EQ(verified->files, 2U);
  const std::string into = work_ + "/restored";
  ASSERT_TRUE(restore_backup(made.path, key_, into, now));
  EXPECT_EQ(bytes_of(into + "/attachments/ab/photo"), std::string(200'000, 'p'));
  const auto again = store::opened(store::Writer::open(into));
  EXPECT_EQ(store::count_due(*again), 500);
}

TEST_F(BackupOfAFolder, leaves_nothing_readable_behind) {
  const Made made = make();
  struct stat file{};
  ASSERT_EQ(stat(made.path.c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777U, 0600U);
  EXPECT_EQ(bytes_of(made.path).find("SQLite format 3"), std::string::npos);
  EXPECT_EQ(bytes_of(made.path).find("pppppppp"), std::string::npos);
  EXPECT_FALSE(fs::exists(folder_.data() + "/backup.part"));
}

TEST_F(BackupOfAFolder, is_opened_by_no_other_key) {
  const Made made = make();
  const auto other = read_key(make_keys().key);
  const auto verified = verify_backup(made.path, *other, work_);
  ASSERT_FALSE(verified);
  EXPECT_NE(verified.error().what.find("does not open this backup"), std::string::npos);
}

TEST_F(BackupOfAFolder, with_any_of_a_hundred_random_corruptions_is_refused) {
  const Made made = make();
  const std::string whole = bytes_of(made.path);
  const std::string broken = made.path + ".broken";
  std::mt19937 chance(7);
  for (int i = 0; i < 100; ++i) {
    std::string changed = whole;
    const std::size_t place = chance() % whole.size();
    if (i % 4 == 0)
      changed.resize(place);  // cut short
    else if (i % 4 == 1)
      changed.insert(place, 1, static_cast<char>(chance()));
    else
      changed[place] = static_cast<char>(changed[place] ^ (1U << (chance() % 8)));
    put(broken, changed);
    EXPECT_FALSE(verify_backup(broken, key_, work_)) << "corruption " << i << " at " << place << " of " << whole.size();
  }
  put(broken, whole + "x");
  EXPECT_FALSE(verify_backup(broken, key_, work_)) << "a byte too many";
  put(broken, whole);
  EXPECT_TRUE(verify_backup(broken, key_, work_));
}

TEST_F(BackupOfAFolder, is_restored_into_no_folder_that_holds_anything) {
  const Made made = make();
  const std::string into = work_ + "/full";
  fs::create_directories(into);
  put(into + "/note", "mine");
  const auto restored = restore_backup(made.path, key_, into, now);
  ASSERT_FALSE(restored);
  EXPECT_NE(restored.error().what.find("not empty"), std::string::npos);
  EXPECT_EQ(bytes_of(into + "/note"), "mine");
}

TEST_F(BackupOfAFolder, that_cannot_be_restored_leaves_no_half_of_a_folder) {
  const Made made = make();
  std::string changed = bytes_of(made.path);
  changed[changed.size() - 5] ^= 1;
  put(made.path, changed);
  EXPECT_FALSE(restore_backup(made.path, key_, work_ + "/never", now));
  EXPECT_FALSE(fs::exists(work_ + "/never"));
}

TEST_F(BackupOfAFolder, is_given_up_when_the_server_stops) {
  const std::atomic<bool> stop = true;
  const auto made = make_backup({folder_.data(), work_ + "/backups", *read_recipient(keys_.recipient)}, now, &stop);
  ASSERT_FALSE(made);
  EXPECT_TRUE(backups_in(work_ + "/backups").empty());
}

TEST_F(BackupOfAFolder, sends_nothing_after_it_was_restored_until_people_have_looked) {
  store::write(*writer_, [](store::Transaction& transaction) {
    OutboundMessage message;
    message.ref = "r1";
    message.to = {"sms", "+41790000001"};
    message.cause = "inv:1:J-2";
    message.locale = "fr";
    message.parts = {message.text = "Rappel"};
    store::insert_outbound(transaction, store::find_or_add_address(transaction, message.to, now), message, {}, now);
    store::find_or_add_address(transaction, {"chat", "7"}, now);
  });
  const std::string into = work_ + "/held";
  const auto restored = restore_backup(make().path, key_, into, now);
  ASSERT_TRUE(restored) << to_string(restored.error());
  EXPECT_EQ(restored->held.channels, (std::vector<std::string>{"chat", "sms"}));
  EXPECT_EQ(restored->held.messages, 1);
  EXPECT_FALSE(fs::exists(into + "/lock"));
  const auto again = store::opened(store::Writer::open(into));
  store::write(*again, [](store::Transaction& transaction) {
    EXPECT_EQ(store::count_outbound(transaction).uncertain, 1);
    EXPECT_TRUE(store::leased_by_earlier_run(transaction).empty());
    EXPECT_EQ(store::load_channel_state(transaction, "sms").why, store::by_restore);
    EXPECT_EQ(store::channels_of_restore(transaction), (std::vector<std::string>{"chat", "sms"}));
    store::resume_channel(transaction, "sms");
    EXPECT_EQ(store::channels_of_restore(transaction), std::vector<std::string>{"chat"});
  });
  store::write(*writer_, [](store::Transaction& transaction) {
    EXPECT_EQ(store::count_outbound(transaction).queued, 1) << "the folder itself goes on";
  });
}

TEST_F(BackupOfAFolder, leaves_out_attachments_only_when_it_says_so) {
  Order order{folder_.data(), work_ + "/backups", *read_recipient(keys_.recipient)};
  order.attachments = false;
  const auto made = make_backup(order, now);
  ASSERT_TRUE(made) << to_string(made.error());
  EXPECT_EQ(made->files, 1U);
  EXPECT_FALSE(verify_backup(made->path, key_, work_)->attachments);
  order.attachments = true;
  EXPECT_TRUE(verify_backup(make_backup(order, now)->path, key_, work_)->attachments);
}

TEST_F(BackupOfAFolder, fails_rather_than_leave_out_a_file_that_it_cannot_take) {
  const Order order{folder_.data(), work_ + "/backups", *read_recipient(keys_.recipient)};
  put(folder_.data() + "/attachments/.unfinished", "half");
  EXPECT_EQ(make().files, 2U);
  put(folder_.data() + "/attachments/an odd name", "x");
  EXPECT_FALSE(make_backup(order, now));
  fs::remove(folder_.data() + "/attachments/an odd name");
  fs::create_symlink("/etc/hostname", folder_.data() + "/attachments/link");
  EXPECT_FALSE(make_backup(order, now));
}

TEST_F(BackupOfAFolder, counts_no_attachment_that_was_erased_meanwhile) {
  const std::string path = work_ + "/archive", there = folder_.data() + "/attachments/ab/photo";
  const std::vector<Source> sources{{"attachments/gone", folder_.data() + "/attachments/gone", true},
                                    {"attachments/photo", there, true}};
  const auto written = write_archive(path, *read_recipient(keys_.recipient), {}, sources);
  ASSERT_TRUE(written) << to_string(written.error());
  EXPECT_EQ(written->files, 1U);
  fs::create_directories(work_ + "/out");
  EXPECT_EQ(unpack_archive(path, key_, work_ + "/out")->files, 1U);
  EXPECT_FALSE(write_archive(path, *read_recipient(keys_.recipient), {}, std::vector<Source>{{"gone", path + "gone"}}));
}

TEST_F(BackupOfAFolder, for_which_there_is_no_room_is_refused_after_old_ones_were_removed) {
  Order order{folder_.data(), work_ + "/backups", *read_recipient(keys_.recipient)};
  const auto made_before = [&](int days) {
    const TimePoint time = now - std::chrono::hours(24 * days);
    return make_backup(order, time)->path;
  };
  const std::string old = made_before(5), newest = made_before(3);
  order.spare = std::uint64_t{1} << 60;
  const auto refused = make_and_clear(order, {24, 1}, now);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("make room"), std::string::npos);
  EXPECT_FALSE(fs::exists(old));
  EXPECT_TRUE(fs::exists(newest));
  EXPECT_FALSE(fs::exists(folder_.data() + "/backup.part")) << "nothing was begun";
}

TEST_F(BackupOfAFolder, that_is_broken_off_while_it_is_restored_leaves_nothing) {
  const Made made = make();
  const std::atomic<bool> stop = true;
  EXPECT_FALSE(verify_backup(made.path, key_, work_, &stop));
  EXPECT_FALSE(restore_backup(made.path, key_, work_ + "/never", now, &stop));
  EXPECT_FALSE(fs::exists(work_ + "/never"));
  for (const auto& entry : fs::directory_iterator(work_))
    EXPECT_FALSE(entry.path().filename().string().starts_with("passerelle-restore-")) << entry.path();
}

TEST_F(BackupOfAFolder, is_verified_after_what_killed_runs_have_left_was_removed) {
  const std::string left = work_ + "/passerelle-restore-abcdef", other = work_ + "/passerelle-restore-link";
  fs::create_directories(left + "/attachments");
  put(left + "/passerelle.db", "what people wrote");
  fs::create_directories(work_ + "/mine");
  put(work_ + "/mine/note", "mine");
  fs::create_directory_symlink(work_ + "/mine", other);
  const auto used = Workplace::below(work_);
  ASSERT_TRUE(used);
  EXPECT_FALSE(fs::exists(left));
  ASSERT_TRUE(verify_backup(make().path, key_, work_));
  EXPECT_TRUE(fs::exists(used->path())) << "another run uses it";
  EXPECT_TRUE(fs::is_symlink(other)) << "not one of ours";
  EXPECT_TRUE(fs::exists(work_ + "/mine/note"));
}

TEST(BackupEntries, a_name_that_leads_out_of_the_folder_is_refused) {
  for (const char* name : {"../x", "/etc/passwd", "a/../b", ".hidden", "a//b", "a/", "", "a b", "a/.b"})
    EXPECT_FALSE(is_entry_name(name)) << name;
  EXPECT_TRUE(is_entry_name("attachments/ab/photo-1.jpg"));
}

TEST(BackupEntries, are_read_in_pieces_of_any_size) {
  const std::string all = entry_line("a", 3) + "xyz" + entry_line("empty", 0) + std::string(end_line);
  for (std::size_t size = 1; size <= all.size(); ++size) {
    std::string told;
    EntryReader reader({[&](const std::string& name, std::uint64_t) {
                          told += name + ":";
                          return result<void>();
                        },
                        [&](std::string_view bytes) {
                          told += bytes;
                          return result<void>();
                        },
                        [&] {
                          told += ";";
                          return result<void>();
                        }});
    for (std::size_t i = 0; i < all.size(); i += size) ASSERT_TRUE(reader.take(std::string_view(all).substr(i, size)));
    EXPECT_EQ(told, "a:xyz;empty:;") << size;
    EXPECT_TRUE(reader.complete());
  }
}

}  // namespace
}  // namespace passerelle::backup
