// A menu of more languages than one message holds: parts, their numbers, and the way from one to the next.
#include "dialog/language_menu.hpp"

#include <algorithm>

#include "unit/dialog/sample.hpp"

namespace passerelle::dialog {
namespace {

using Ids = std::vector<std::string>;

Ids many(int count) {
  Ids ids;
  for (int i = 1; i <= count; ++i) ids.push_back("l" + std::to_string(i));
  return ids;
}

// "1 l1" for each line of the part that is shown.
Ids lines(const Ids& offered) {
  Ids lines;
  for (const std::size_t at : shown_part(offered)) lines.push_back(std::to_string(at + 1) + " " + offered[at]);
  return lines;
}

TEST(LanguageMenu, each_part_ends_with_the_line_that_leads_to_the_next) {
  Ids offered = in_parts(many(12), 5);
  EXPECT_EQ(lines(offered), (Ids{"1 l1", "2 l2", "3 l3", "4 l4", "5 l5", "6 +1"}));
  offered = next_part(offered);
  EXPECT_EQ(lines(offered), (Ids{"7 l6", "8 l7", "9 l8", "10 l9", "11 l10", "6 +2"}));
  offered = next_part(offered);
  EXPECT_EQ(lines(offered), (Ids{"12 l11", "13 l12", "6 +0"}));
  EXPECT_EQ(lines(next_part(offered)), lines(in_parts(many(12), 5))) << "round and round";
}

TEST(LanguageMenu, whatever_a_saved_conversation_says_some_part_is_shown) {
  Ids offered = in_parts(many(12), 5);
  for (const char* line : {"+", "+99", "+-1", "+x", "+99999999999999999999999"}) {
    offered[5] = line;
    EXPECT_GE(lines(offered).size(), 3u) << line;
    EXPECT_EQ(next_part(offered).size(), 13u) << line;
  }
  EXPECT_EQ(lines({"+1", "l1"}), (Ids{"1 +1"}));
}

TEST(LanguageMenu, nothing_is_parted_for_one_language_more) {
  EXPECT_EQ(in_parts(many(6), 5), many(6));
  EXPECT_EQ(in_parts(many(7), 5).size(), 8u);
  EXPECT_EQ(lines(many(2)), (Ids{"1 l1", "2 l2"}));
  EXPECT_EQ(next_part(many(6)), many(6));
  EXPECT_TRUE(shown_part({}).empty());
}

TEST(LanguageMenu, a_number_means_the_same_in_every_part) {
  const Ids offered = in_parts(many(12), 5);
  EXPECT_EQ(*offered_at(offered, 7), "l6");
  EXPECT_TRUE(leads_to_others(*offered_at(offered, 6)));
  EXPECT_EQ(offered_at(offered, 14), nullptr);
  EXPECT_EQ(offered_at(offered, 0), nullptr);
}

// Five languages, two at a time, the last ones first.
class Backwards final : public Knowledge {
 public:
  std::optional<std::int64_t> fact(std::string_view, const Answers&) const override { return std::nullopt; }
  std::vector<Choice> list(std::string_view name, const Answers&) const override {
    std::vector<Choice> choices;
    if (name != "languages") return choices;
    Ids ids = many(5);
    std::ranges::reverse(ids);
    for (std::string& id : in_parts(std::move(ids), 2)) choices.push_back({std::move(id), {}});
    return choices;
  }
  std::optional<std::string> pick(std::string_view, const Answers&) const override { return std::nullopt; }
};

class Menu : public ::testing::Test {
 protected:
  Menu() {
    for (const std::string& id : many(5)) languages_.push_back({id, {id}});
    conversation_ = start(conversation_, "menu", facts_, library_, noon).next;
  }

  Turn write(const std::string& text) {
    const Reading reading = read(text);
    Turn turn = answer(conversation_, {reading, {}}, facts_, library_, noon);
    conversation_ = turn.next;
    return turn;
  }
  static SayEffect question(const Turn& turn) { return std::get<SayEffect>(turn.effects.back()); }

  Library library_ = library_of({{"menu",
                                  "steps:\n  a:\n    ask: menu.q\n    answers:\n"
                                  "      - {language: true, then: end}\n    otherwise: menu.again\n"}});
  MenuWords words_;
  std::vector<LanguageChoice> languages_;
  Backwards knowledge_;
  Facts facts_{words_, languages_, knowledge_};
  Conversation conversation_;
};

TEST_F(Menu, the_list_is_kept_with_its_question) {
  EXPECT_EQ(conversation_.stack.back().offered, (Ids{"l5", "l4", "+1", "l3", "l2", "l1"}));
  write("1");
  EXPECT_EQ(conversation_.locale, "l5");
  EXPECT_TRUE(conversation_.stack.empty());
}

TEST_F(Menu, the_others_are_shown_without_a_miss_and_every_number_goes_on_meaning_the_same) {
  const Turn turn = write("3");
  EXPECT_EQ(told(turn), (Ids{"say menu.q"}));
  EXPECT_EQ(question(turn).list, "languages");
  EXPECT_EQ(lines(question(turn).offered), (Ids{"4 l3", "5 l2", "3 +2"}));
  EXPECT_EQ(conversation_.stack.back().misses, 0);
  EXPECT_EQ(lines(question(write("3")).offered), (Ids{"6 l1", "3 +0"}));
  EXPECT_EQ(lines(question(write("3")).offered), (Ids{"1 l5", "2 l4", "3 +1"}));
  write("4");
  EXPECT_EQ(conversation_.locale, "l3") << "of a part that was shown before";
}

TEST_F(Menu, a_miss_shows_the_same_part_again) {
  write("3");
  const Turn turn = write("77");
  EXPECT_EQ(told(turn), (Ids{"say menu.again", "say menu.q"}));
  EXPECT_EQ(lines(question(turn).offered), (Ids{"4 l3", "5 l2", "3 +2"}));
}

TEST_F(Menu, any_name_is_an_answer_shown_or_not) {
  write("l1");
  EXPECT_EQ(conversation_.locale, "l1");
}

TEST_F(Menu, a_saved_conversation_knows_its_part) {
  write("3");
  const auto loaded = load_conversation(save(conversation_));
  ASSERT_TRUE(loaded);
  EXPECT_EQ(*loaded, conversation_);
}

TEST_F(Menu, a_question_of_an_older_program_has_all_languages_in_their_order) {
  conversation_.stack.back().offered.clear();
  const Turn turn = write("77");
  EXPECT_TRUE(question(turn).list.empty()) << "the sentence shows all of them";
  write("2");
  EXPECT_EQ(conversation_.locale, "l2");
}

}  // namespace
}  // namespace passerelle::dialog
