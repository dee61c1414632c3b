#include "adapters/json_fields.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace passerelle::adapters {
namespace {

boost::json::object object(const std::string& text) { return boost::json::parse(text).as_object(); }

TEST(JsonFields, an_id_of_nineteen_digits_keeps_all_of_them) {
  EXPECT_EQ(id_at(object(R"({"a":4912661846655238145})"), "a", 64), "4912661846655238145");
  EXPECT_EQ(id_at(object(R"({"a":18446744073709551615})"), "a", 64), "18446744073709551615");
  EXPECT_EQ(id_at(object(R"({"a":"4912661846655238145"})"), "a", 64), "4912661846655238145");
  for (const std::string bad : {R"({"a":-1})", R"({"a":1.5})", R"({"a":null})", R"({"a":""})", R"({"a":"x\n"})",
                                R"({"a":"12345678901"})", R"({"a":1e30})", "{}"}) {
    EXPECT_EQ(id_at(object(bad), "a", 10), "") << bad;
  }
}

TEST(JsonFields, a_time_may_be_seconds_or_milliseconds_a_number_or_a_text) {
  const TimePoint now = from_ms(1'800'000'000'000);
  const TimePoint then = from_ms(1'704'164'645'000);
  for (const std::string good :
       {R"({"t":1704164645})", R"({"t":"1704164645"})", R"({"t":1704164645000})", R"({"t":"1704164645000"})"})
    EXPECT_EQ(time_at(object(good), "t", now), then) << good;
  for (const std::string odd : {"{}", R"({"t":0})", R"({"t":-5})", R"({"t":"soon"})", R"({"t":""})",
                                R"({"t":4987034606158369000})", R"({"t":1900000000})", R"({"t":1.5})", R"({"t":{}})"})
    EXPECT_EQ(time_at(object(odd), "t", now), now) << odd;
}

TEST(JsonFields, a_place_is_written_with_no_more_digits_than_it_has) {
  const auto place = [](const std::string& text) { return place_at(object(text), "lat", "lon").value_or("none"); };
  EXPECT_EQ(place(R"({"lat":46.2044,"lon":6.143158})"), "geo:46.2044,6.143158");
  EXPECT_EQ(place(R"({"lat":-33,"lon":-0.0000001})"), "geo:-33,0");
  EXPECT_EQ(place(R"({"lat":90,"lon":180.0})"), "geo:90,180");
  for (const std::string bad :
       {R"({"lat":91,"lon":0})", R"({"lat":0,"lon":-181})", R"({"lat":"46.2","lon":6})", R"({"lat":1})", "{}"})
    EXPECT_EQ(place(bad), "none") << bad;
}

TEST(JsonFields, a_member_of_another_kind_is_nothing) {
  const boost::json::object odd = object(R"({"a":[1,2,3],"b":"text","c":7,"d":true})");
  EXPECT_EQ(object_at(odd, "a"), nullptr);
  EXPECT_EQ(items_at(odd, "a", 2).size(), 2U);
  EXPECT_TRUE(items_at(odd, "b").empty() && items_at(odd, "z").empty());
  EXPECT_EQ(view_at(odd, "c"), "");
  EXPECT_EQ(view_at(odd, "b"), "text");
  EXPECT_EQ(integer_at(odd, "c"), 7);
  EXPECT_EQ(integer_at(odd, "b"), std::nullopt);
  EXPECT_TRUE(is_true(odd, "d"));
  EXPECT_FALSE(is_true(odd, "c"));
}

}  // namespace
}  // namespace passerelle::adapters
