// Information pages: read from their files, told while they may be, and explained again.
#include <gtest/gtest.h>

#include "room.hpp"
#include "turns/page_file.hpp"

namespace passerelle::turns {
namespace {

using std::chrono::minutes;

class Pages : public Room {};

TEST_F(Pages, a_page_is_told_explained_again_and_then_for_a_person) {
  TimePoint now = at("2027-04-13 10:00");
  say("Bonjour", now);
  say("1", now += minutes(1));
  const auto menu = say("5", now += minutes(1));
  ASSERT_EQ(menu.replies.size(), 1U);
  EXPECT_NE(menu.replies[0].text.find("1 = machine à laver\n2 = heures de silence"), std::string::npos)
      << menu.replies[0].text;
  EXPECT_NE(say("2", now += minutes(1)).replies[0].text.find("22:00"), std::string::npos);
  EXPECT_NE(say("2", now += minutes(1)).replies[0].text.find("Après 22:00: pas de musique"), std::string::npos);
  say("2", now += minutes(1));
  EXPECT_EQ(tasks(), Kinds{"person"});
}

TEST_F(Pages, a_page_whose_time_is_over_is_not_told) {
  TimePoint now = at("2027-04-13 10:00");
  say("Bonjour", now);
  say("1", now += minutes(1));
  EXPECT_EQ(say("5", now += minutes(1)).replies[0].text.find("bus"), std::string::npos);
  // It may end between the menu and its choice.
  set([](Conversation& conversation) { conversation.stack.back().offered[0] = "old_bus"; });
  const auto told = say("1", now += minutes(1));
  EXPECT_EQ(told.replies[0].text.find("19:10"), std::string::npos) << told.replies[0].text;
  EXPECT_EQ(tasks(), Kinds{"person"});
}

TEST_F(Pages, a_draft_carries_the_site_s_words_beside_it_and_staff_read_them_too) {
  reads("ti");
  TimePoint now = at("2027-04-13 10:00");
  say("ሰላም", now);
  say("1", now += minutes(1));
  say("5", now += minutes(1));
  const auto told = say("2", now += minutes(1));
  EXPECT_NE(told.replies[0].text.find("ጸጥታ የድሊ"), std::string::npos);
  EXPECT_NE(told.replies[0].text.find("le silence commence à 22:00"), std::string::npos);
  EXPECT_NE(told.replies[0].gloss.find("le silence commence à 22:00"), std::string::npos);
  EXPECT_EQ(told.replies[0].gloss.find("ጸጥታ"), std::string::npos);
}

struct Mistake {
  const char* yaml;
  int line;
  const char* what;
};

TEST(PageFile, says_where_a_page_is_wrong_and_what_to_do) {
  const std::string head = "source: s\nowner: o\nseen: \"2026-01-01\"\nexpires: \"2027-01-01\"\n";
  const std::vector<Mistake> mistakes{
      {"owner: o\nseen: \"2026-01-01\"\nexpires: \"2027-01-01\"\ntexts:\n  fr: {title: t, text: x, again: y}\n", 1,
       "'source' is missing"},
      {"texts: []\n", 5, "a page needs its text"},
      {"texts:\n  fr: {title: t, text: x}\n", 6, "'again' is missing"},
      {"texts:\n  fr: {title: t, text: x, again: y, titel: z}\n", 6, "there is no key 'titel'"},
      {"texts:\n  fr: {title: t, text: x, again: y, reviewed_by: Anne}\n", 6, "a review has a name and a day"},
      {"texts:\n  fr: text\n", 6, "a language needs"},
      {"texts:\n  fr: {title: t, text: x, again: y, reviewed_by: A, reviewed: tomorrow}\n", 6, "is not a day"},
  };
  for (const Mistake& mistake : mistakes) {
    const std::string yaml = mistake.yaml;
    Findings findings;
    read_page("pages/p.yaml", "p", yaml.starts_with("owner") ? yaml : head + yaml, findings);
    ASSERT_FALSE(findings.empty()) << yaml;
    EXPECT_EQ(findings[0].at.line, mistake.line) << yaml;
    EXPECT_NE(findings[0].what.find(mistake.what), std::string::npos) << findings[0].what;
  }
}

}  // namespace
}  // namespace passerelle::turns
