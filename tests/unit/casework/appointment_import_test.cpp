#include "casework/appointment_import.hpp"

#include "store/activity.hpp"
#include "unit/casework/desk.hpp"

namespace passerelle::casework {
namespace {

using AppointmentImport = Desk;

std::int64_t count(store::Transaction& transaction) {
  return store::number(transaction,
                       "SELECT (SELECT count(*) FROM activity) + (SELECT count(*) FROM due) * 100 +"
                       " (SELECT count(*) FROM address) * 10000");
}

std::string errors_of(const Import& import) {
  std::string text;
  for (const RowError& error : import.errors) {
    text += std::to_string(error.row) + "/" + error.column + ": " + error.what + "\n";
  }
  return text;
}

TEST_F(AppointmentImport, adds_every_row_with_its_reminders) {
  in_transaction([&](store::Transaction& transaction) {
    const Import import = import_appointments(transaction,
                                              "phone;date;time;language;place;with\n"
                                              "+41 79 123 45 67;15.04.2027;14:30;ar;;Anne\n"
                                              "+41 79 123 45 68;16.04.2027;09:00;;tunis;\n",
                                              known_, false, now_);
    EXPECT_EQ(errors_of(import), "");
    ASSERT_EQ(import.added.size(), 2U);
    EXPECT_EQ(count(transaction), 20402) << "two appointments, four reminders, two addresses";
    EXPECT_EQ(import.added[0].row, 2U);
    EXPECT_EQ(import.added[0].language, "ar");
    const auto kept = store::find_appointment(transaction, import.added[1].scheduled.appointment.invitation);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->to, (Address{"sms", "+41791234568"})) << "the only channel";
    EXPECT_EQ(kept->starts, at("2027-04-16 09:00", "Africa/Tunis"));
  });
}

constexpr const char* mixed =
    "address,date,time,place\n"
    "sms:+41791234567,15.04.2027,14:30,\n"
    "sms:+41791234568,31.03.2027,14:30,\n"
    "sms:+41791234569,15.04.2027,25:00,\n"
    "fax:+41791234560,15.04.2027,14:30,berne\n"
    "sms:+41791234561,15.04.2027,14:30,\n";
constexpr const char* mixed_errors =
    "3/date: 31.03.2027 14:30 is past: write a day and a time to come\n"
    "4/time: '25:00' is not a time: write 14:30\n"
    "5/channel: there is no channel 'fax'; one of: sms\n"
    "5/place: there is no place 'berne'; one of: delemont, tunis\n";

TEST_F(AppointmentImport, adds_nothing_when_a_row_has_an_error) {
  in_transaction([&](store::Transaction& transaction) {
    const Import import = import_appointments(transaction, mixed, known_, false, now_);
    EXPECT_EQ(errors_of(import), mixed_errors);
    EXPECT_TRUE(import.added.empty());
    EXPECT_EQ(count(transaction), 0);
  });
}

TEST_F(AppointmentImport, adds_the_sound_rows_when_asked_for_a_part) {
  in_transaction([&](store::Transaction& transaction) {
    const Import import = import_appointments(transaction, mixed, known_, true, now_);
    EXPECT_EQ(errors_of(import), mixed_errors);
    ASSERT_EQ(import.added.size(), 2U);
    EXPECT_EQ(import.added[0].row, 2U);
    EXPECT_EQ(import.added[1].row, 6U);
    EXPECT_EQ(count(transaction), 20402);
  });
}

TEST_F(AppointmentImport, adds_no_appointment_twice) {
  in_transaction([&](store::Transaction& transaction) {
    const std::string file = "phone,date,time\n+41791234567,15.04.2027,14:30\n";
    EXPECT_EQ(
        errors_of(import_appointments(transaction, file + "0041 79 123 45 67,2027-04-15,14:30\n", known_, false, now_)),
        "3/date: row 2 has an appointment for this address at this time already: keep one of them\n");
    ASSERT_EQ(import_appointments(transaction, file, known_, false, now_).added.size(), 1U);
    const Import again = import_appointments(transaction, file, known_, true, now_);
    EXPECT_TRUE(again.added.empty());
    EXPECT_EQ(errors_of(again).substr(0, 60), "2/date: there is an appointment for this address on 15.04.20");
    EXPECT_EQ(store::number(transaction, "SELECT count(*) FROM activity"), 1);
  });
}

TEST_F(AppointmentImport, names_the_column_of_the_address_as_the_file_does) {
  in_transaction([&](store::Transaction& transaction) {
    const std::string id(129, 'x');
    const Import import =
        import_appointments(transaction, "address,date,time\nsms:" + id + ",15.04.2027,14:30\n", known_, false, now_);
    EXPECT_EQ(errors_of(import), "2/address: is longer than 128 bytes: shorten it\n");
  });
}

}  // namespace
}  // namespace passerelle::casework
