#include "simulator/transcript_writer.hpp"

#include <gtest/gtest.h>

#include "simulator/replay.hpp"
#include "support/demo.hpp"

namespace passerelle::simulator {
namespace {

const TimePoint start = to_instant(*parse_civil("2027-03-26 09:00"), "Europe/Zurich");

class TranscriptWriterTest : public ::testing::Test {
 protected:
  void say(const std::string& text) {
    const auto taken = simulation_->say(person_, text);
    ASSERT_TRUE(taken) << to_string(taken.error());
    writer_.person(text);
    const auto state = simulation_->state(person_);
    writer_.us(taken->replies, taken->says, *content_, state->conversation, simulation_->now());
  }
  void act(const std::string& action) {
    const auto arrived = simulation_->act(person_, *parse_do(action));
    ASSERT_TRUE(arrived) << to_string(arrived.error());
    writer_.staff(action);
  }
  std::string text() { return writer_.text(*simulation_->state(person_), simulation_->now()); }
  std::string line(int number) {
    const std::string all = text();
    std::size_t from = 0;
    for (int i = 1; i < number; ++i) from = all.find('\n', from) + 1;
    return all.substr(from, all.find('\n', from) - from);
  }

  const Address person_ = {"sms", "+41790000001"};
  std::shared_ptr<const turns::Content> content_ = testing::demo_content();
  std::unique_ptr<Simulation> simulation_ = *Simulation::open(content_, start, Between::reloaded);
  TranscriptWriter writer_{{"", to_civil(start, "Europe/Zurich"), "Europe/Zurich", person_, "fr", {}}};
};

TEST_F(TranscriptWriterTest, begins_with_the_phone_and_tells_sentences_by_their_keys) {
  say("Bonjour");
  EXPECT_EQ(line(1), "start 2027-03-26 09:00 Europe/Zurich  sms  +41790000001  fr");
  EXPECT_EQ(line(2), ">     Bonjour");
  EXPECT_EQ(line(3), "<     {first_contact.hello} {first_contact.menu}");
  EXPECT_EQ(line(4), "is    locale=fr consent=open latin_only=no waiting=first_contact/hello task=-");
}

TEST_F(TranscriptWriterTest, marks_another_language_and_the_line_for_old_phones) {
  say("ሰላም ከመይ ኣለኻ");
  EXPECT_EQ(line(3), "<     [ti] {first_contact.hello} {first_contact.menu} {common.latin_line}");
}

TEST_F(TranscriptWriterTest, tells_arguments_as_people_write_them) {
  act("contact lang=fr");
  act("appointment 2027-03-30 14:30 site=valmoret with=Semhar");
  say("RDV");
  EXPECT_EQ(line(5), "<     {appointments.next when=\"30.03.2027 14:30\"} {reminder.with with=\"Semhar\"}");
}

TEST_F(TranscriptWriterTest, tells_by_its_text_what_no_key_would_give) {
  OutboundMessage message;
  message.locale = "fr";
  message.text = "{ce n'est}\npas \\ une clé";
  writer_.us({message}, {{"first_contact.hello", {}}}, *content_, {}, start);
  EXPECT_EQ(line(2), "<     \\{ce n'est}\\npas \\\\ une clé");
  const auto parsed = parse_transcript("saved", text());
  ASSERT_TRUE(parsed.findings.empty());
  EXPECT_EQ(std::get<FromUs>(parsed.transcript.lines[0].what).literal, message.text);
}

TEST_F(TranscriptWriterTest, silence_is_told) {
  writer_.us({}, {}, *content_, {}, start);
  EXPECT_EQ(line(2), "<     -");
}

}  // namespace
}  // namespace passerelle::simulator
