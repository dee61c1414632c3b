#include <boost/json/array.hpp>

#include "asking.hpp"
#include "casework/appointments.hpp"
#include "store/address.hpp"
#include "store/contact.hpp"
#include "store/conversation.hpp"
#include "store/due.hpp"
#include "store/statement.hpp"
#include "store/task.hpp"
#include "turns/remind.hpp"

namespace passerelle::console {
namespace {

namespace json = boost::json;

TimePoint at(std::string_view civil) { return to_instant(parse_civil(civil).value(), "Europe/Zurich"); }

constexpr const char* selam =
    R"({"to": "sms:+41791234567", "at": "2027-04-15 14:30", "place": "valmoret", "with": "Anne", "name": "Selam",)"
    R"( "bring": "papers, letter", "language": "uk"})";

class AppointmentDesk : public Asking {
 protected:
  json::object done(std::string_view name, const std::string& arguments, TimePoint now = noon) {
    const auto answer = ask(name, arguments, now);
    EXPECT_TRUE(answer) << to_string(answer.error());
    return answer ? *answer : json::object();
  }
  std::string refused(std::string_view name, const std::string& arguments, TimePoint now = noon) {
    const auto answer = ask(name, arguments, now);
    return answer ? "done: " + json::serialize(*answer) : answer.error().where + ": " + answer.error().what;
  }
  static std::string text(const json::object& row, std::string_view name) {
    const auto* value = row.if_contains(name);
    return value == nullptr ? "" : value->is_string() ? std::string(value->get_string()) : json::serialize(*value);
  }
  std::string made() { return text(done("appointment.add", selam), "ref"); }
  json::array listed(const std::string& arguments, TimePoint now = noon) {
    return done("appointment.list", arguments, now).at("appointments").as_array();
  }
  // The outgoing messages' causes without the invitation's number, and their states.
  std::string messages() {
    std::string all;
    work([&](store::Transaction& transaction) {
      store::Statement row(transaction.database(), "SELECT cause, state FROM outbound ORDER BY id");
      while (row.next()) all += row.get<std::string>(0) + ' ' + row.get<std::string>(1) + '\n';
    });
    return all;
  }
  void work(const std::function<void(store::Transaction&)>& what) {
    const auto committed = store::transact_now(*writer_, what);
    EXPECT_TRUE(committed) << to_string(committed.error());
  }
  AddressId selams(store::Transaction& transaction) {
    return store::find_address(transaction, {"sms", "+41791234567"});
  }
};

TEST_F(AppointmentDesk, whoever_makes_an_appointment_where_no_reminder_can_leave_is_told) {
  EXPECT_FALSE(done("appointment.add", selam).contains("warning"));
  channels_["sms"].sends = false;
  const std::string another = R"({"to": "sms:+41791234500", "at": "2027-04-15 14:30", "language": "fr"})";
  EXPECT_NE(text(done("appointment.add", another), "warning").find("no reminder will leave"), std::string::npos);
}

TEST_F(AppointmentDesk, an_appointment_that_is_added_is_shown_with_its_reminders) {
  const json::object row = done("appointment.add", selam);
  EXPECT_EQ(text(row, "ref").size(), 32U);
  EXPECT_EQ(text(row, "starts"), "2027-04-15T12:30:00.000Z");
  EXPECT_EQ(text(row, "starts_here"), "15.04.2027 14:30");
  EXPECT_EQ(text(row, "address"), "sms:+41791234567");
  EXPECT_EQ(text(row, "bring"), R"(["papers","letter"])");
  EXPECT_EQ(text(row, "response"), "none");
  EXPECT_EQ(text(row, "consent"), "open");
  EXPECT_EQ(text(row, "reminders"), R"([{"reminder":"two_days","state":"planned","at":"2027-04-13T12:30:00.000Z"},)"
                                    R"({"reminder":"two_hours","state":"planned","at":"2027-04-15T10:30:00.000Z"}])");
  EXPECT_EQ(text(row, "reminders_here"), "two_days planned 13.04.2027 14:30, two_hours planned 15.04.2027 12:30");
  work([&](store::Transaction& transaction) {
    EXPECT_EQ(store::load_conversation(transaction, selams(transaction)).locale, "uk");
  });
  EXPECT_EQ(messages(), "") << "nobody is told before it is time";
}

TEST_F(AppointmentDesk, what_is_wrong_is_told_with_its_argument) {
  EXPECT_EQ(refused("appointment.add", R"({"to": "sms:+41791234567"})"), "at: 'at' is missing: write 2027-03-28 14:30");
  EXPECT_EQ(refused("appointment.add", R"({"to": "fax:+41791234567", "at": "2027-04-15 14:30"})"),
            "channel: there is no channel 'fax'; one of: sms");
  EXPECT_EQ(refused("appointment.add", R"({"to": "sms:+41791234567", "at": "2027-04-15 14:30", "bring": "paper"})"),
            "bring: there is no sentence for 'paper'; did you mean 'papers'?");
  EXPECT_EQ(refused("appointment.add", R"({"to": "sms:+41791234567", "at": "2027-03-28 12:59"})"),
            "at: 28.03.2027 12:59 is past: write a day and a time to come");
  const std::string ref = made();
  EXPECT_EQ(refused("appointment.add", selam),
            "at: there is an appointment for this address on 15.04.2027 14:30 already: move or cancel " + ref);
}

TEST_F(AppointmentDesk, the_list_is_one_day_or_from_a_day_until_another_or_the_week_from_today) {
  for (const char* when : {"2027-03-28 14:30", "2027-04-03 23:30", "2027-04-04 00:00", "2027-04-15 14:30"}) {
    done("appointment.add", R"({"to": "sms:+41791234567", "at": ")" + std::string(when) + "\"}");
  }
  EXPECT_EQ(listed("{}").size(), 2U);
  EXPECT_EQ(listed(R"({"day": "2027-04-04"})").size(), 1U);
  EXPECT_EQ(listed(R"({"day": "2027-04-05"})").size(), 0U);
  EXPECT_EQ(listed(R"({"from": "2027-04-03", "until": "2027-04-15"})").size(), 3U);
  EXPECT_EQ(listed(R"({"from": "2027-04-09"})").size(), 1U);
  EXPECT_EQ(done("appointment.list", R"({"limit": 1})").at("more"), json::value(true));
  EXPECT_EQ(done("appointment.list", R"({"limit": 2})").at("more"), json::value(false));
  EXPECT_EQ(refused("appointment.list", R"({"day": "28.03"})"), "day: '28.03' is not a day: write 2027-03-28");
  EXPECT_EQ(refused("appointment.list", R"({"day": "2027-03-28", "until": "2027-03-29"})"),
            "day: is one day: leave out 'from' and 'until'");
  EXPECT_EQ(refused("appointment.list", R"({"from": "2027-03-28", "until": "2027-03-27"})"),
            "until: is before the first day");
}

TEST_F(AppointmentDesk, the_list_shows_the_answer_the_consent_and_what_waits_for_a_human) {
  made();
  work([&](store::Transaction& transaction) {
    store::open_task(transaction, "call_back", selams(transaction), {}, noon);
    Conversation conversation = store::load_conversation(transaction, selams(transaction));
    conversation.consent = Consent::stopped;
    store::save_conversation(transaction, selams(transaction), conversation, noon);
  });
  const json::array rows = listed(R"({"day": "2027-04-15"})");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(text(rows[0].as_object(), "tasks"), R"(["call_back"])");
  EXPECT_EQ(text(rows[0].as_object(), "consent"), "stopped");
}

TEST_F(AppointmentDesk, the_list_tells_what_became_of_each_reminder) {
  made();
  const TimePoint two_days = at("2027-04-13 14:30");
  const TimePoint two_hours = at("2027-04-15 12:30");
  work([&](store::Transaction& transaction) {
    turns::run_due(transaction, *content_, channels_, {two_days, "remind.two_days", 1}, two_days);
    store::remove_due_of(transaction, "remind.two_days", 1);
    ASSERT_TRUE(casework::respond(transaction, InvitationId{1}, Response::declined, two_days));
    turns::run_due(transaction, *content_, channels_, {two_hours, "remind.two_hours", 1}, two_hours);
    store::remove_due_of(transaction, "remind.two_hours", 1);
  });
  const json::array rows = listed(R"({"day": "2027-04-15"})");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(text(rows[0].as_object(), "response"), "declined");
  EXPECT_EQ(text(rows[0].as_object(), "responded_here"), "13.04.2027 14:30");
  EXPECT_EQ(text(rows[0].as_object(), "reminders_here"),
            "two_days queued 13.04.2027 14:30, two_hours skipped declined");
}

TEST_F(AppointmentDesk, a_moved_appointment_is_told_at_once) {
  const std::string ref = made();
  const json::object row =
      done("appointment.move", R"({"ref": ")" + ref.substr(0, 8) + R"(", "at": "2027-04-20 09:00"})");
  EXPECT_EQ(text(row, "ref"), ref);
  EXPECT_EQ(text(row, "starts_here"), "20.04.2027 09:00");
  EXPECT_EQ(text(row, "told"), "queued");
  EXPECT_EQ(text(row, "moved"), "1");
  EXPECT_EQ(messages(), "inv:1:1:appointment_moved queued\n");
}

TEST_F(AppointmentDesk, a_move_in_the_night_is_told_in_the_morning) {
  const std::string ref = made();
  const TimePoint night = noon + std::chrono::hours(10);
  const json::object row = done("appointment.move", R"({"ref": ")" + ref + R"(", "with": "Luc"})", night);
  EXPECT_EQ(text(row, "starts_here"), "15.04.2027 14:30") << "the time stays when none is given";
  EXPECT_EQ(text(row, "told"), "held");
  EXPECT_EQ(text(row, "told_why"), "quiet_hours");
  EXPECT_EQ(text(row, "told_from_here"), "29.03.2027 08:00");
}

TEST_F(AppointmentDesk, a_cancelled_appointment_is_told_and_listed_only_when_asked_for) {
  const std::string ref = made();
  const json::object row = done("appointment.cancel", R"({"ref": ")" + ref + "\"}");
  EXPECT_EQ(text(row, "cancelled"), "true");
  EXPECT_EQ(text(row, "told"), "queued");
  EXPECT_EQ(text(row, "reminders"), "[]");
  EXPECT_EQ(messages(), "inv:1:0:appointment_cancelled queued\n");
  EXPECT_EQ(listed(R"({"day": "2027-04-15"})").size(), 0U);
  EXPECT_EQ(listed(R"({"day": "2027-04-15", "cancelled": true})").size(), 1U);
  EXPECT_EQ(refused("appointment.cancel", R"({"ref": ")" + ref + "\"}"), "appointment: it is cancelled already");
}

TEST_F(AppointmentDesk, a_discreet_contact_is_told_by_a_person) {
  const std::string ref = made();
  work([&](store::Transaction& transaction) {
    Contact contact;
    contact.discreet = true;
    store::save_contact(transaction, selams(transaction), contact, noon);
  });
  const json::object row = done("appointment.cancel", R"({"ref": ")" + ref + "\"}");
  EXPECT_EQ(text(row, "told"), "withheld");
  EXPECT_EQ(text(row, "told_why"), "discreet");
  EXPECT_EQ(text(row, "tasks"), R"(["private"])");
  EXPECT_EQ(messages(), "");
}

TEST_F(AppointmentDesk, a_ref_names_one_appointment) {
  made();
  EXPECT_EQ(refused("appointment.cancel", R"({"ref": "abc"})"),
            "ref: 'abc' is too short: write at least 4 characters of the ref");
  EXPECT_EQ(refused("appointment.cancel", R"({"ref": "zzzz"})"), "ref: no appointment has the ref 'zzzz'");
  work([](store::Transaction& transaction) {
    for (const char* ref : {"abcd1", "abcd2"}) {
      store::Statement(transaction.database(),
                       "INSERT INTO activity (ref, kind, at, zone, starts, created_at)"
                       " VALUES (?1, 'appointment', '2027-04-15 14:30', 'UTC', 0, 0)",
                       ref)
          .run();
    }
  });
  EXPECT_EQ(refused("appointment.cancel", R"({"ref": "abcd"})"),
            "ref: several appointments begin with 'abcd': write more");
}

TEST_F(AppointmentDesk, a_file_is_imported_as_a_whole_or_its_errors_are_told_by_row) {
  const std::string sound = R"(phone,date,time,language\n+41791234567,2027-04-15,14:30,ti\n)";
  const std::string wrong = sound + R"(\n+41791234568,15.04.2027,25:00,\n)";
  const std::string refused = R"({"added":0,"without_reminder":0,"errors":[{"row":4,"column":"time",)"
                              R"("error":"time: '25:00' is not a time: write 14:30"}]})";
  EXPECT_EQ(json::serialize(done("appointment.import", R"({"csv": ")" + wrong + "\"}")), refused);
  EXPECT_EQ(listed(R"({"day": "2027-04-15"})").size(), 0U);
  EXPECT_EQ(text(done("appointment.import", R"({"partial": true, "csv": ")" + wrong + "\"}"), "added"), "1");
  EXPECT_EQ(listed(R"({"day": "2027-04-15"})").size(), 1U);
  work([&](store::Transaction& transaction) {
    EXPECT_EQ(store::load_conversation(transaction, selams(transaction)).locale, "ti");
  });
}

TEST_F(AppointmentDesk, an_import_in_the_night_before_says_how_many_must_be_called) {
  const TimePoint night = noon + std::chrono::hours(10);
  const std::string csv = R"(phone,date,time\n+41791234567,29.03.2027,09:00\n+41791234568,29.03.2027,14:00\n)";
  EXPECT_EQ(json::serialize(done("appointment.import", R"({"csv": ")" + csv + "\"}", night)),
            R"({"added":2,"without_reminder":1,"errors":[]})");
}

TEST_F(AppointmentDesk, rows_are_counted_from_the_first_line_of_the_file) {
  const json::object answer = done("appointment.import", R"({"csv": "\n\nphone,date,time\n+41791234567,x,09:00\n"})");
  EXPECT_EQ(answer.at("errors").at(0).at("row"), json::value(4));
}

}  // namespace
}  // namespace passerelle::console
