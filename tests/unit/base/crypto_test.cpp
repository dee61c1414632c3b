#include "base/crypto.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>

namespace passerelle::crypto {
namespace {

TEST(Crypto, an_hmac_is_made_under_the_key_that_was_given_and_not_under_the_one_before) {
  const Secret jefe("Jefe");
  const Secret other(std::string(20, '\x0b'));
  const Secret none;
  // RFC 2202, cases 2 and 1; of no key at all: Python's hmac.
  const auto jefes = [&] { return hex(hmac_sha1(jefe, "what do ya want for nothing?")); };
  const auto others = [&] { return hex(hmac_sha1(other, "Hi There")); };
  const auto nobodys = [&] { return hex(hmac_sha1(none, "")); };
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(jefes(), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    EXPECT_EQ(jefes(), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    EXPECT_EQ(others(), "b617318655057264e28bc0b6fb378c8ef146be00");
    EXPECT_EQ(nobodys(), "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d");
    EXPECT_EQ(nobodys(), "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d");
  }
  EXPECT_EQ(hex(hmac_sha256(jefe, "what do ya want for nothing?")),  // RFC 4231, case 2
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Crypto, digests_of_different_kinds_follow_each_other) {
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(hash(Digest::sha1, "abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
    EXPECT_EQ(hex(hash(Digest::md5, "")), "d41d8cd98f00b204e9800998ecf8427e");
    EXPECT_EQ(hash(Digest::sha384, "").size(), 48U);
    EXPECT_EQ(hash(Digest::sha512, "").size(), 64U);
  }
}

TEST(Crypto, refs_of_a_group_begin_alike_and_are_still_no_numbers_to_guess) {
  std::set<std::string> refs, beginnings, rests;
  constexpr int groups = 20;
  for (int i = 0; i < 64 * groups; ++i) {
    const std::string ref = grouped_ref();
    EXPECT_EQ(ref.size(), 32U);
    EXPECT_EQ(ref.find_first_not_of("0123456789abcdef"), std::string::npos);
    refs.insert(ref);
    beginnings.insert(ref.substr(0, 3));
    rests.insert(ref.substr(3));
  }
  EXPECT_EQ(refs.size(), 64U * groups);
  EXPECT_EQ(rests.size(), 64U * groups);
  EXPECT_LE(beginnings.size(), groups + 1U) << "whatever was drawn on this thread before";
  EXPECT_GT(beginnings.size(), groups / 2U);
}

TEST(Crypto, no_ref_is_given_twice_by_any_thread) {
  constexpr int each = 1000;
  std::set<std::string> here, there;
  std::thread other([&there] {
    for (int i = 0; i < each; ++i) there.insert(random_ref());
  });
  for (int i = 0; i < each; ++i) here.insert(random_ref());
  other.join();
  here.merge(there);
  EXPECT_EQ(here.size(), std::size_t{2 * each});
  for (const std::string& ref : here) EXPECT_EQ(ref.size(), 32U);
}

}  // namespace
}  // namespace passerelle::crypto
