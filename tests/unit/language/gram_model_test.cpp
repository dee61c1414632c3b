#include "language/gram_model.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "language/bits.hpp"
#include "language/shipped_model.hpp"

namespace passerelle::language {
namespace {

TEST(Bits, come_back_as_they_were_written) {
  BitWriter writer;
  for (std::uint32_t i = 0; i < 300; ++i) {
    writer.put(i % 32, 5);
    writer.put_rice(i * i % 5000, 9);
    writer.put(i * 7919 % (1U << 20U), 20);
  }
  const std::string bytes = writer.take();
  BitReader reader(bytes);
  for (std::uint32_t i = 0; i < 300; ++i) {
    EXPECT_EQ(reader.take(5), i % 32);
    EXPECT_EQ(reader.take_rice(9), i * i % 5000);
    EXPECT_EQ(reader.take(20), i * 7919 % (1U << 20U));
  }
  EXPECT_FALSE(reader.ended());
  reader.take(20);
  EXPECT_TRUE(reader.ended());
}

TEST(GramModel, is_read_whole_or_not_at_all) {
  const std::string_view shipped = shipped_model();
  EXPECT_LE(shipped.size(), 1'000'000U);
  ASSERT_NE(GramModel::read(shipped), nullptr);
  EXPECT_EQ(GramModel::read(""), nullptr);
  EXPECT_EQ(GramModel::read("PLM0" + std::string(shipped.substr(4))), nullptr);
  for (std::size_t size = 4; size < shipped.size(); size += 1 + size / 7) {
    EXPECT_EQ(GramModel::read(shipped.substr(0, size)), nullptr) << size;
  }
}

TEST(GramModel, a_broken_file_breaks_nothing) {
  std::string bytes(shipped_model());
  const Letters letters = letters_of("Bonjour, je cherche un logement pour ma famille");
  for (std::size_t at = 5; at < bytes.size(); at += 1 + at / 3) {
    const char was = bytes[at];
    bytes[at] = static_cast<char>(was ^ 0x5A);
    if (const auto model = GramModel::read(bytes)) EXPECT_LE(model->score(letters).size(), 5U);
    bytes[at] = was;
  }
}

TEST(Features, are_rows_of_up_to_four_letters_words_and_short_messages) {
  std::array<int, orders> counts{};
  for_each_feature(letters_of("Salut toi").words, [&](std::size_t order, std::uint32_t key) {
    EXPECT_LT(key, 1U << key_bits);
    ++counts[order];
  });
  // _salut_ and _toi_
  EXPECT_EQ(counts, (std::array<int, orders>{8, 10, 8, 6, 2, 1}));
}

TEST(Letters, are_small_unmarked_and_of_one_script) {
  const auto words = [](std::string_view text) { return letters_of(text).words; };
  using Words = std::vector<std::u32string>;
  EXPECT_EQ(words("Heyyyyy YOU"), (Words{U"hey", U"you"}));
  EXPECT_EQ(words("3andi 2 rdv à 14:30"), (Words{U"3andi", U"rdv", U"à"}));
  EXPECT_EQ(words("мой WhatsApp сломан"), (Words{U"мой", U"сломан"}));
  EXPECT_EQ(words("شـكرًا"), (Words{U"شكرا"}));
  EXPECT_EQ(words("l’enfant 'x' me@example.org"), (Words{U"l'enfant", U"x"}));
}

}  // namespace
}  // namespace passerelle::language
