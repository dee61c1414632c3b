#include "links/spool.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace passerelle::links {
namespace {

namespace fs = std::filesystem;

class Spool : public ::testing::Test {
 protected:
  Spool() {
    std::string pattern = (fs::temp_directory_path() / "passerelle-spool-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    fs::create_directory(folder_ + "/in");
  }
  ~Spool() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& bytes) const { std::ofstream(folder_ + "/" + name) << bytes; }
  std::string read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(folder_ + "/" + name).rdbuf();
    return text.str();
  }
  std::string finds(const std::string& pattern, std::size_t most = 10) const {
    const link::Event event = look({{{folder_ + "/in", pattern, most}}});
    if (const auto* nothing = std::get_if<link::Unanswered>(&event)) return nothing->why;
    std::string words;
    for (const link::File& file : std::get<link::Found>(event).files) words += file.name + "=" + file.bytes + " ";
    return words;
  }
  std::string names() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder_))
      found.push_back(fs::relative(entry.path(), folder_).string());
    std::sort(found.begin(), found.end());
    std::string words;
    for (const std::string& name : found) words += name + " ";
    return words;
  }

  std::string folder_;
};

TEST_F(Spool, files_are_found_by_pattern_in_the_order_of_their_names) {
  write("in/INb", "2");
  write("in/INa", "1");
  write("in/OUTc", "3");
  write("in/.INd", "4");
  fs::create_directory(folder_ + "/in/INfolder");
  fs::create_symlink("/etc/passwd", folder_ + "/in/INlink");
  EXPECT_EQ(finds("IN*"), "INa=1 INb=2 ");
  EXPECT_EQ(finds("IN*", 1), "INa=1 ");
  EXPECT_EQ(finds("*"), "INa=1 INb=2 OUTc=3 ") << "no hidden file, no folder, and nothing that a link leads to";
}

TEST_F(Spool, a_file_that_is_too_long_is_told_without_its_bytes) {
  write("in/IN1", std::string(64 * 1024, 'x'));
  write("in/IN2", std::string(64 * 1024 + 1, 'x'));
  const link::Event event = look({{{folder_ + "/in", "IN*"}}});
  const auto& files = std::get<link::Found>(event).files;
  ASSERT_EQ(files.size(), 2U);
  EXPECT_TRUE(files[0].is_whole && files[0].bytes.size() == 64 * 1024);
  EXPECT_TRUE(!files[1].is_whole && files[1].bytes.empty());
  EXPECT_GT(files[0].changed, 1'600'000'000'000'000'000);
}

TEST_F(Spool, one_file_that_may_not_be_read_hides_no_other) {
  write("in/IN1", "1");
  write("in/IN2", "2");
  fs::permissions(folder_ + "/in/IN1", fs::perms::none);
  const link::Event event = look({{{folder_ + "/in", "IN*"}}});
  const auto& files = std::get<link::Found>(event).files;
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].is_closed, ::geteuid() != 0);
  EXPECT_EQ(files[1].bytes, "2");
}

TEST_F(Spool, bytes_that_nobody_asked_for_are_not_read) {
  write("in/IN1", "1");
  fs::permissions(folder_ + "/in/IN1", fs::perms::none);
  const link::Event event = look({{{folder_ + "/in", "IN*", 10, true}}});
  const auto& files = std::get<link::Found>(event).files;
  ASSERT_EQ(files.size(), 1U);
  EXPECT_TRUE(files[0].bytes.empty() && files[0].is_whole && !files[0].is_closed);
  EXPECT_GT(files[0].changed, 1'600'000'000'000'000'000);
}

TEST_F(Spool, a_folder_that_is_not_there_is_told) {
  fs::remove(folder_ + "/in");
  EXPECT_EQ(finds("*"), "no_folder");
}

TEST_F(Spool, what_was_read_is_removed_and_what_cannot_be_is_moved_aside) {
  write("in/a", "1");
  write("in/b", "2");
  const link::Tidy what{{folder_ + "/in/a", folder_ + "/in/gone"}, {{folder_ + "/in", "b", folder_ + "/aside"}}};
  EXPECT_TRUE(std::holds_alternative<link::Tidied>(tidy(what)));
  EXPECT_EQ(names(), "aside aside/b in ");
  EXPECT_TRUE(std::holds_alternative<link::Tidied>(tidy(what))) << "twice is once";
}

TEST_F(Spool, a_file_is_put_whole_and_only_once) {
  const std::string path = folder_ + "/in/OUT1";
  EXPECT_EQ(put(path, "text", {}), Put::written);
  EXPECT_EQ(read("in/OUT1"), "text");
  EXPECT_EQ(names(), "in in/OUT1 ");
  EXPECT_EQ(put(path, "other", {}), Put::exists);
  EXPECT_EQ(read("in/OUT1"), "text");
  fs::create_directory(folder_ + "/sent");
  fs::rename(path, folder_ + "/sent/OUT1");
  EXPECT_EQ(put(path, "other", {folder_ + "/error/OUT1", folder_ + "/sent/OUT1"}), Put::exists) << "taken meanwhile";
  EXPECT_EQ(names(), "in sent sent/OUT1 ");
  write("in/.OUT2", "left over by a crash, longer");
  EXPECT_EQ(put(folder_ + "/in/OUT2", "two", {}), Put::written);
  EXPECT_EQ(read("in/OUT2"), "two");
}

TEST_F(Spool, why_a_file_cannot_be_put_is_told) {
  EXPECT_EQ(put(folder_ + "/none/OUT1", "text", {}), Put::no_folder);
  fs::permissions(folder_ + "/in", fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EQ(put(folder_ + "/in/OUT1", "text", {}), ::geteuid() == 0 ? Put::written : Put::denied);
  fs::permissions(folder_ + "/in", fs::perms::owner_all);
}

}  // namespace
}  // namespace passerelle::links
