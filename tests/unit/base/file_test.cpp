#include "base/file.hpp"

#include <gtest/gtest.h>

namespace passerelle {
namespace {

TEST(ReadFile, reads_a_text_whole) {
  const auto text = read_file(std::string(SOURCE_DIR) + "/script/packages.txt");
  ASSERT_TRUE(text.has_value());
  EXPECT_NE(text->find("clang-19"), std::string::npos);
}

TEST(ReadFile, names_what_is_in_the_way) {
  EXPECT_EQ(to_string(read_file("no/such/file").error()), "no/such/file: cannot be read: No such file or directory");
  EXPECT_EQ(to_string(read_file(SOURCE_DIR).error()), std::string(SOURCE_DIR) + ": is a folder, not a file");
  EXPECT_EQ(to_string(read_file("/dev/zero").error()), "/dev/zero: is not a regular file");
}

}  // namespace
}  // namespace passerelle
