// Conversations keep the dialogs that they began with, across restarts and reloads; new ones begin with today's.
#include <gtest/gtest.h>

#include "dialog/load.hpp"
#include "room.hpp"
#include "store/content_version.hpp"
#include "turns/versions.hpp"

namespace passerelle::turns {
namespace {

class Pinned : public Room {
 protected:
  // An old version of the dialog human: it asked something first.
  static constexpr const char* old_human =
      "dialog: human\nsteps:\n  ask:\n    ask: who.question\n    answers: [{text: writer, then: noted}]\n"
      "  noted:\n    do: [{task: person}, {say: who.noted}]\n";
  // An old version of flat, in which 1 was the heating.
  static constexpr const char* old_flat =
      "dialog: flat\nsteps:\n  what:\n    ask: flat.what\n    answers:\n"
      "      - {number: 1, keep: problem, value: heating, then: since}\n"
      "      - {number: 2, keep: problem, value: water, then: since}\n"
      "  since:\n    ask: flat.since\n    answers: [{number: 1, then: end}]\n";

  void began_with(const std::string& dialog, const std::string& step) {
    set([&](Conversation& conversation) {
      conversation.locale = "fr";
      conversation.stack = {{{dialog, "0ld"}, step, {}, 0, at("2027-04-14 10:00"), at("2027-04-13 10:00")}};
    });
  }
  void keep(const std::string& name, const std::string& text) {
    work([&](auto& transaction) { store::keep_content(transaction, "dialog", name, "0ld", text, start_); });
  }
  // As it is kept while its sentences read as they do today.
  void keep_with_sentences(const std::string& name, const std::string& text) {
    const dialog::Loaded loaded = dialog::load("dialogs/" + name + ".yaml", text, "0ld");
    ASSERT_TRUE(loaded.dialog);
    keep(name, with_sentences(text, content_->catalog, *loaded.dialog));
  }
  Frame asked() { return conversation().stack.back(); }
};

TEST_F(Pinned, a_conversation_goes_on_in_the_old_dialog_after_a_reload) {
  keep_with_sentences("human", old_human);
  began_with("human", "ask");
  const TakenIn taken = say("Amina", at("2027-04-13 10:05"));
  ASSERT_EQ(taken.replies.size(), 1U);
  EXPECT_EQ(taken.replies[0].text, "Merci, c'est noté.");
  EXPECT_EQ(tasks(), Kinds{"person"});
}

TEST_F(Pinned, an_old_question_is_answered_as_it_was_asked_and_put_again_as_it_reads_today) {
  keep("flat", old_flat);  // its sentences said something else
  began_with("flat", "what");
  say("1", at("2027-04-13 10:05"));
  EXPECT_EQ(asked().step, "since");
  EXPECT_EQ(asked().answers.at("problem"), "heating") << "what stood on the phone";
  EXPECT_NE(asked().dialog.hash, "0ld") << "and on in today's";

  began_with("flat", "what");
  say("bla", at("2027-04-13 11:05"));
  EXPECT_NE(asked().dialog.hash, "0ld") << "today's sentence";
  say("1", at("2027-04-13 11:06"));
  EXPECT_EQ(asked().answers.at("problem"), "water") << "and what that says";
}

TEST_F(Pinned, a_version_that_nobody_has_any_more_is_for_a_person) {
  began_with("human", "ask");
  const TakenIn taken = say("Amina", at("2027-04-13 10:05"));
  EXPECT_FALSE(taken.stuck);
  EXPECT_NE(taken.replies[0].text.find("Une personne de notre équipe"), std::string::npos) << taken.replies[0].text;
  EXPECT_EQ(tasks(), Kinds{"person"});
}

TEST_F(Pinned, a_version_whose_sentences_are_gone_is_left_for_today_s) {
  std::string text = old_human;
  text.replace(text.find("who.noted"), 9, "gone.noted");
  keep("human", text);
  began_with("human", "ask");
  EXPECT_FALSE(say("Amina", at("2027-04-13 10:05")).stuck);
  EXPECT_EQ(tasks(), Kinds{"person"}) << "the step 'ask' is not in today's dialog: a person reads it";
}

}  // namespace
}  // namespace passerelle::turns
