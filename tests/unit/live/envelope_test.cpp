#include "live/envelope.hpp"

#include <gtest/gtest.h>

namespace passerelle::live {
namespace {

const std::string who = "sms/+41790000001";
const Copy copy{7, from_ms(1'800'000'000'123), R"({"locale":"ti","answers":{"name":"Selam"}})"};

class EnvelopeTest : public ::testing::Test {
 protected:
  Envelope ours_{Secret("a key that two servers share, 32.")};
  const std::string name_ = ours_.name("copy", who);
};

TEST_F(EnvelopeTest, names_tell_nobody_whose_they_are) {
  EXPECT_EQ(name_.size(), std::string("passerelle:copy:").size() + 32);
  EXPECT_EQ(name_.find("4179"), std::string::npos);
  EXPECT_NE(name_, ours_.name("copy", "sms/+41790000002"));
  EXPECT_NE(name_, Envelope(Secret("another key, as long as the first")).name("copy", who));
  EXPECT_EQ(name_, Envelope(Secret("a key that two servers share, 32.")).name("copy", who));
}

TEST_F(EnvelopeTest, without_a_key_each_start_has_its_own) {
  const Envelope one{Secret()};
  const Envelope other{Secret()};
  EXPECT_NE(one.name("copy", who), other.name("copy", who));
  EXPECT_FALSE(other.open(name_, one.seal(name_, copy)).has_value());
}

TEST_F(EnvelopeTest, a_copy_comes_back_as_it_was) {
  EXPECT_EQ(ours_.open(name_, ours_.seal(name_, copy)), copy);
  const Copy empty{0, TimePoint{}, ""};
  EXPECT_EQ(ours_.open(name_, ours_.seal(name_, empty)), empty);
}

TEST_F(EnvelopeTest, what_is_sealed_shows_no_word_and_never_looks_the_same_twice) {
  const std::string sealed = ours_.seal(name_, copy);
  for (const char* word : {"locale", "Selam", "4179"}) EXPECT_EQ(sealed.find(word), std::string::npos) << word;
  EXPECT_NE(sealed, ours_.seal(name_, copy));
}

TEST_F(EnvelopeTest, a_single_changed_bit_is_not_believed) {
  const std::string sealed = ours_.seal(name_, copy);
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    std::string changed = sealed;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ 1 << bit % 8);
    EXPECT_FALSE(ours_.open(name_, changed).has_value()) << bit;
  }
}

TEST_F(EnvelopeTest, what_was_sealed_for_somebody_else_or_cut_is_not_believed) {
  const std::string sealed = ours_.seal(name_, copy);
  EXPECT_FALSE(ours_.open(ours_.name("copy", "sms/+41790000002"), sealed).has_value());
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(ours_.open(name_, std::string_view(sealed).substr(0, size)).has_value()) << size;
  }
}

}  // namespace
}  // namespace passerelle::live
