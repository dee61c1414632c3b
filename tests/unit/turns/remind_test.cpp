// Reminders whose time has come: told once, in the right language, to nobody else, or skipped with the reason.
#include "turns/remind.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "unit/turns/room.hpp"

namespace passerelle::turns {
namespace {

using std::chrono::minutes;

const TimePoint two_days_before = at("2027-04-13 14:30");
const TimePoint two_hours_before = at("2027-04-15 12:30");
constexpr const char* when = "2027-04-15 14:30";

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

class Remind : public Room {
 protected:
  std::string cause(const Appointment& appointment, const std::string& what) const {
    return "inv:" + std::to_string(appointment.invitation.value) + ":" + std::to_string(appointment.revision) + ":" +
           what;
  }
  // The only message that was made.
  std::string told() {
    const auto all = rows();
    EXPECT_EQ(all.size(), 1U);
    return all.empty() ? "" : all.front().text;
  }
};

TEST_F(Remind, it_is_queued_in_the_persons_language_with_the_sites_beside_what_is_a_draft) {
  reads("ti");
  const Appointment appointment = appoint(when);
  pass_until(two_days_before);
  const auto queued = rows();
  ASSERT_EQ(queued.size(), 1U);
  EXPECT_EQ(queued[0].locale, "ti");
  EXPECT_TRUE(holds(queued[0].text, "ቆጸራ፦ 15.04.2027፣ 14:30")) << queued[0].text;
  EXPECT_TRUE(holds(queued[0].text, "Rendez-vous: 15.04.2027, 14:30 (après-midi)")) << queued[0].text;
  EXPECT_EQ(queued[0].cause, cause(appointment, "two_days"));
  EXPECT_EQ(queued[0].message_class, MessageClass::reminder);
  EXPECT_EQ(queued[0].not_after, appointment.starts) << "never after its event";
  EXPECT_EQ(conversation().last_reply, "ti");
}

TEST_F(Remind, it_stands_once_in_the_sites_own_language_and_for_whom_we_do_not_know) {
  appoint(when);
  pass_until(two_days_before);
  const std::string text = told();
  EXPECT_EQ(text.find("Rendez-vous"), text.rfind("Rendez-vous")) << text;
  EXPECT_EQ(rows()[0].locale, "fr");
}

TEST_F(Remind, a_phone_for_latin_letters_gets_a_language_that_it_can_show) {
  set([](Conversation& conversation) {
    conversation.locale = "ar";
    conversation.latin_only = true;
  });
  appoint(when);
  pass_until(two_days_before);
  EXPECT_EQ(rows().at(0).locale, "fr");
}

TEST_F(Remind, it_asks_until_the_appointment_and_not_longer) {
  const Appointment appointment = appoint(when);
  pass_until(two_days_before);
  ASSERT_EQ(conversation().stack.size(), 1U);
  const Frame asked = conversation().stack[0];
  EXPECT_EQ(asked.dialog.name, "reminder");
  EXPECT_EQ(asked.answers.at("invitation"), std::to_string(appointment.invitation.value));
  EXPECT_EQ(asked.expires, appointment.starts);
}

TEST_F(Remind, a_shared_phone_tells_day_time_and_first_name_and_nothing_else) {
  for (const Readers readers : {Readers::unknown, Readers::shared}) {
    Contact contact;
    contact.readers = readers;
    record(contact);
    const Appointment appointment = appoint(when);
    run(appointment, "two_days", two_days_before);
    const std::string text = rows().back().text;
    EXPECT_TRUE(holds(text, "15.04.2027, 14:30")) << text;
    EXPECT_TRUE(holds(text, "Anne")) << text;
    for (const char* secret : {"Pont", "Valmoret", "Lieu", "papiers"}) EXPECT_FALSE(holds(text, secret)) << text;
    cancel(appointment, two_days_before);
  }
}

TEST_F(Remind, an_own_phone_tells_the_place_and_what_to_bring) {
  record({.readers = Readers::own, .safe_hours = {}, .code = {}});
  appoint(when);
  pass_until(two_days_before);
  const std::string text = told();
  EXPECT_TRUE(holds(text, "Lieu: Maison du Pont, Rue du Pont 3, Valmoret")) << text;
  EXPECT_TRUE(holds(text, "Apportez vos papiers.")) << text;
  EXPECT_FALSE(holds(text, "photo")) << text;
}

TEST_F(Remind, a_discreet_contact_gets_one_neutral_sentence_and_is_asked_nothing) {
  reads("ti");
  record({.discreet = true, .safe_hours = {}, .code = {}});
  appoint(when);
  pass_until(two_days_before);
  const std::string text = told();
  for (const char* secret : {"15", "14:30", "Anne", "1 =", "Rendez", "□"}) EXPECT_FALSE(holds(text, secret)) << text;
  EXPECT_EQ(text.find('\n'), std::string::npos) << text;
  EXPECT_TRUE(conversation().stack.empty());
  EXPECT_FALSE(conversation().latin_line_told) << "it was not";
}

TEST_F(Remind, after_a_stop_somebody_calls_or_writes_a_letter) {
  wants(Consent::stopped);
  const Appointment appointment = appoint(when);
  pass_until(two_days_before);
  EXPECT_TRUE(rows().empty());
  EXPECT_EQ(tasks(), Kinds{"call_or_letter"});
  EXPECT_EQ(skipped(appointment), Kinds{"two_days consent"});
  EXPECT_TRUE(conversation().stack.empty()) << "nothing was asked";
}

TEST_F(Remind, who_kept_reminders_gets_them) {
  wants(Consent::reminders_only);
  appoint(when);
  pass_until(two_days_before);
  EXPECT_EQ(rows().size(), 1U);
}

TEST_F(Remind, what_safe_hours_hold_becomes_due_when_they_begin_and_asks_only_then) {
  record({.safe_hours = parse_safe_hours("09:00-11:30"), .code = {}});
  const Appointment appointment = appoint(when);
  pass_until(two_days_before);
  EXPECT_TRUE(rows().empty());
  EXPECT_TRUE(conversation().stack.empty());
  const store::Due later{at("2027-04-14 09:00"), "remind.two_days", appointment.invitation.value};
  EXPECT_EQ(due(appointment).front().at, later.at);
  EXPECT_EQ(due(appointment).front().kind, later.kind);
  EXPECT_TRUE(tasks().empty());
  pass_until(later.at);
  EXPECT_EQ(rows().size(), 1U);
  EXPECT_EQ(conversation().stack.size(), 1U);
}

TEST_F(Remind, one_that_only_safe_hours_after_the_start_could_tell_calls_a_person) {
  record({.safe_hours = parse_safe_hours("18:00-19:00"), .code = {}});
  const Appointment appointment = appoint(when);
  run(appointment, "two_hours", two_hours_before);
  EXPECT_TRUE(rows().empty());
  EXPECT_EQ(tasks(), Kinds{"call_or_letter"});
  EXPECT_EQ(skipped(appointment), Kinds{"two_hours safe_hours"});
}

TEST_F(Remind, at_night_it_waits_for_the_morning) {
  const Appointment appointment = appoint(when);
  run(appointment, "two_days", at("2027-04-13 23:10"));  // the server was down at 14:30
  EXPECT_TRUE(rows().empty());
  pass_until(at("2027-04-14 08:00"));
  EXPECT_EQ(rows().size(), 1U);
}

TEST_F(Remind, what_is_of_no_use_any_more_is_skipped_with_the_reason) {
  const Appointment cancelled = appoint(when);
  cancel(cancelled, start_);
  run(cancelled, "two_days", two_days_before);
  EXPECT_EQ(skipped(cancelled), Kinds{"two_days cancelled"});

  const Appointment past = appoint("2027-04-16 14:30");
  run(past, "two_hours", past.starts);
  EXPECT_EQ(skipped(past), Kinds{"two_hours past"});

  const Appointment declined = appoint("2027-04-17 14:30");
  work([&](auto& transaction) {
    EXPECT_TRUE(casework::respond(transaction, declined.invitation, Response::declined, start_));
  });
  run(declined, "two_days", two_days_before);
  EXPECT_EQ(skipped(declined), Kinds{"two_days declined"});

  Appointment gone = declined;
  gone.invitation = InvitationId{4711};
  run(gone, "two_days", two_days_before);
  EXPECT_TRUE(rows().empty());
  EXPECT_TRUE(conversation().stack.empty());
}

TEST_F(Remind, the_same_row_twice_is_one_message) {
  const Appointment appointment = appoint(when);
  run(appointment, "two_days", two_days_before);
  run(appointment, "two_days", two_days_before + minutes(1));
  EXPECT_EQ(rows().size(), 1U);
  EXPECT_EQ(skipped(appointment), Kinds{"two_days repeated"});
}

TEST_F(Remind, after_hours_in_which_nothing_ran_one_message_is_enough) {
  const Appointment appointment = appoint(when);
  work([&](auto& transaction) {
    const TimePoint back = two_hours_before + minutes(10);
    for (auto row = store::find_due(transaction, back, 1); !row.empty(); row = store::find_due(transaction, back, 1)) {
      run_due(transaction, *content_, channels_, row.front(), back);
      store::remove_due(transaction, row.front());
    }
  });
  ASSERT_EQ(rows().size(), 1U);
  EXPECT_EQ(rows()[0].cause, cause(appointment, "two_hours"));
  EXPECT_EQ(skipped(appointment), Kinds{"two_days another_follows"});
}

TEST_F(Remind, one_that_a_failing_gateway_kept_for_two_days_gives_way_to_the_next) {
  const Appointment appointment = appoint(when);
  pass_until(two_hours_before);
  const auto queued = rows();
  ASSERT_EQ(queued.size(), 2U);
  EXPECT_EQ(queued[0].cause, cause(appointment, "two_days"));
  EXPECT_EQ(queued[0].state, "stopped");
  EXPECT_EQ(queued[0].why, "another_follows");
  EXPECT_EQ(queued[1].state, "queued");
  EXPECT_EQ(conversation().stack.size(), 1U) << "and its question is asked once";
}

TEST_F(Remind, a_conversation_that_cannot_be_read_counts_as_stopped_and_somebody_looks) {
  reads("ti");
  const Appointment appointment = appoint(when);
  break_conversation();
  pass_until(two_hours_before);
  EXPECT_TRUE(rows().empty());
  EXPECT_EQ(conversation().consent, Consent::stopped);
  Kinds open = tasks();
  std::ranges::sort(open);
  EXPECT_EQ(open, (Kinds{"call_or_letter", "stuck"}));
  EXPECT_EQ(count_events("conversation.unreadable"), 1) << "it is kept once, for whoever mends it";
}

TEST_F(Remind, an_unknown_kind_is_a_bug) {
  const Appointment appointment = appoint(when);
  work([&](auto& transaction) {
    const std::int64_t ref = appointment.invitation.value;
    for (const char* kind : {"remind.never", "series.step", "remind."}) {
      EXPECT_THROW(run_due(transaction, *content_, channels_, {start_, kind, ref}, start_), std::logic_error) << kind;
    }
  });
}

TEST_F(Remind, an_own_dialog_without_our_steps_tells_nobody_that_a_person_reads_their_message) {
  const std::string file = ::testing::TempDir() + "reminder.yaml";
  std::ofstream(file)
      << "dialog: reminder\nabout: Another one.\nsteps:\n  soon:\n    say: reminder.coming\n    then: end\n";
  const LoadedContent loaded = load_content({"config/associations/demo", {}, {file}, SOURCE_DIR});
  std::filesystem::remove(file);
  for (const Finding& finding : loaded.findings) ADD_FAILURE() << to_string(finding);
  ASSERT_TRUE(loaded.content);
  const Appointment appointment = appoint(when);
  work([&](auto& transaction) {
    const store::Due row{two_days_before, "remind.two_days", appointment.invitation.value};
    EXPECT_THROW(run_due(transaction, *loaded.content, channels_, row, two_days_before), std::runtime_error);
  });
  EXPECT_TRUE(rows().empty());
}

}  // namespace
}  // namespace passerelle::turns
