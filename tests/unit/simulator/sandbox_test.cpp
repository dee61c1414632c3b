// The sandboxes behind the simulator page: each visitor's own, a few at a time, and what is saved of them replays.
#include "simulator/sandbox.hpp"

#include <gtest/gtest.h>

#include <random>

#include "simulator/replay.hpp"
#include "simulator/sandboxes.hpp"
#include "support/demo.hpp"

namespace passerelle::simulator {
namespace {

const TimePoint morning = to_instant(*parse_civil("2027-03-26 09:00"), "Europe/Zurich");

std::shared_ptr<Sandbox> begin(const Phone& phone = {}, TimePoint now = morning) {
  auto made = Sandbox::begin(testing::demo_content(), phone, now);
  if (!made) throw std::runtime_error(to_string(made.error()));
  return *made;
}

std::string saved(Sandbox& sandbox) {
  const auto text = sandbox.transcript();
  return text ? *text : std::string();
}

std::vector<LogEntry::Change> last_changes(Sandbox& sandbox) { return sandbox.view()->log.back().changes; }

bool has(const std::vector<LogEntry::Change>& changes, const std::string& name, const std::string& after) {
  return std::ranges::any_of(
      changes, [&](const LogEntry::Change& change) { return change.name == name && change.after == after; });
}

// As 'dialogs test' does it.
std::string replayed(const std::string& text) {
  const ParsedTranscript parsed = parse_transcript("saved", text);
  std::string told;
  for (const Finding& finding : parsed.findings) told += to_string(finding) + "\n";
  if (!told.empty()) return told + text;
  for (const Between between : {Between::kept, Between::reloaded}) {
    for (const Finding& finding : replay(parsed.transcript, testing::demo_content(), between).findings)
      told += to_string(finding) + "\n";
  }
  return told.empty() ? told : told + text;
}

TEST(Sandbox, tells_what_each_turn_said_and_changed) {
  const auto sandbox = begin();
  ASSERT_TRUE(sandbox->say("Bonjour"));
  const auto view = sandbox->view();
  EXPECT_EQ(view->log.back().keys, (std::vector<std::string>{"first_contact.hello", "first_contact.menu"}));
  EXPECT_TRUE(has(view->log.back().changes, "language", "fr"));
  EXPECT_TRUE(has(view->log.back().changes, "dialog", "first_contact/hello"));
  ASSERT_EQ(view->bubbles.size(), 2U);
  EXPECT_EQ(view->bubbles.back().message.locale, "fr");
  ASSERT_TRUE(sandbox->say("2"));
  EXPECT_TRUE(has(last_changes(*sandbox), "task", "call_back"));
  EXPECT_EQ(sandbox->view()->state.listed.front().text, "2");
}

TEST(Sandbox, jumps_to_the_next_reminder_and_hears_its_answer) {
  const auto sandbox = begin({"+41790000002", "ti", false});
  const auto nothing = sandbox->pass("reminder");
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().what, "no reminder is planned");
  ASSERT_TRUE(sandbox->act("appointment 2027-03-30 14:30 site=valmoret with=Semhar"));
  ASSERT_TRUE(sandbox->pass("reminder"));
  const auto view = sandbox->view();
  EXPECT_EQ(format_date(to_civil(view->now, view->zone)) + " " + format_time(to_civil(view->now, view->zone)),
            "28.03.2027 14:30");
  ASSERT_EQ(view->bubbles.size(), 1U);
  EXPECT_EQ(view->bubbles.front().message.locale, "ti");
  EXPECT_NE(view->bubbles.front().message.gloss, "") << "staff read it in French";
  ASSERT_TRUE(sandbox->say("2"));
  EXPECT_TRUE(has(last_changes(*sandbox), "answer", "declined"));
  EXPECT_TRUE(has(last_changes(*sandbox), "task", "call_back"));
  EXPECT_EQ(replayed(saved(*sandbox)), "");
}

TEST(Sandbox, a_missed_call_is_a_wish_to_be_called) {
  const auto sandbox = begin({"+41790000001", "fr", false});
  ASSERT_TRUE(sandbox->ring());
  EXPECT_TRUE(has(last_changes(*sandbox), "task", "call_back"));
  EXPECT_NE(saved(*sandbox).find("\ncall\n"), std::string::npos);
  EXPECT_EQ(replayed(saved(*sandbox)), "");
}

TEST(Sandbox, a_phone_with_latin_letters_only_gets_no_others) {
  const auto sandbox = begin({"+41790000001", "fr", true});
  ASSERT_TRUE(sandbox->say("salam"));
  const auto view = sandbox->view();
  for (const Bubble& bubble : view->bubbles) EXPECT_EQ(bubble.message.encoding, Encoding::gsm7);
  EXPECT_TRUE(view->state.conversation.latin_only);
  EXPECT_EQ(replayed(saved(*sandbox)), "");
}

TEST(Sandbox, what_is_refused_changes_nothing) {
  const auto sandbox = begin();
  EXPECT_FALSE(sandbox->say(" \n "));
  EXPECT_FALSE(sandbox->say(std::string(5000, 'a')));
  EXPECT_FALSE(sandbox->act("appointment 2027-03-30 14:30 site=nowhere"));
  EXPECT_FALSE(sandbox->act("dance"));
  EXPECT_FALSE(sandbox->act("contact readers=own\ndo cancel"));
  EXPECT_FALSE(sandbox->act("contact lang=xx"));
  EXPECT_FALSE(sandbox->pass("far"));
  EXPECT_EQ(sandbox->view()->log.size(), 1U);
  EXPECT_EQ(replayed(saved(*sandbox)), "");
  EXPECT_FALSE(Sandbox::begin(testing::demo_content(), {"two words", "", false}, morning));
  EXPECT_FALSE(Sandbox::begin(testing::demo_content(), {"1", "xx", false}, morning));
}

TEST(Sandbox, ends_growing) {
  const auto sandbox = begin();
  int done = 0;
  while (done < 1000 && sandbox->say("Bonjour")) ++done;
  EXPECT_EQ(done, 299);
  EXPECT_FALSE(sandbox->pass("day"));
  EXPECT_FALSE(sandbox->act("contact readers=own"));
  EXPECT_EQ(sandbox->view()->log.size(), 300U);
}

TEST(Sandbox, begins_and_goes_on_at_minutes_that_a_transcript_can_tell) {
  // The night in which 02:00 to 03:00 comes twice: a transcript means the first, so time goes on to 03:00.
  const TimePoint late = to_instant(*parse_civil("2027-10-31 01:30"), "Europe/Zurich") + std::chrono::seconds(59);
  const auto sandbox = begin({}, late);
  ASSERT_TRUE(sandbox->say("Bonjour"));
  for (int i = 0; i < 4; ++i) {
    ASSERT_TRUE(sandbox->pass("hour"));
    ASSERT_TRUE(sandbox->say("1"));
  }
  EXPECT_EQ(replayed(saved(*sandbox)), "");
}

TEST(Sandboxes, the_least_recently_used_makes_room) {
  Sandboxes sandboxes(3);
  const std::string first = sandboxes.add(begin());
  const std::string second = sandboxes.add(begin());
  const std::string third = sandboxes.add(begin());
  EXPECT_EQ(first.size(), 32U);
  EXPECT_NE(sandboxes.use(first), nullptr);
  EXPECT_NE(sandboxes.look(second), nullptr) << "who only looks keeps nothing";
  const std::string fourth = sandboxes.add(begin());
  EXPECT_EQ(sandboxes.look(second), nullptr);
  for (const std::string& id : {first, third, fourth}) EXPECT_NE(sandboxes.look(id), nullptr);
  sandboxes.remove(first);
  EXPECT_EQ(sandboxes.use(first), nullptr);
  EXPECT_EQ(sandboxes.use("nobody"), nullptr);
}

TEST(Sandboxes, one_phone_knows_nothing_of_another) {
  const auto one = begin();
  const auto other = begin();
  ASSERT_TRUE(one->say("2"));
  ASSERT_TRUE(one->say("RAPPEL"));
  EXPECT_TRUE(other->view()->state.listed.empty());
  EXPECT_TRUE(other->view()->bubbles.empty());
}

// Whatever visitors do, the file that they save passes 'dialogs test'.
TEST(Sandbox, sixty_random_visits_replay_as_they_were_saved) {
  const std::vector<std::string> texts = {
      "1",       "2",     "3",     "4",         "0",        "Bonjour",     "مرحبا",
      "ሰላም",     "STOP",  "START", "RAPPEL",    "bla bla",  "\\n \\ {a}",  "[fr] -",
      "oui",     "non",   "-",     "Привіт",    "Hello",    "merci",       "ligne\nligne",
      "urgence", "{a.b}", "سلام",  "STOP stop", "<script>", "où ? quand ?"};
  const std::vector<std::string> actions = {"appointment 2027-04-02 14:30 site=valmoret with=Anne bring=papers,letter",
                                            "appointment 2027-03-27 07:30 with=Omar",
                                            "appointment 2027-03-29 20:15 site=rivebelle",
                                            "move 2027-04-05 09:00",
                                            "cancel",
                                            "contact readers=own",
                                            "contact readers=shared",
                                            "contact discreet=yes code=lune safe=09:00-18:00",
                                            "contact discreet=no paused=no",
                                            "contact latin_only=yes"};
  const std::vector<Locale> languages = {"", "fr", "en", "ar", "ti", "uk", "fa-AF"};
  std::mt19937 dice(20270326);
  const auto one_of = [&dice](const std::vector<std::string>& all) { return all[dice() % all.size()]; };
  std::size_t by_keys = 0;
  std::size_t lines = 0;
  for (int visit = 0; visit < 60; ++visit) {
    const auto sandbox = begin({"+4179000" + std::to_string(1000 + visit), one_of(languages), dice() % 8 == 0},
                               morning + std::chrono::minutes(dice() % 3000));
    for (int step = 0; step < 14; ++step) {
      const auto which = dice() % 10;
      if (which < 6) sandbox->say(one_of(texts)).has_value();
      if (which == 6) sandbox->ring().has_value();
      if (which == 7) sandbox->act(one_of(actions)).has_value();
      if (which > 7) sandbox->pass(one_of({"hour", "day", "due", "reminder"})).has_value();
    }
    const std::string text = saved(*sandbox);
    EXPECT_EQ(replayed(text), "") << "visit " << visit;
    for (std::size_t at = 0; (at = text.find("\n<     ", at)) != std::string::npos; ++at) {
      ++lines;
      by_keys += text[at + 7] == '{' || text[at + 7] == '[' ? 1 : 0;
    }
  }
  std::printf("%zu of %zu lines of ours are told by their keys\n", by_keys, lines);
  EXPECT_GT(by_keys, lines / 2);
}

}  // namespace
}  // namespace passerelle::simulator
