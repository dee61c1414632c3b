#include "backup/key.hpp"

#include <gtest/gtest.h>

namespace passerelle::backup {
namespace {

TEST(BackupKey, the_two_halves_belong_together_and_are_never_the_same_twice) {
  const KeyPair first = make_keys(), second = make_keys();
  const auto recipient = read_recipient(first.recipient);
  const auto opener = read_key(first.key);
  ASSERT_TRUE(recipient);
  ASSERT_TRUE(opener);
  EXPECT_EQ(recipient->bytes, opener->recipient.bytes);
  EXPECT_NE(first.recipient, second.recipient);
  EXPECT_EQ(name_of(*recipient).size(), 16U);
}

TEST(BackupKey, one_half_is_never_taken_for_the_other) {
  const KeyPair pair = make_keys();
  EXPECT_FALSE(read_recipient(pair.key.reveal()));
  EXPECT_FALSE(read_key(Secret(pair.recipient)));
  std::string swapped = "pbr1-" + std::string(pair.key.reveal().substr(5));
  EXPECT_FALSE(read_recipient(swapped)) << "the digits at the end are over the prefix, too";
}

TEST(BackupKey, a_typing_mistake_at_any_place_is_found_and_the_key_is_not_repeated) {
  const KeyPair pair = make_keys();
  for (std::size_t i = 0; i < pair.recipient.size(); ++i) {
    std::string mistyped = pair.recipient;
    mistyped[i] = mistyped[i] == '0' ? '1' : '0';
    if (mistyped == pair.recipient) continue;
    const auto read = read_recipient(mistyped);
    ASSERT_FALSE(read) << i;
    EXPECT_EQ(to_string(read.error()).find(mistyped), std::string::npos);
  }
  EXPECT_FALSE(read_recipient(""));
  EXPECT_FALSE(read_recipient(pair.recipient + "0"));
}

}  // namespace
}  // namespace passerelle::backup
