// What sentences are told by the server is what lint believes that they are told: a name that lint does not know would
// be refused in a sentence, and one that nobody gives any more would leave a sentence out.
#include "dialog/sentence_arguments.hpp"
#include "turns/appointment_words.hpp"
#include "turns/facts.hpp"
#include "unit/turns/room.hpp"

namespace passerelle::turns {
namespace {

class ArgumentWords : public Room {
 protected:
  // Everything that some sentence could be told at some time.
  std::set<std::string> given() {
    std::set<std::string> names{"no_appointment"};
    for (const char* time : {"2027-04-02 10:00", "2027-04-02 22:00"}) {
      for (const auto& [name, value] : sentence_values(*content_, "fr", false, at(time))) names.insert(name);
    }
    const Appointment appointment = appoint("2027-04-15 14:30", [](auto& entered) { entered.bring = {"papers"}; });
    const Contact own{.readers = Readers::own, .safe_hours = {}, .code = {}};
    for (const auto& [name, value] : appointment_words(appointment, own, content_->association)) names.insert(name);
    return names;
  }
};

TEST_F(ArgumentWords, lint_knows_every_word_that_sentences_are_told) {
  for (const std::string& name : given()) EXPECT_NE(dialog::find_argument(name), nullptr) << name;
  EXPECT_EQ(dialog::find_argument("bring"), nullptr);
  EXPECT_EQ(dialog::find_argument("phones"), nullptr);
}

TEST_F(ArgumentWords, every_word_that_lint_knows_is_told_by_somebody) {
  const std::set<std::string> names = given();
  for (const dialog::ArgumentWord& word : dialog::argument_words()) {
    if (!word.needs.empty()) continue;
    const bool begins = word.name.ends_with('*');
    const std::string_view stem = begins ? word.name.substr(0, word.name.size() - 1) : word.name;
    const auto found = names.lower_bound(std::string(stem));
    EXPECT_TRUE(found != names.end() && (begins ? found->starts_with(stem) : *found == stem)) << word.name;
  }
}

}  // namespace
}  // namespace passerelle::turns
