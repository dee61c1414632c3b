#include "casework/appointment_csv.hpp"

#include <gtest/gtest.h>

namespace passerelle::casework {
namespace {

CivilTime civil(std::string_view text) { return parse_civil(text).value(); }

std::string errors_of(std::string_view csv) {
  std::string text;
  for (const RowError& error : read_appointments(csv, "CH").errors) {
    text += std::to_string(error.row) + "/" + error.column + ": " + error.what + "\n";
  }
  return text;
}

NewAppointment only(std::string_view csv) {
  const AppointmentRows read = read_appointments(csv, "CH");
  EXPECT_EQ(errors_of(csv), "");
  EXPECT_EQ(read.rows.size(), 1U);
  return read.rows.empty() ? NewAppointment{} : read.rows.front().appointment;
}

const NewAppointment full{{"sms", "+41791234567"}, "ar",       civil("2027-03-28 14:30"),
                          "Europe/Zurich",         "delemont", "Anne",
                          {"papers", "letter"},    "Selam T."};

TEST(AppointmentCsv, reads_every_column_in_any_order) {
  EXPECT_EQ(
      only("name,bring,with,place,zone,time,date,language,phone,channel\r\n"
           "Selam T.,\"papers, letter\",Anne,delemont,Europe/Zurich,14:30,28.03.2027,ar,+41 79 123 45 67,sms\r\n"),
      full);
}

TEST(AppointmentCsv, reads_what_a_french_spreadsheet_writes) {
  EXPECT_EQ(only("\xEF\xBB\xBF"
                 "Address;Date;Time;Language;Zone;Place;With;Bring;Name\r\n"
                 "sms:+41791234567;2027-03-28;14:30;ar;Europe/Zurich;delemont;Anne;papers letter;Selam T.\r\n"
                 ";;;;;;;;\r\n"),
            full);
}

TEST(AppointmentCsv, needs_an_address_a_date_and_a_time_only) {
  const NewAppointment read = only("phone,date,time\n+41791234567,1.4.2027,9:05");
  EXPECT_EQ(read, (NewAppointment{{"", "+41791234567"}, "", civil("2027-04-01 09:05"), "", "", "", {}, ""}));
}

TEST(AppointmentCsv, takes_off_what_protects_from_formulas) {
  EXPECT_EQ(only("phone,date,time\n'+41791234567,1.4.2027,09:05").to.user, "+41791234567");
  EXPECT_EQ(only("phone,date,time,name\n+41791234567,1.4.2027,09:05,'=1+1").name, "=1+1");
  EXPECT_EQ(only("phone,date,time,name\n+41791234567,1.4.2027,09:05,'Alim").name, "'Alim") << "a letter of some names";
}

TEST(AppointmentCsv, keeps_a_separator_and_a_quote_inside_quotes) {
  EXPECT_EQ(only("phone,date,time,name\n+41791234567,1.4.2027,09:05, \"T., \"\"Selam\"\"\" ").name, "T., \"Selam\"");
}

TEST(AppointmentCsv, leaves_an_address_that_is_no_number_as_it_is) {
  EXPECT_EQ(only("address,date,time\ntelegram:a:B 1,1.4.2027,09:05").to, (Address{"telegram", "a:B 1"}));
  EXPECT_EQ(errors_of("address,date,time\nsms:031 123 45 67,1.4.2027,09:05").substr(0, 65),
            "2/address: '031 123 45 67' lacks the country's code, and could be");
  EXPECT_EQ(only("address,date,time\nsms:079 123 45 67,1.4.2027,09:05").to, (Address{"sms", "+41791234567"}));
  EXPECT_EQ(only("address,channel,date,time\n0041 79 1234567,sms,1.4.2027,09:05").to, (Address{"sms", "+41791234567"}));
}

TEST(AppointmentCsv, says_row_column_and_remedy_of_every_error) {
  EXPECT_EQ(
      errors_of("phone;channel;date;time\n"
                "791234567;sms;28/03/2027;14h30\n"
                "\n"
                "+41791234567;sms;29.02.2027;24:00\n"),
      "2/phone: '791234567' lacks the country's code, and could be another country's number: write +41791234567, and "
      "format the column as text\n"
      "2/date: '28/03/2027' is not a day: write 28.03.2027 or 2027-03-28\n"
      "2/time: '14h30' is not a time: write 14:30\n"
      "4/date: '29.02.2027' is not a day: write 28.03.2027 or 2027-03-28\n"
      "4/time: '24:00' is not a time: write 14:30\n");
}

TEST(AppointmentCsv, reads_the_sound_rows_beside_the_others) {
  const AppointmentRows read =
      read_appointments("phone,date,time\nx,1.4.2027,09:05\n+41791234567,1.4.2027,09:05\n", "CH");
  ASSERT_EQ(read.rows.size(), 1U);
  EXPECT_EQ(read.rows[0].number, 3U);
  EXPECT_EQ(read.errors.size(), 1U);
}

TEST(AppointmentCsv, accepts_no_date_that_two_countries_read_differently) {
  for (const char* date :
       {"03/28/2027", "28.03.27", "2027.03.28", "28-03-2027", "28.03.2027 ", "+28.03.2027", "28.-3.2027", "28. 3.2027",
        "28.03.2027x", "2027-3-28", "..", "--", "28.13.2027", "00.01.2027", ""}) {
    const std::string csv = "phone,date,time\n+41791234567,\"" + std::string(date) + "\",09:05";
    EXPECT_EQ(read_appointments(csv, "CH").errors.size(), std::string(date) == "28.03.2027 " ? 0U : 1U) << date;
  }
}

TEST(AppointmentCsv, names_the_columns_that_the_header_lacks_or_nobody_knows) {
  EXPECT_EQ(errors_of("phone,dat,time\n"),
            "1/dat: is not a column of appointments; did you mean 'date'?\n"
            "1/date: the column is missing: name one column 'date'\n");
  EXPECT_EQ(errors_of("date,time,date"),
            "1/date: stands in the header twice: keep one of the columns\n"
            "1/phone: the column is missing: name one column 'phone' or 'address'\n");
  EXPECT_EQ(errors_of("phone,address,date,time\n"),
            "1/phone: the columns 'phone' and 'address' say the same: keep one\n");
}

TEST(AppointmentCsv, loses_no_cell_that_stands_beside_the_columns) {
  EXPECT_EQ(errors_of("phone,date,time\n+41791234567,1.4.2027,09:05,Anne"),
            "2/: has more cells than the header: put \" around a cell that holds the separator\n");
  EXPECT_EQ(errors_of("phone,date,time,\n+41791234567,1.4.2027,09:05,Anne"),
            "2/: a cell stands in a column without a name\n");
}

TEST(AppointmentCsv, refuses_an_address_of_two_channels) {
  EXPECT_EQ(errors_of("address,channel,date,time\nsms:+41791234567,kannel,1.4.2027,09:05"),
            "2/channel: 'kannel' is not the channel of the address 'sms:+41791234567'\n");
}

TEST(AppointmentCsv, refuses_letters_of_an_old_encoding_and_line_breaks_in_a_cell) {
  EXPECT_EQ(errors_of("phone,date,time,name\n+41791234567,1.4.2027,09:05,Ren\xE9"),
            "2/name: holds letters that are not UTF-8: save the file as 'CSV UTF-8'\n");
  EXPECT_EQ(errors_of("phone,date,time,name\n+41791234567,1.4.2027,09:05,\"a\nb\"\n+41791234567,x,09:05,c"),
            "2/name: holds a line break or another control character: write it in one line\n"
            "3/date: 'x' is not a day: write 28.03.2027 or 2027-03-28\n");
  EXPECT_EQ(errors_of("\xFF\xFEp"), "1/: the file is UTF-16; save it as 'CSV UTF-8'\n");
}

TEST(AppointmentCsv, refuses_quotes_that_do_not_close) {
  EXPECT_EQ(errors_of("phone,date,time\n\n+41791234567,\"1.4.2027,09:05\n"),
            "3/: a cell begins with \" and has no closing \"\n");
  EXPECT_EQ(errors_of("phone,date,time\n\"+4179\"1234567,1.4.2027,09:05\n"),
            "2/: after a closing \" the cell must end; a \" inside a cell is written twice\n");
}

TEST(AppointmentCsv, refuses_a_file_without_rows) {
  EXPECT_EQ(errors_of(""), "1/: the file is empty\n");
  EXPECT_EQ(errors_of("\r\n;;\r\n"), "1/: the file is empty\n");
  EXPECT_EQ(errors_of("phone,date,time\n,,\n"), "1/: there is no row below the header\n");
}

TEST(AppointmentCsv, takes_five_thousand_rows_and_a_megabyte_at_most) {
  const std::string header = "phone,date,time\n";
  std::string rows;
  for (int i = 0; i < 5000; ++i) rows += "+41791234567,1.4.2027,09:05\n";
  EXPECT_EQ(read_appointments(header + rows, "CH").rows.size(), 5000U);
  EXPECT_EQ(errors_of(header + rows + "+41791234567,1.4.2027,09:05\n"),
            "5002/: the file has more than 5000 rows; cut it into several\n");
  EXPECT_EQ(errors_of(header + std::string(1 << 20, '\n')),
            "1/: the file is larger than 1048576 bytes; cut it into several\n");
}

TEST(AppointmentCsv, answers_a_hostile_header_with_one_short_error) {
  EXPECT_EQ(errors_of("phone" + std::string(100'000, ',')), "1/: has more than 64 columns\n");
  EXPECT_LT(errors_of(std::string(500'000, 'x') + "\n").size(), 1000U);
}

}  // namespace
}  // namespace passerelle::casework
