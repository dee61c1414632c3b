// Appointments, due rows, contacts and events: what is written is what is read.
#include <gtest/gtest.h>

#include "store/activity.hpp"
#include "store/contact.hpp"
#include "store/due.hpp"
#include "store/event.hpp"
#include "unit/store/noun.hpp"

namespace passerelle::store {
namespace {

using Appointments = Noun;
using Dues = Noun;
using Contacts = Noun;

Appointment example(const std::string& user = "+41790000001", const std::string& name = "Selam") {
  Appointment appointment;
  appointment.to = {"sms", user};
  appointment.at = *parse_civil("2027-03-28 14:30");
  appointment.zone = "Europe/Zurich";
  appointment.starts = to_instant(appointment.at, appointment.zone);
  appointment.place = "valmoret";
  appointment.with = "Anne";
  appointment.bring = {"papers", "letter"};
  appointment.name = name;
  return appointment;
}

TEST_F(Appointments, what_was_written_is_read_by_invitation_and_by_ref) {
  in_transaction([](Transaction& transaction) {
    Appointment appointment = example();
    insert_appointment(transaction, appointment, morning);
    for (const auto& found :
         {find_appointment(transaction, appointment.invitation), find_appointment(transaction, appointment.ref)}) {
      ASSERT_TRUE(found);
      EXPECT_EQ(found->activity, appointment.activity);
      EXPECT_EQ(found->invitation, appointment.invitation);
      EXPECT_EQ(found->ref, appointment.ref);
      EXPECT_EQ(found->to, appointment.to);
      EXPECT_EQ(found->at, appointment.at);
      EXPECT_EQ(found->zone, "Europe/Zurich");
      EXPECT_EQ(found->starts, appointment.starts);
      EXPECT_EQ(found->place, "valmoret");
      EXPECT_EQ(found->with, "Anne");
      EXPECT_EQ(found->bring, (std::vector<std::string>{"papers", "letter"}));
      EXPECT_EQ(found->name, "Selam");
      EXPECT_EQ(found->response, Response::none);
      EXPECT_FALSE(found->cancelled);
    }
    EXPECT_FALSE(find_appointment(transaction, std::string("no such ref")));
  });
}

TEST_F(Appointments, a_change_is_kept_and_a_cancelled_one_is_left_out_of_lists) {
  in_transaction([](Transaction& transaction) {
    Appointment appointment = example();
    insert_appointment(transaction, appointment, morning);
    const auto list = [&](bool cancelled) {
      return appointments_between(transaction, morning, appointment.starts + std::chrono::hours(1), cancelled, 10);
    };
    EXPECT_EQ(list(false).size(), 1U);
    EXPECT_EQ(appointments_of(transaction, appointment.address, morning, 10).size(), 1U);
    EXPECT_TRUE(appointments_of(transaction, appointment.address, appointment.starts, 10).empty()) << "has begun";
    appointment.response = Response::declined;
    appointment.responded = later;
    appointment.revision = 1;
    appointment.cancelled = true;
    update_appointment(transaction, appointment, later);
    const auto found = find_appointment(transaction, appointment.invitation);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->response, Response::declined);
    EXPECT_EQ(found->responded, later);
    EXPECT_EQ(found->revision, 1);
    EXPECT_TRUE(found->cancelled);
    EXPECT_TRUE(list(false).empty());
    EXPECT_EQ(list(true).size(), 1U);
    EXPECT_TRUE(appointments_of(transaction, appointment.address, morning, 10).empty());
  });
}

TEST_F(Appointments, two_people_of_one_phone_are_two_persons_and_the_same_name_is_one) {
  in_transaction([](Transaction& transaction) {
    for (const char* name : {"Selam", "Dawit", "Selam"}) {
      Appointment appointment = example("+41790000001", name);
      insert_appointment(transaction, appointment, morning);
    }
    Statement count(transaction.database(), "SELECT count(*) FROM address_person");
    ASSERT_TRUE(count.next());
    EXPECT_EQ(count.get<std::int64_t>(0), 2);
  });
}

TEST_F(Dues, rows_come_by_time_and_go_by_what_they_are_about) {
  in_transaction([](Transaction& transaction) {
    add_due(transaction, {later, "remind.two_hours", 7});
    add_due(transaction, {morning, "remind.two_days", 7});
    add_due(transaction, {morning, "remind.two_days", 7});
    add_due(transaction, {morning, "remind.two_days", 8});
    EXPECT_EQ(next_due(transaction), morning);
    EXPECT_EQ(due_of(transaction, 7).size(), 2U);
    EXPECT_EQ(find_due(transaction, morning, 10),
              (std::vector<Due>{{morning, "remind.two_days", 7}, {morning, "remind.two_days", 8}}));
    remove_due(transaction, {morning, "remind.two_days", 8});
    remove_due_of(transaction, "remind.two_days", 7);
    EXPECT_EQ(next_due(transaction), later);
    remove_due_of(transaction, "remind.two_hours", 7);
    EXPECT_FALSE(next_due(transaction));
  });
}

TEST_F(Contacts, an_address_without_a_record_is_treated_as_shared_and_what_staff_record_is_kept) {
  in_transaction([](Transaction& transaction) {
    const AddressId address = find_or_add_address(transaction, {"sms", "+1"}, morning);
    EXPECT_EQ(load_contact(transaction, address), Contact{});
    const Contact recorded{Readers::own, true, SafeHours{std::chrono::hours(9), std::chrono::minutes(690)}, true,
                           "lune"};
    save_contact(transaction, address, recorded, morning);
    EXPECT_EQ(load_contact(transaction, address), recorded);
    save_contact(transaction, address, {}, later);
    EXPECT_EQ(load_contact(transaction, address), Contact{});
  });
}

TEST_F(Contacts, events_are_found_by_what_they_are_about) {
  in_transaction([](Transaction& transaction) {
    add_event(transaction, "reminder.skipped", 7, "quiet_hours", morning);
    add_event(transaction, "reminder.skipped", 8, "past", morning);
    add_event(transaction, "appointment.moved", 7, "", later);
    ASSERT_EQ(events_of(transaction, "reminder.skipped", 7).size(), 1U);
    EXPECT_EQ(events_of(transaction, "reminder.skipped", 7).front().detail, "quiet_hours");
    EXPECT_EQ(events_of(transaction, "reminder.skipped", 7).front().at, morning);
  });
}

}  // namespace
}  // namespace passerelle::store
