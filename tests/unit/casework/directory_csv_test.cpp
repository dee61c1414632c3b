#include "casework/directory_csv.hpp"

#include <gtest/gtest.h>

#include "domain/service_fields.hpp"
#include "support/directory.hpp"
#include "unit/casework/services.hpp"

namespace passerelle::casework {
namespace {

const std::string header = "ref,name,needs,source,owner,seen,expires,hours,phone,free_places\n";

std::string errors_of(const std::string& csv) { return told(read_directory_csv(csv, rules)); }

TEST(DirectoryCsv, reads_a_row_into_a_service) {
  const ServiceRows read = read_directory_csv(
      header + "soup,Soupe,\"food, other\",fiction,Anne,15.1.2027,2027-12-31,mon-fri 11:30-13:30,'+33 3 53 01 00 12,\n",
      rules);
  EXPECT_EQ(told(read), "");
  ASSERT_EQ(read.rows.size(), 1U);
  const Service& soup = read.rows[0].service;
  EXPECT_EQ(read.rows[0].number, 2U);
  EXPECT_EQ(soup.phone, "+33 3 53 01 00 12");
  EXPECT_EQ(soup.needs, (std::vector{Need::food, Need::other}));
  EXPECT_EQ(soup.zone, "Europe/Zurich") << "of the association";
  EXPECT_EQ(field_text(soup, "hours"), "mon-fri 11:30-13:30");
}

TEST(DirectoryCsv, says_row_column_and_remedy_of_every_error) {
  EXPECT_EQ(errors_of(header + "a,Soupe,fod,fiction,Anne,2027-01-15,2027-12-31,mun 11:30-13:30,,\n"
                               "b,,food,fiction,Anne,2027-01-15,2026-12-31,,none,\n"
                               "c,Soupe,food,fiction,Anne,2027-01-15,2027-12-31,,,many\n"
                               "\n"
                               "d,Soupe,food,fiction,Anne,2027-01-15,2027-12-31,,,\n"
                               "d,Soupe,food,fiction,Anne,2027-01-15,2027-12-31,,,,too much\n"
                               "d,Soupe,food,fiction,Anne,2027-01-15,2027-12-31,,,\n"),
            "2/hours: 'mun' is not a day; did you mean 'mon'?, or 24/7 for day and night\n"
            "2/needs: there is no need 'fod'; did you mean 'food'?\n"
            "3/name: is missing\n"
            "3/phone: 'none' holds more than the digits of a telephone number: write +41 79 123 45 67\n"
            "3/expires: is before the day on which it was seen: check both\n"
            "4/free_places: 'many' is not a number of places from 0 to 9999\n"
            "7/: has more cells than the header: put \" around a cell that holds the separator\n"
            "8/ref: 'd' stands in row 6 already: give each service a ref of its own\n");
}

TEST(DirectoryCsv, says_what_the_header_lacks) {
  EXPECT_EQ(errors_of("ref,nome,needs,source,owner,seen,expires\n"),
            "1/nome: is not a column of the directory; did you mean 'name'?\n"
            "1/name: the column is missing: name one column 'name'\n");
}

TEST(DirectoryCsv, tells_where_in_the_file_an_error_stands) {
  const std::string csv = header + "a,Soupe,\"food, slep\",fiction,Anne,2027-01-15,2027-12-31,,,\n";
  const ServiceRows read = read_directory_csv(csv, rules);
  ASSERT_EQ(read.errors.size(), 1U);
  EXPECT_EQ(read.errors[0].offset, csv.find("\"food"));
}

TEST(DirectoryCsv, what_is_written_reads_back_the_same) {
  const std::vector<Service> services = sound_services(300);
  const ServiceRows read = read_directory_csv(write_directory_csv(services), rules);
  EXPECT_EQ(told(read), "");
  ASSERT_EQ(read.rows.size(), services.size());
  for (std::size_t i = 0; i < services.size(); ++i) EXPECT_EQ(read.rows[i].service, services[i]) << services[i].ref;
  EXPECT_EQ(read_directory_csv(write_directory_csv({}), rules).errors.size(), 0U) << "an empty directory";
}

TEST(DirectoryCsv, nothing_in_it_is_run_as_a_formula_and_all_of_it_comes_back) {
  const std::vector<std::string> names{"=1+1",
                                       "+1",
                                       "-1",
                                       "@SUM(A1)",
                                       "|calc",
                                       "%0A",
                                       "'=1",
                                       "''=1",
                                       "\uFEFF=1",
                                       "\u200B@x",
                                       "\uFF1D1+1",
                                       "\u00A0=1",
                                       "a=1",
                                       "'Alim",
                                       "\"=1\"",
                                       "x;=1",
                                       "=HYPERLINK(\"a\",\"b\")",
                                       "\u2060\u200D-2",
                                       "'\u200B+3"};
  std::vector<Service> services = sound_services(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) services[i].name = names[i];
  const std::string csv = write_directory_csv(services);
  const ServiceRows read = read_directory_csv(csv, rules);
  ASSERT_EQ(told(read), "");
  for (std::size_t i = 0; i < names.size(); ++i) EXPECT_EQ(read.rows[i].service.name, names[i]);
  for (const char* dangerous : {"=1+1", "+1", "-1", "@SUM(A1)", "|calc", "%0A", "\uFEFF=1", "\u200B@x", "\uFF1D1+1"}) {
    const std::string raw = csv_cell(dangerous);
    EXPECT_TRUE(raw.starts_with("'") || raw.starts_with("\"'")) << raw;
  }
}

}  // namespace
}  // namespace passerelle::casework
