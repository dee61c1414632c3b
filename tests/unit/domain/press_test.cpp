#include "domain/press.hpp"

#include <gtest/gtest.h>

#include "domain/utf8.hpp"

namespace passerelle {
namespace {

TEST(Press, a_payload_comes_back_as_it_was) {
  for (const Press& press : {Press{"0123456789abcdef", false, 1}, Press{"ffffffffffffffff", true, 21}}) {
    EXPECT_EQ(read_press(payload_of(press)), press);
    EXPECT_LE(payload_of(press).size(), 20U) << "Telegram takes 64 bytes, WhatsApp 256";
  }
}

TEST(Press, what_is_not_ours_is_no_press) {
  for (const char* other :
       {"", "Oui", "opt:1", "GET_STARTED", "q0123456789abcdef", "q0123456789abcdef.", "q0123456789abcdef.0",
        "q0123456789abcdef.01", "q0123456789abcdef.100", "q0123456789abcdef.-1", "q0123456789ABCDEF.1",
        "x0123456789abcdef.1", "q0123456789abcdef:1", "q0123456789abcde.12", "q0123456789abcdef.1 "})
    EXPECT_FALSE(read_press(other)) << other;
}

TEST(Press, letters_are_counted_and_not_bytes) {
  EXPECT_EQ(code_point_count("ምረጹ"), 3U);
  EXPECT_EQ(code_point_count(""), 0U);
}

}  // namespace
}  // namespace passerelle
