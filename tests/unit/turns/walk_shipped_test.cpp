// Ten thousand random conversations over all shipped dialogs: whatever somebody writes, and whenever, no turn crashes
// or says nothing, every conversation ends or waits, and one that was saved and loaded goes on exactly like one that
// was kept.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "language/read.hpp"
#include "support/demo.hpp"
#include "turns/facts.hpp"
#include "turns/route.hpp"

namespace passerelle::turns {
namespace {

using Chance = std::mt19937_64;  // seeded by the test: the same walks on every machine
using std::chrono::minutes;

constexpr int walks = 10'000;
constexpr int longest = 10;  // messages

std::size_t pick(Chance& chance, std::size_t below) { return chance() % below; }

// Facts, lists and services that change from turn to turn, as they do.
class Weather final : public dialog::Knowledge {
 public:
  explicit Weather(std::uint64_t seed) : seed_(seed) {}

  std::optional<std::int64_t> fact(std::string_view name, const Answers& kept) const override {
    const std::uint64_t value = (seed_ ^ std::hash<std::string_view>{}(name) ^ kept.size()) % 4;
    return value == 3 ? std::nullopt : std::optional(static_cast<std::int64_t>(value));
  }
  std::vector<dialog::Choice> list(std::string_view name, const Answers& kept) const override {
    if (name == "questions") return {{"reminder:1", {}}, {"reminder:2", {}}};
    std::vector<dialog::Choice> choices;
    for (std::uint64_t i = 0; i < (seed_ + kept.size()) % 4; ++i) choices.push_back({"c" + std::to_string(i), {}});
    return choices;
  }
  std::optional<std::string> pick(std::string_view, const Answers& kept) const override {
    const std::uint64_t number = (seed_ + kept.size()) % 3;
    return number == 0 ? std::nullopt : std::optional("service-" + std::to_string(number));
  }

 private:
  std::uint64_t seed_;
};

const std::vector<std::string> texts{"1",
                                     "2",
                                     "3",
                                     "4",
                                     "5",
                                     "6",
                                     "7",
                                     "0",
                                     "99",
                                     "oui",
                                     "non",
                                     "yes",
                                     "مرحبا",
                                     "نعم",
                                     "ሰላም",
                                     "እወ",
                                     "так",
                                     "بلی",
                                     "STOP",
                                     "stop svp",
                                     "START",
                                     "aide",
                                     "HELP",
                                     "RAPPEL",
                                     "langue",
                                     "au secours",
                                     "النجدة",
                                     "bonjour",
                                     "merci",
                                     "rendez-vous",
                                     "28.03",
                                     "3/4/2027",
                                     "٢٨.٠٣",
                                     "4 personnes",
                                     "+41790000001",
                                     "079 000 00 01",
                                     "Amina",
                                     "Oui, dans 2 heures",
                                     "je ne comprends pas",
                                     "plus",
                                     "autre",
                                     "eau",
                                     "",
                                     "□□□",
                                     "ne m'écrivez plus",
                                     "numéro",
                                     "دکتور",
                                     "лікар"};

class Walk {
 public:
  Walk(const Content& content, const std::vector<Reading>& readings, std::uint64_t seed)
      : content_(content), readings_(readings), chance_(seed) {}

  void run() {
    begin();
    const std::size_t length = 1 + pick(chance_, longest);
    for (std::size_t i = 0; i < length && !::testing::Test::HasFatalFailure(); ++i) {
      now_ += minutes(pick(chance_, 200));
      give_up();
      answer();
    }
  }

 private:
  // From nothing, or with a reminder or any other dialog that was begun.
  void begin() {
    conversation_.locale = content_.association.languages[pick(chance_, content_.association.languages.size())];
    const auto& all = content_.library.all();
    if (pick(chance_, 2) == 0) return;
    auto dialog = all.begin();
    std::advance(dialog, static_cast<std::ptrdiff_t>(pick(chance_, all.size())));
    const Weather weather(chance_());
    const dialog::Facts facts = dialog_facts(content_, weather, conversation_.locale, false, now_);
    keep(dialog::start(conversation_, dialog->first, facts, content_.library, now_,
                       {{{"invitation", std::to_string(1 + pick(chance_, 2))}}, now_ + std::chrono::hours(48), ""}));
  }

  void give_up() {
    for (int i = 0; i < 20; ++i) {
      const auto next = dialog::next_time_out(conversation_);
      if (!next || *next > now_) return;
      const Weather weather(chance_());
      const dialog::Facts facts = dialog_facts(content_, weather, conversation_.locale, false, now_);
      keep(dialog::time_out(conversation_, facts, content_.library, now_));
    }
    FAIL() << "questions give up without end";
  }

  void answer() {
    const Reading& reading = readings_[pick(chance_, readings_.size())];
    Sent sent;
    if (pick(chance_, 20) == 0) sent = {InboundMessage::Kind::media, "17"};
    if (pick(chance_, 40) == 0) sent = {InboundMessage::Kind::missed_call};
    sent.person_called = pick(chance_, 5) == 0;
    sent.appointment_near = pick(chance_, 5) == 0;
    const Weather weather(chance_());
    const auto loaded = load_conversation(save(conversation_));
    ASSERT_TRUE(loaded) << to_string(loaded.error());
    Routed kept = route(content_, {content_.library, weather}, conversation_, reading, sent, now_);
    const Routed again = route(content_, {content_.library, weather}, *loaded, reading, sent, now_);
    ASSERT_EQ(kept.turn.next, again.turn.next) << reading.original;
    ASSERT_EQ(kept.turn.effects, again.turn.effects) << reading.original;
    const auto says = [](const dialog::Effect& each) { return std::holds_alternative<dialog::SayEffect>(each); };
    ASSERT_TRUE(std::ranges::any_of(kept.turn.effects, says)) << "nobody is left without a word: " << reading.original;
    const auto open = [](const dialog::Effect& each) { return std::holds_alternative<dialog::AnswerForEffect>(each); };
    ASSERT_TRUE(std::ranges::none_of(kept.turn.effects, open)) << "what was meant is answered in the turn itself";
    keep(std::move(kept.turn));
    ++conversation_.version;
  }

  void keep(dialog::Turn turn) {
    conversation_ = std::move(turn.next);
    ASSERT_LE(conversation_.stack.size(), Conversation::deepest);
    for (const Frame& frame : conversation_.stack) ASSERT_LE(frame.callers.size(), Frame::most_callers);
    ASSERT_LE(turn.effects.size(), 60U);
  }

  const Content& content_;
  const std::vector<Reading>& readings_;
  Chance chance_;
  Conversation conversation_;
  TimePoint now_ = from_ms(1'806'000'000'000);
};

TEST(WalkShipped, ten_thousand_random_conversations_end_or_wait_and_survive_being_saved) {
  const auto content = passerelle::testing::demo_content();
  std::vector<Reading> readings;
  for (const std::string& text : texts) readings.push_back(language::read(text, content->keywords));
  for (int number = 0; number < walks; ++number) {
    SCOPED_TRACE("walk " + std::to_string(number));
    Walk(*content, readings, static_cast<std::uint64_t>(number)).run();
    if (::testing::Test::HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace passerelle::turns
