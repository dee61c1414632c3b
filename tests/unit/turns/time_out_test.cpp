// Questions that nobody answers, in the real store: what staff get, what the person is told, and when.
#include "turns/time_out.hpp"

#include <algorithm>

#include "room.hpp"

namespace passerelle::turns {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class TimeOut : public Room {
 protected:
  // Says what leads to the question "since when?" of the dialog flat.
  void report_a_flat(TimePoint now) {
    for (const char* text : {"Bonjour", "6", "2"}) say(text, now += minutes(1));
    ASSERT_EQ(conversation().stack.back().step, "since");
  }
  std::vector<store::Task> open_tasks() {
    const AddressId id = address();
    std::vector<store::Task> tasks;
    work([&](auto& transaction) { tasks = store::open_tasks(transaction, id); });
    return tasks;
  }
};

TEST_F(TimeOut, what_was_told_so_far_reaches_staff_when_nobody_answers) {
  report_a_flat(at("2027-04-13 10:00"));
  pass_until(at("2027-04-13 11:50"));
  EXPECT_TRUE(open_tasks().empty());
  pass_until(at("2027-04-13 12:10"));
  const auto tasks = open_tasks();
  ASSERT_EQ(tasks.size(), 1U);
  EXPECT_EQ(tasks[0].kind, "flat");
  EXPECT_EQ(tasks[0].notes, (store::TaskNotes{{{"problem", "heating"}}}));
  EXPECT_TRUE(conversation().stack.empty());
  ASSERT_FALSE(rows().empty());
  EXPECT_EQ(rows().back().message_class, MessageClass::notice) << "we start it: the rules for our own messages count";
}

TEST_F(TimeOut, an_answer_in_time_leaves_nothing_to_do) {
  report_a_flat(at("2027-04-13 10:00"));
  say("1", at("2027-04-13 10:30"));
  say("4", at("2027-04-13 10:31"));
  say("1", at("2027-04-13 10:32"));
  const std::size_t before = rows().size();
  pass_until(at("2027-04-14 10:00"));
  EXPECT_EQ(rows().size(), before);
}

TEST_F(TimeOut, at_night_staff_learn_it_at_once_and_the_person_in_the_morning) {
  report_a_flat(at("2027-04-13 20:30"));
  pass_until(at("2027-04-13 22:40"));
  EXPECT_EQ(open_tasks().size(), 1U);
  EXPECT_TRUE(rows().empty());
  pass_until(at("2027-04-14 09:00"));
  ASSERT_EQ(rows().size(), 1U);
  EXPECT_TRUE(conversation().stack.empty());
  EXPECT_EQ(open_tasks().size(), 1U);
}

TEST_F(TimeOut, a_late_answer_at_night_still_finds_its_question) {
  report_a_flat(at("2027-04-13 20:30"));
  pass_until(at("2027-04-13 22:40"));
  say("1", at("2027-04-13 23:00"));
  EXPECT_EQ(conversation().stack.back().step, "people");
}

TEST_F(TimeOut, who_has_stopped_our_messages_is_told_nothing_and_staff_still_learn_it) {
  report_a_flat(at("2027-04-13 10:00"));
  wants(Consent::stopped);
  const std::size_t before = rows().size();
  pass_until(at("2027-04-13 12:10"));
  EXPECT_EQ(rows().size(), before);
  const auto tasks = open_tasks();
  EXPECT_TRUE(std::ranges::any_of(tasks, [](const store::Task& task) { return task.kind == "flat"; }));
}

TEST_F(TimeOut, a_contact_that_became_discreet_is_told_nothing) {
  report_a_flat(at("2027-04-13 10:00"));
  Contact contact;
  contact.readers = Readers::own;
  contact.discreet = true;
  record(contact);
  const std::size_t before = rows().size();
  pass_until(at("2027-04-13 12:10"));
  EXPECT_EQ(rows().size(), before);
  EXPECT_EQ(open_tasks().size(), 1U);
}

}  // namespace
}  // namespace passerelle::turns
