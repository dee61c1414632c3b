// What the server takes from its own binary without a second look is what a check makes of it.
#include <gtest/gtest.h>

#include <tuple>

#include "turns/content.hpp"

namespace passerelle::turns {
namespace {

std::shared_ptr<const Content> demo(bool binary_is_checked) {
  const LoadedContent loaded = load_content({"config/associations/demo", {}, {}, "/no/such/folder", binary_is_checked});
  for (const Finding& each : loaded.findings) ADD_FAILURE() << to_string(each);
  return loaded.content;
}

TEST(CheckedContent, the_binarys_sentences_are_the_same_with_and_without_a_second_look) {
  const auto looked_at = demo(false), taken = demo(true);
  ASSERT_TRUE(looked_at != nullptr && taken != nullptr);
  ASSERT_GE(taken->catalog.locales().size(), 21U);
  ASSERT_EQ(taken->catalog.locales(), looked_at->catalog.locales());
  for (const Locale& locale : taken->catalog.locales()) {
    const auto& sentences = taken->catalog.find(locale)->sentences;
    ASSERT_EQ(sentences.size(), looked_at->catalog.find(locale)->sentences.size()) << locale;
    for (const auto& [key, sentence] : looked_at->catalog.find(locale)->sentences) {
      const auto& same = sentences.at(key);
      EXPECT_TRUE(same.checked_at_build && !sentence.checked_at_build) << locale << ' ' << key;
      EXPECT_EQ(same.pattern, sentence.pattern) << locale << ' ' << key;
      EXPECT_EQ(same.arguments(), sentence.arguments()) << locale << ' ' << key;
      EXPECT_EQ(std::tie(same.note, same.words, same.critical, same.same),
                std::tie(sentence.note, sentence.words, sentence.critical, sentence.same))
          << locale << ' ' << key;
    }
  }
}

}  // namespace
}  // namespace passerelle::turns
