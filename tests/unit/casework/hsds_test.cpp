#include "casework/hsds.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <fstream>

#include "domain/service_fields.hpp"
#include "unit/casework/services.hpp"

namespace passerelle::casework {
namespace {

const date::local_days today = parse_day("2027-02-01").value();

ServiceRows read(const std::string& json) { return read_hsds(json, rules, today); }

// A service of another publisher, with what a real file has; %s is where a test adds something.
std::string foreign(const std::string& more, const std::string& schedules = "") {
  return R"({"contents":[{"id":"ac148810-d857-441c-9679-408f346de14b","name":"Community\nKitchen","status":"active",)"
         R"("description":"ignored","wait_time":"ignored","assured_date":"2027-01-10","colour":{"of":["no","use"]},)"
         R"("organization":{"id":"o","name":"Example Org","description":"x","website":"https://example.org"},)"
         R"("phones":[{"id":"p","number":"\"+44 1234 234567\"","extension":100}],)"
         R"("languages":[{"id":"l","name":"Urdu","code":"ur"},{"id":"m","name":"a tongue"}],)"
         R"("attributes":[{"id":"a","taxonomy_term":{"id":"t","name":"Food","description":"x","taxonomy":"Open Eligibility"}}],)"
         R"("service_at_locations":[{"id":"s","location":{"id":"here","location_type":"physical","latitude":100,"longitude":101,)"
         R"("addresses":[{"id":"d","address_1":"1 Main Street","address_2":"Floor 2","city":"MyCity"}]}}],)"
         R"("schedules":[)" +
         schedules + R"(])" + more + "}]}";
}

Service only(const std::string& json) {
  const ServiceRows rows = read(json);
  EXPECT_EQ(told(rows), "");
  EXPECT_EQ(rows.rows.size(), 1U);
  return rows.rows.empty() ? Service() : rows.rows.front().service;
}

std::string hours(const std::string& schedules) {
  const Service service = only(foreign("", schedules));
  return field_text(service, "hours") + "|" + field_text(service, "closed") + "|" + field_text(service, "special");
}

TEST(Hsds, what_is_written_reads_back_the_same) {
  const std::vector<Service> services = sound_services(300);
  const ServiceRows rows = read(write_hsds(services, "CH", from_ms(1'800'000'000'000)));
  EXPECT_EQ(told(rows), "");
  ASSERT_EQ(rows.rows.size(), services.size());
  for (std::size_t i = 0; i < services.size(); ++i) EXPECT_EQ(save(rows.rows[i].service), save(services[i]));
}

TEST(Hsds, a_file_of_another_publisher_is_read_for_what_it_tells) {
  const Service service = only(foreign(""));
  EXPECT_EQ(service.ref, "ac148810-d857-441c-9679-408f346de14b");
  EXPECT_EQ(service.name, "Community Kitchen");
  EXPECT_EQ(service.provider, "Example Org");
  EXPECT_EQ(service.needs, std::vector{Need::food});
  EXPECT_EQ(service.phone, "+44 1234 234567");
  EXPECT_EQ(service.languages, std::vector<Locale>{"ur"});
  EXPECT_EQ(service.address, "1 Main Street, Floor 2");
  EXPECT_EQ(service.area, "MyCity");
  EXPECT_EQ(service.at, std::nullopt) << "latitude 100 is nowhere";
  EXPECT_EQ(service.source, "https://example.org");
  EXPECT_EQ(service.owner, "Example Org");
  EXPECT_EQ(service.seen, parse_day("2027-01-10"));
  EXPECT_EQ(service.expires, parse_day("2027-07-11"));
  EXPECT_EQ(service.zone, "Europe/Zurich");
}

TEST(Hsds, weekly_schedules_exceptions_and_day_and_night_are_understood) {
  const std::string week =
      R"({"id":"1","freq":"WEEKLY","byday":"MO,TU,FR","opens_at":"09:00:00Z","closes_at":"12:00-05:00"})";
  EXPECT_EQ(hours(week), "mon-tue 09:00-12:00; fri 09:00-12:00||");
  EXPECT_EQ(
      hours(week +
            R"(,{"id":"2","valid_from":"2027-05-06","valid_to":"2027-05-07"},)"
            R"({"id":"3","valid_from":"2027-12-24","valid_to":"2027-12-24","opens_at":"10:00","closes_at":"11:00"})"),
      "mon-tue 09:00-12:00; fri 09:00-12:00|2027-05-06, 2027-05-07|2027-12-24 10:00-11:00");
  EXPECT_EQ(
      hours(R"({"id":"1","freq":"WEEKLY","byday":"SU,MO,TU,WE,TH,FR,SA","opens_at":"00:00","closes_at":"23:59"})"),
      "24/7||");
}

TEST(Hsds, hours_that_do_not_hold_every_week_are_not_told) {
  for (const char* rule : {R"("freq":"MONTHLY","byday":"1SA")", R"("freq":"WEEKLY","interval":2,"byday":"SA")",
                           R"("freq":"WEEKLY","byday":"SA","valid_to":"2026-12-31")",
                           R"("freq":"WEEKLY","byday":"SA","valid_from":"2027-06-01")",
                           R"("freq":"WEEKLY","byday":"SA","byweekno":"41,42")", R"("freq":"WEEKLY","byday":"XX")"}) {
    EXPECT_EQ(hours(std::string(R"({"id":"1",)") + rule + R"(,"opens_at":"09:00","closes_at":"12:00"})"), "||") << rule;
  }
  EXPECT_EQ(hours(R"({"id":"1","freq":"WEEKLY","byday":"MO"})"), "||") << "no times";
}

TEST(Hsds, a_season_ends_the_time_for_which_the_service_is_told) {
  const Service service = only(foreign("", R"({"id":"1","freq":"WEEKLY","byday":"MO","valid_from":"2026-12-01",)"
                                           R"("valid_to":"2027-03-31","opens_at":"09:00","closes_at":"12:00"})"));
  EXPECT_EQ(field_text(service, "hours"), "mon 09:00-12:00");
  EXPECT_EQ(service.expires, parse_day("2027-03-31"));
}

TEST(Hsds, what_the_standard_demands_and_is_missing_is_told_with_its_pointer) {
  EXPECT_EQ(told(read(R"([{"id":"a","name":"A","status":"active"},{"name":"B","status":"activ"},{"id":"c"}])")),
            "2//1/id: is missing: HSDS demands it\n"
            "2//1/status: cannot be 'activ'; did you mean 'active'?\n"
            "3//2/name: is missing: HSDS demands it\n"
            "3//2/status: is missing: HSDS demands it\n");
  EXPECT_EQ(told(read(R"({"id":"a b","name":"A","status":"active"})")),
            "1//id: ref must be letters, digits and - _ . @, at most 100: write food-valmoret\n");
  EXPECT_EQ(told(read("{\"contents\":\n [{]}")), "2/: column 4: is not JSON: syntax error\n");
}

TEST(Hsds, what_stands_among_services_and_is_none_is_told_with_its_pointer) {
  EXPECT_EQ(
      told(read(R"({"contents":[{"id":"a","name":"A","status":"active"},7,{"services":["x"],"name":"O"},null]})")),
      "2//contents/1: is no service; write {\"id\": …, \"name\": …, \"status\": \"active\"}, or take it out\n"
      "3//contents/2/services/0: is no service; write {\"id\": …, \"name\": …, \"status\": \"active\"}, or take it "
      "out\n"
      "4//contents/3: is no service; write {\"id\": …, \"name\": …, \"status\": \"active\"}, or take it out\n");
}

TEST(Hsds, lists_that_stand_too_deep_in_each_other_are_told_and_not_passed_over) {
  const std::string one = R"({"id":"a","name":"A","status":"active"})";
  EXPECT_EQ(read("[[[[" + one + "]]]]").rows.size(), 1U);
  EXPECT_EQ(told(read("[[[[" + one + ",[" + one + "]]]]]")),
            "2//0/0/0/1: these lists stand too deep in each other; write all services in one list\n");
}

TEST(Hsds, lists_pages_and_organizations_with_their_services_are_found) {
  const std::string one = R"({"id":"a","name":"A","status":"active"})";
  EXPECT_EQ(read("[" + one + "]").rows.size(), 1U);
  EXPECT_EQ(read(R"({"services":[)" + one + "]}").rows.size(), 1U);
  EXPECT_EQ(read("[]").rows.size(), 0U);
  const ServiceRows around = read(R"([{"id":"o","name":"House","description":"x","services":[)" + one + "]}]");
  ASSERT_EQ(around.rows.size(), 1U);
  EXPECT_EQ(around.rows[0].service.provider, "House");
}

TEST(Hsds, a_service_at_two_locations_is_two) {
  const ServiceRows rows =
      read(R"({"id":"a","name":"A","status":"active","service_at_locations":[)"
           R"({"id":"1","location":{"id":"x","addresses":[{"id":"i","address_1":"Here","city":"One"}]}},)"
           R"({"id":"2","location":{"id":"y","addresses":[{"id":"j","address_1":"There","city":"Two"}]},)"
           R"("schedules":[{"id":"s","freq":"WEEKLY","byday":"MO","opens_at":"09:00","closes_at":"12:00"}]}]})");
  EXPECT_EQ(told(rows), "");
  ASSERT_EQ(rows.rows.size(), 2U);
  EXPECT_EQ(rows.rows[0].service.ref + rows.rows[0].service.area, "aOne");
  EXPECT_EQ(rows.rows[1].service.ref + rows.rows[1].service.area, "a@yTwo");
  EXPECT_EQ(field_text(rows.rows[0].service, "hours"), "");
  EXPECT_EQ(field_text(rows.rows[1].service, "hours"), "mon 09:00-12:00");
}

TEST(Hsds, what_is_no_longer_offered_is_named_and_not_read) {
  const ServiceRows rows =
      read(R"([{"id":"a","name":"A","status":"defunct"},{"id":"b","name":"B","status":"active"}])");
  EXPECT_EQ(rows.inactive, std::vector<std::string>{"a"});
  ASSERT_EQ(rows.rows.size(), 1U);
  EXPECT_EQ(rows.rows[0].service.needs, std::vector{Need::other});
}

}  // namespace
}  // namespace passerelle::casework
