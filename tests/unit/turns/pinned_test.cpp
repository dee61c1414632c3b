// Conversations keep the dialogs that they began with, across restarts and reloads; new ones begin with today's.
#include <gtest/gtest.h>

#include "room.hpp"
#include "store/content_version.hpp"

namespace passerelle::turns {
namespace {

using std::chrono::minutes;

class Pinned : public Room {
 protected:
  // The old version of the dialog human: it asked something first.
  static constexpr const char* old_text =
      "dialog: human\nsteps:\n  ask:\n    ask: who.question\n    answers: [{text: writer, then: noted}]\n"
      "  noted:\n    do: [{task: person}, {say: who.noted}]\n";

  void began_with(const std::string& hash) {
    set([&](Conversation& conversation) {
      conversation.locale = "fr";
      conversation.stack = {{{"human", hash}, "ask", {}, 0, at("2027-04-14 10:00"), at("2027-04-13 10:00")}};
    });
  }
  void keep(const std::string& text, const std::string& hash) {
    work([&](auto& transaction) { store::keep_content(transaction, "dialog", "human", hash, text, start_); });
  }
};

TEST_F(Pinned, a_conversation_goes_on_in_the_old_dialog_after_a_reload) {
  keep(old_text, "0ld");
  began_with("0ld");
  const TakenIn taken = say("Amina", at("2027-04-13 10:05"));
  ASSERT_EQ(taken.replies.size(), 1U);
  EXPECT_EQ(taken.replies[0].text, "Merci, c'est noté.");
  EXPECT_EQ(tasks(), Kinds{"person"});
}

TEST_F(Pinned, a_version_that_nobody_has_any_more_is_for_a_person) {
  began_with("lost");
  const TakenIn taken = say("Amina", at("2027-04-13 10:05"));
  EXPECT_FALSE(taken.stuck);
  EXPECT_NE(taken.replies[0].text.find("Une personne de notre équipe"), std::string::npos) << taken.replies[0].text;
  EXPECT_EQ(tasks(), Kinds{"person"});
}

TEST_F(Pinned, a_version_whose_sentences_are_gone_is_left_for_today_s) {
  std::string text = old_text;
  text.replace(text.find("who.noted"), 9, "gone.noted");
  keep(text, "0ld");
  began_with("0ld");
  EXPECT_FALSE(say("Amina", at("2027-04-13 10:05")).stuck);
  EXPECT_EQ(tasks(), Kinds{"person"}) << "the step 'ask' is not in today's dialog: a person reads it";
}

}  // namespace
}  // namespace passerelle::turns
