// Ten thousand random walks over random small dialogs: no walk may crash, hang, or leave somebody in a void.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "sample.hpp"

namespace passerelle::dialog {
namespace {

using Chance = std::mt19937_64;  // seeded by the test: the same walks on every machine

std::size_t pick(Chance& chance, std::size_t below) { return chance() % below; }

std::string random_exit(Chance& chance) {
  static const std::vector<std::string> exits{"s0",    "s1",        "s2",        "s3",        "end",      "human",
                                              "first", "dialog d0", "dialog d1", "dialog d2", "dialog d9"};
  return exits[pick(chance, exits.size())];
}

std::string random_answers(Chance& chance) {
  static const std::vector<std::string> tests{"number: 1", "number: 2", "yes: true", "no: true", "language: true"};
  std::string text;
  for (const std::string& test : tests) {
    if (pick(chance, 2) == 0) text += "      - {" + test + ", then: " + random_exit(chance) + "}\n";
  }
  if (text.empty() || pick(chance, 3) == 0) text += "      - {text: kept, then: " + random_exit(chance) + "}\n";
  return text;
}

std::string random_step(Chance& chance) {
  static const std::vector<std::string> actions{"say: k.a",         "task: call_back",  "case: intake",
                                                "consent: stopped", "latin_only: true", "invitation: coming"};
  std::string text;
  if (pick(chance, 2) == 0) text += "    do: [{" + actions[pick(chance, actions.size())] + "}]\n";
  if (pick(chance, 2) == 0) return text + "    then: " + random_exit(chance) + "\n";
  text += "    ask: k.q\n    answers:\n" + random_answers(chance);
  if (pick(chance, 4) == 0) return text + "    unclear: human\n";
  if (pick(chance, 2) == 0) text += "    tries: " + std::to_string(1 + pick(chance, 5)) + "\n";
  return text;
}

Library random_library(Chance& chance) {
  std::vector<std::pair<std::string, std::string>> texts;
  for (int d = 0; d < 3; ++d) {
    static const std::vector<std::string> kinds{"", "", "aside: true\n", "aside: true\n", "standing: true\n"};
    std::string text = kinds[pick(chance, kinds.size())];
    text += "expires: " + std::to_string(1 + pick(chance, 3)) + "h\nsteps:\n";
    for (int s = 0; s < 4; ++s) text += "  s" + std::to_string(s) + ":\n" + random_step(chance);
    texts.push_back({"d" + std::to_string(d), text});
  }
  return library_of(texts, "d0");
}

// A conversation is saved after every turn: nothing of it may be lost.
void expect_survives_saving(const Conversation& conversation) {
  const auto loaded = load_conversation(save(conversation));
  ASSERT_TRUE(loaded.has_value()) << to_string(loaded.error());
  EXPECT_EQ(*loaded, conversation);
}

// What must hold after every turn, whatever the dialogs are.
void expect_sound(const Person& person, const Library& library) {
  const Conversation& next = person.conversation;
  expect_survives_saving(next);
  EXPECT_LE(next.stack.size(), Conversation::deepest);
  EXPECT_LE(person.last.effects.size(), 200u);
  for (std::size_t i = 0; i < next.stack.size(); ++i) {
    const Frame& frame = next.stack[i];
    const Dialog* dialog = library.find(frame.dialog.name);
    ASSERT_NE(dialog, nullptr);
    const Step* step = dialog->find(frame.step);
    ASSERT_NE(step, nullptr);
    EXPECT_FALSE(step->ask.empty());
    EXPECT_LT(frame.misses, step->tries);
    EXPECT_GT(frame.expires, person.now);
    const bool covers = i > 0 && !library.find(next.stack[i - 1].dialog.name)->standing;
    EXPECT_TRUE(!covers || !dialog->remembers) << "only an aside may cover another question";
  }
}

// Unless a standing question was answered, or a human reads the answer: then what waits is not asked again.
void expect_asked_what_waits(const Person& person, const Library& library, const std::vector<std::string>& told,
                             bool stood) {
  const auto ordinary = [&](const Frame& each) { return !library.find(each.dialog.name)->standing; };
  if (stood || std::ranges::none_of(person.conversation.stack, ordinary)) return;
  ASSERT_FALSE(told.empty());
  if (told != std::vector<std::string>{"task person", "say common.human"}) EXPECT_EQ(told.back(), "say k.q");
}

TEST(Walk, ten_thousand_random_walks_end_or_wait_and_never_leave_a_void) {
  static const std::vector<std::string> texts{"1", "2", "3", "yes", "no", "fr", "Rue de la Gare", "", "0"};
  Chance chance(20270326);
  for (int l = 0; l < 500; ++l) {
    const Library library = random_library(chance);
    for (int w = 0; w < 20 && !testing::Test::HasFailure(); ++w) {
      Person person{library};
      person.begin("d" + std::to_string(pick(chance, 3)));
      expect_sound(person, library);
      for (int turn = 0; turn < 12; ++turn) {
        person.now += std::chrono::minutes(pick(chance, 50));
        if (pick(chance, 6) == 0) {
          const Opening opening{{{"invitation", std::to_string(pick(chance, 9))}}, person.now + std::chrono::hours(2)};
          person.begin("d" + std::to_string(pick(chance, 4)), pick(chance, 2) == 0 ? opening : Opening{});
        } else if (waiting(person.conversation, person.now)) {
          drop_expired(person.conversation, person.now);
          const bool stood = library.find(person.conversation.stack.back().dialog.name)->standing;
          expect_asked_what_waits(person, library, person.write(texts[pick(chance, texts.size())]), stood);
        }
        drop_expired(person.conversation, person.now);
        expect_sound(person, library);
      }
    }
  }
}

TEST(Walk, the_same_turn_twice_is_the_same_turn) {
  Chance chance(7);
  for (int l = 0; l < 200; ++l) {
    const Library library = random_library(chance);
    Person one{library};
    Person two{library};
    EXPECT_EQ(one.begin("d0"), two.begin("d0"));
    for (const char* text : {"1", "hm", "yes", "2"}) EXPECT_EQ(one.write(text), two.write(text));
    EXPECT_EQ(one.conversation, two.conversation);
  }
}

}  // namespace
}  // namespace passerelle::dialog
