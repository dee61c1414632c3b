#include "attachments/folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

using namespace passerelle;
using namespace passerelle::attachments;
using std::string_literals::operator""s;

namespace {

const std::string ref(32, 'a');

class AttachmentFolder : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "passerelle-attachments-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    data_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(data_); }

  std::string path(const std::string& name) const { return data_ + "/attachments/" + name; }
  static unsigned mode(const std::string& path) {
    struct stat found{};
    return stat(path.c_str(), &found) == 0 ? found.st_mode & 0777U : 0;
  }

  std::string data_;
};

TEST_F(AttachmentFolder, gives_back_what_was_put_there) {
  const Folder folder(data_);
  std::string bytes = "\0\1\2"s;
  ASSERT_TRUE(folder.put(ref, bytes));
  EXPECT_EQ(folder.get(ref).value(), bytes);
  ASSERT_TRUE(folder.put(ref, "other"));
  EXPECT_EQ(folder.get(ref).value(), "other");
  EXPECT_EQ(folder.names(10), std::vector<std::string>{ref});
}

TEST_F(AttachmentFolder, is_ours_alone_and_so_are_its_files) {
  ASSERT_TRUE(Folder(data_).put(ref, "x"));
  EXPECT_EQ(mode(path("")), 0700U);
  EXPECT_EQ(mode(path(ref)), 0600U);
}

TEST_F(AttachmentFolder, a_file_is_sealed_as_texts_are_so_that_no_program_opens_it) {
  ASSERT_TRUE(Folder(data_).put(ref, "%PDF-1.7"));
  std::ifstream in(path(ref), std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  EXPECT_FALSE(text.str().starts_with("%PDF"));
}

TEST_F(AttachmentFolder, a_link_in_the_place_of_a_file_is_neither_read_nor_written) {
  const Folder folder(data_);
  ASSERT_TRUE(folder.put(std::string(32, 'b'), "x"));
  const std::string elsewhere = data_ + "/elsewhere";
  std::ofstream(elsewhere) << "1234secret";
  std::filesystem::create_symlink(elsewhere, path(ref));
  std::filesystem::create_symlink(elsewhere, path("." + ref));
  EXPECT_FALSE(folder.get(ref));
  EXPECT_FALSE(folder.put(ref, "mine"));
  std::ifstream in(elsewhere);
  std::string text;
  in >> text;
  EXPECT_EQ(text, "1234secret");
}

TEST_F(AttachmentFolder, what_is_not_there_is_an_error_to_read_and_none_to_remove) {
  const Folder folder(data_);
  EXPECT_FALSE(folder.get(ref));
  EXPECT_TRUE(folder.remove(ref));
  EXPECT_TRUE(folder.names(10).empty());
}

TEST_F(AttachmentFolder, what_the_disk_does_not_let_go_is_not_said_to_be_gone) {
  std::filesystem::create_directories(data_ + "/attachments/" + ref + "/within");
  EXPECT_FALSE(Folder(data_).remove(ref));
}

TEST(AttachmentRef, is_32_hex_digits_and_nothing_that_could_lead_elsewhere) {
  EXPECT_TRUE(is_ref(ref));
  for (const std::string& text : {std::string(), std::string(31, 'a'), std::string(33, 'a'), std::string(32, 'G'),
                                  std::string(32, 'A'), "../" + std::string(29, 'a'), std::string(32, '.')})
    EXPECT_FALSE(is_ref(text)) << text;
}

}  // namespace
