#include "domain/reading.hpp"

#include <gtest/gtest.h>

namespace passerelle {
namespace {

std::vector<Intent> heard(const Reading& reading) {
  std::vector<Intent> intents;
  for (const KeywordHit& hit : reading.hits) intents.push_back(hit.intent);
  return intents;
}

Reading reading() {
  Reading made;
  made.original = made.folded = "2";
  made.tokens = {"2"};
  made.number = 2;
  made.hits = {{Intent::stop, "fr"}, {Intent::danger, "fr"}, {Intent::start, "fr"}, {Intent::yes, "fr"}};
  made.scores = {{"fr", 0.9}};
  return made;
}

TEST(Reading, of_a_part_of_a_text_only_a_cry_for_help_is_heard) {
  Reading part = reading();
  hear_as_part(part);
  EXPECT_EQ(heard(part), std::vector{Intent::danger});
  EXPECT_FALSE(part.number);
  EXPECT_TRUE(part.tokens.empty() && part.folded.empty());
  EXPECT_EQ(part.original, "2") << "staff read it, and a question for any words takes it";
  EXPECT_EQ(part.scores.size(), 1U);
}

TEST(Reading, nobody_starts_again_by_a_button) {
  Reading button = reading();
  hear_as_button(button);
  EXPECT_EQ(heard(button), (std::vector{Intent::stop, Intent::danger, Intent::yes}));
  EXPECT_EQ(button.number, 2);
}

}  // namespace
}  // namespace passerelle
