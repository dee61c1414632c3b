#include "domain/service_rank.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "domain/opening_text.hpp"
#include "support/directory.hpp"

namespace passerelle {
namespace {

TimePoint at(std::string_view civil) { return to_instant(parse_civil(civil).value(), "Europe/Zurich"); }

// 2027-03-25 is a Thursday.
Service open_on(const std::string& ref, const std::string& week, const std::vector<Locale>& languages = {"fr"}) {
  Service made;
  made.ref = ref;
  made.name = ref;
  made.needs = {Need::food};
  made.languages = languages;
  made.area = "Valmoret";
  made.zone = "Europe/Zurich";
  made.opening.week = parse_week(week).value();
  return made;
}

Seeker hungry() {
  Seeker seeker;
  seeker.need = Need::food;
  seeker.locale = "ar";
  seeker.now = at("2027-03-25 10:00");
  return seeker;
}

std::string order(const std::vector<Service>& services, const Seeker& seeker) {
  std::string refs;
  for (const std::size_t index : rank(services, seeker)) refs += (refs.empty() ? "" : " ") + services[index].ref;
  return refs;
}

TEST(ServiceRank, open_comes_before_language_and_language_before_the_hour_of_opening) {
  const std::vector<Service> services{open_on("tomorrow", "fri 09:00-12:00"),
                                      open_on("at_noon", "thu 12:00-14:00"),
                                      open_on("next_week_in_arabic", "wed 09:00-12:00", {"ar"}),
                                      open_on("now", "thu 09:00-12:00"),
                                      open_on("now_in_arabic", "thu 09:00-12:00", {"fr", "ar"}),
                                      open_on("never", "")};
  EXPECT_EQ(order(services, hungry()), "now_in_arabic now next_week_in_arabic at_noon tomorrow never");
}

TEST(ServiceRank, one_that_is_full_is_as_good_as_closed) {
  std::vector<Service> services{open_on("full", "thu 09:00-12:00", {"ar"}), open_on("now", "thu 09:00-12:00"),
                                open_on("tomorrow_in_arabic", "fri 09:00-12:00", {"ar"}),
                                open_on("tomorrow", "fri 09:00-12:00")};
  services[0].free_places = 0;
  EXPECT_EQ(order(services, hungry()), "now tomorrow_in_arabic full tomorrow");
  services[0].free_places = 1;
  EXPECT_EQ(order(services, hungry()), "full now tomorrow_in_arabic tomorrow");
}

TEST(ServiceRank, who_is_not_admitted_is_not_sent_there) {
  std::vector<Service> services{open_on("women", "thu 09:00-12:00"), open_on("all", "thu 09:00-12:00")};
  services[0].audience = {Audience::women, Audience::families};
  Seeker seeker = hungry();
  EXPECT_EQ(order(services, seeker), "all") << "nobody knows who is asking";
  seeker.audience = Audience::men;
  EXPECT_EQ(order(services, seeker), "all");
  seeker.audience = Audience::women;
  EXPECT_EQ(order(services, seeker), "all women");
}

TEST(ServiceRank, the_area_comes_first_until_nothing_is_left_there) {
  std::vector<Service> services{open_on("here", "fri 09:00-12:00"), open_on("elsewhere", "thu 09:00-12:00"),
                                open_on("by_telephone", "thu 09:00-12:00")};
  services[1].area = "Rivebelle";
  services[2].area = "";
  Seeker seeker = hungry();
  seeker.area = "Valmoret";
  EXPECT_EQ(order(services, seeker), "by_telephone here");
  seeker.shown = {"here"};
  EXPECT_EQ(order(services, seeker), "by_telephone elsewhere");
  seeker.shown = {"here", "by_telephone", "elsewhere"};
  EXPECT_EQ(order(services, seeker), "");
}

TEST(ServiceRank, the_nearest_of_those_that_are_open_comes_first) {
  std::vector<Service> services{open_on("a_far", "thu 09:00-12:00"), open_on("b_near", "thu 09:00-12:00"),
                                open_on("c_unknown", "thu 09:00-12:00")};
  services[0].at = Point{47.50, 7.00};
  services[1].at = Point{47.01, 7.10};
  Seeker seeker = hungry();
  EXPECT_EQ(order(services, seeker), "a_far b_near c_unknown") << "by name";
  seeker.at = Point{47.00, 7.00};
  EXPECT_EQ(order(services, seeker), "b_near a_far c_unknown");
  EXPECT_NEAR(kilometres(*seeker.at, *services[0].at), 55.6, 0.1);
}

TEST(ServiceRank, the_middle_of_an_area_is_where_its_services_are) {
  std::vector<Service> services{open_on("a", ""), open_on("b", ""), open_on("c", "")};
  services[0].at = Point{47.0, 7.0};
  services[1].at = Point{47.5, 7.5};
  EXPECT_EQ(centre_of(services, "Valmoret"), (Point{47.25, 7.25}));
  EXPECT_EQ(centre_of(services, "Rivebelle"), std::nullopt);
}

// --- 500 services and 5,000 questions against somebody who walks through the week half an hour at a time ---

bool covers(const std::vector<OpeningSpan>& spans, std::chrono::minutes clock, bool since_yesterday) {
  return std::ranges::any_of(spans, [&](const OpeningSpan& span) {
    const bool night = span.to < span.from;
    if (since_yesterday) return night && clock < span.to;
    return clock >= span.from && (night || clock < span.to);
  });
}

const std::vector<OpeningSpan>& hours_on(const Service& service, date::local_days day) {
  static const std::vector<OpeningSpan> none;
  for (const SpecialDay& special : service.opening.special) {
    if (special.day == day) return special.spans;
  }
  for (const date::local_days closed : service.opening.closed) {
    if (closed == day) return none;
  }
  return service.opening.week[(date::weekday(day).c_encoding() + 6) % 7];
}

bool open_by_the_clock(const Service& service, CivilTime civil) {
  const date::local_days day = date::floor<date::days>(civil);
  const std::chrono::minutes clock = civil - day;
  return service.always || covers(hours_on(service, day), clock, false) ||
         covers(hours_on(service, day - date::days(1)), clock, true);
}

// Half hours from now until it opens; the most when it does not in 60 days.
int half_hours_to_opening(const Service& service, TimePoint now) {
  constexpr int most = 60 * 48;
  const CivilTime civil = to_civil(now, service.zone);
  if (open_by_the_clock(service, civil)) return 0;
  const std::chrono::minutes past = std::chrono::minutes(civil.time_since_epoch().count() % 30);
  for (int step = 1; step < most; ++step) {
    if (open_by_the_clock(service, civil - past + step * std::chrono::minutes(30))) return step;
  }
  return most;
}

bool in(const std::vector<Locale>& languages, const std::string& locale) {
  return std::ranges::any_of(languages, [&](const Locale& one) { return one.substr(0, 2) == locale.substr(0, 2); });
}

struct Judged {
  const Service* service;
  bool takes = false;
  bool speaks = false;
};

// Everybody who may be told, without an order.
std::vector<Judged> answers(const std::vector<Service>& services, const Seeker& seeker) {
  std::vector<Judged> all;
  std::vector<Judged> there;
  bool any_there = false;
  for (const Service& one : services) {
    const bool need = std::ranges::count(one.needs, seeker.need) > 0;
    const bool welcome =
        one.audience.empty() || (seeker.audience && std::ranges::count(one.audience, *seeker.audience) > 0);
    const CivilTime civil = to_civil(seeker.now, one.zone);
    const bool valid = !one.expires || date::floor<date::days>(civil) <= *one.expires;
    if (!need || !welcome || !valid || seeker.shown.count(one.ref) > 0) continue;
    const bool full = one.free_places && *one.free_places == 0;
    const Judged judged{&one, open_by_the_clock(one, civil) && !full, in(one.languages, seeker.locale)};
    all.push_back(judged);
    if (one.area.empty() || one.area == seeker.area) there.push_back(judged);
    any_there = any_there || one.area == seeker.area;
  }
  return seeker.area && any_there ? there : all;
}

// The oracle knows no summer time: whoever asks in the days around a change is left out.
bool near_a_change(TimePoint now) {
  for (const char* zone : {"Europe/Zurich", "Africa/Tunis"}) {
    const auto offset = [zone](TimePoint t) {
      return std::chrono::floor<std::chrono::minutes>(to_civil(t, zone).time_since_epoch()) -
             std::chrono::floor<std::chrono::minutes>(t.time_since_epoch());
    };
    if (offset(now - std::chrono::hours(24)) != offset(now + std::chrono::hours(24))) return true;
  }
  return false;
}

class ManyQuestions : public ::testing::Test {
 protected:
  testing::DirectoryMaker maker_{4};
  const std::vector<Service> services_ = maker_.services(500);
};

using testing::DirectoryMaker;

TEST_F(ManyQuestions, the_top_answer_is_open_eligible_in_the_language_and_not_expired_whenever_one_is) {
  int best_exists = 0;
  for (int question = 0; question < 5000; ++question) {
    const Seeker seeker = maker_.seeker(services_);
    const auto expected = answers(services_, seeker);
    const auto ranked = rank(services_, seeker);
    ASSERT_EQ(ranked.size(), expected.size()) << "nobody is left out, and nobody added: question " << question;
    for (const std::size_t index : ranked) {
      const bool allowed =
          std::ranges::any_of(expected, [&](const Judged& one) { return one.service == &services_[index]; });
      ASSERT_TRUE(allowed) << services_[index].ref << " in question " << question;
    }
    const auto is_best = [](const Judged& one) { return one.takes && one.speaks; };
    if (near_a_change(seeker.now) || std::ranges::none_of(expected, is_best)) continue;
    ++best_exists;
    const Service* top = &services_[ranked.front()];
    EXPECT_TRUE(is_best(*std::ranges::find(expected, top, &Judged::service)))
        << top->ref << " in question " << question;
  }
  EXPECT_GT(best_exists, 1000) << "the questions are worth asking";
}

TEST_F(ManyQuestions, the_whole_order_is_the_documented_one) {
  int pairs = 0;
  for (int question = 0; question < 300; ++question) {
    const Seeker seeker = maker_.seeker(services_);
    const auto expected = answers(services_, seeker);
    const auto ranked = rank(services_, seeker);
    if (near_a_change(seeker.now)) continue;
    for (std::size_t i = 1; i < ranked.size(); ++i) {
      const Judged one = *std::ranges::find(expected, &services_[ranked[i - 1]], &Judged::service);
      const Judged two = *std::ranges::find(expected, &services_[ranked[i]], &Judged::service);
      const std::string where =
          one.service->ref + " before " + two.service->ref + " in question " + std::to_string(question);
      ++pairs;
      ASSERT_TRUE(one.takes || !two.takes) << where;
      if (one.takes != two.takes) continue;
      ASSERT_TRUE(one.speaks || !two.speaks) << where;
      const bool alike = one.speaks == two.speaks && one.service->free_places != 0 && two.service->free_places != 0;
      if (!alike || one.service->zone != two.service->zone) continue;  // the oracle's walk is by one wall clock
      const int opens = half_hours_to_opening(*one.service, seeker.now);
      const int then_opens = half_hours_to_opening(*two.service, seeker.now);
      ASSERT_LE(opens, then_opens) << where;
      if (opens != then_opens || !seeker.at || !one.service->at || !two.service->at) continue;
      ASSERT_LE(kilometres(*seeker.at, *one.service->at), kilometres(*seeker.at, *two.service->at)) << where;
    }
  }
  EXPECT_GT(pairs, 1000);
}

}  // namespace
}  // namespace passerelle
