// A made-up directory and the people who ask it, the same for the same seed: for property tests and bench/.
#pragma once

#include <fmt/format.h>

#include <random>
#include <vector>

#include "domain/service_rank.hpp"

namespace passerelle::testing {

class DirectoryMaker {
 public:
  explicit DirectoryMaker(std::uint32_t seed) : engine_(seed) {}

  std::vector<Service> services(std::size_t count) {
    std::vector<Service> made;
    for (std::size_t number = 0; number < count; ++number) made.push_back(service(number));
    return made;
  }

  Seeker seeker(const std::vector<Service>& services) {
    Seeker seeker;
    seeker.need = static_cast<Need>(up_to(10));
    if (chance(60)) seeker.audience = static_cast<Audience>(up_to(3));
    seeker.locale = locales()[up_to(locales().size() - 1)];
    if (chance(70)) seeker.area = areas()[up_to(areas().size() - 1)];
    if (seeker.area && chance(80)) seeker.at = centre_of(services, *seeker.area);
    seeker.now = beginning() + std::chrono::minutes(up_to(2 * 365 * 24 * 60));
    for (std::size_t shown = up_to(12); shown > 0 && chance(70); --shown)
      seeker.shown.insert(services[up_to(services.size() - 1)].ref);
    return seeker;
  }

  std::size_t up_to(std::size_t most) { return std::uniform_int_distribution<std::size_t>(0, most)(engine_); }
  bool chance(int percent) { return static_cast<int>(up_to(99)) < percent; }

  static TimePoint beginning() { return from_ms(1'800'000'000'000); }  // January 2027

 private:
  static const std::vector<std::string>& areas() {
    static const std::vector<std::string> names{"Valmoret", "Rivebelle", "Montclar", "Estrelle", "Combe"};
    return names;
  }

  static const std::vector<Locale>& locales() {
    static const std::vector<Locale> all{"fr", "en", "ar", "ti", "uk", "fa-AF"};
    return all;
  }

  std::vector<OpeningSpan> spans() {
    using std::chrono::minutes;
    const auto half_hours = [](std::size_t from, std::size_t to) {
      return OpeningSpan{minutes(30 * from), minutes(30 * to)};
    };
    const std::size_t from = 14 + up_to(8);
    if (chance(10)) return {half_hours(40 + up_to(5), 10 + up_to(8))};  // a night
    if (chance(30)) return {half_hours(from, from + 4), half_hours(from + 6, from + 12)};
    return {half_hours(from, from + 2 + up_to(14))};
  }

  Opening opening() {
    Opening made;
    const std::vector<OpeningSpan> usual = spans();
    for (auto& day : made.week) {
      if (chance(65)) day = chance(80) ? usual : spans();
    }
    const date::local_days first = date::floor<date::days>(to_civil(beginning(), "UTC"));
    for (std::size_t holidays = up_to(12); holidays > 0; --holidays)
      made.closed.push_back(first + date::days(up_to(730)));
    date::local_days special = first;
    for (std::size_t days = up_to(6); days > 0; --days) {
      special += date::days(1 + up_to(200));
      made.special.push_back({special, chance(30) ? std::vector<OpeningSpan>() : spans()});
    }
    if (chance(5)) made.week = {};
    return made;
  }

  Service service(std::size_t number) {
    Service made;
    made.ref = fmt::format("service-{}", number);
    made.name = fmt::format("House {}", up_to(200));
    made.needs = {static_cast<Need>(up_to(10))};
    if (const auto second = static_cast<Need>(up_to(10)); chance(30) && second != made.needs.front())
      made.needs.push_back(second);
    if (chance(25)) made.audience = {static_cast<Audience>(up_to(3))};
    for (const Locale& locale : locales()) {
      if (chance(locale == "fr" ? 90 : 25)) made.languages.push_back(locale == "fa-AF" && chance(50) ? "fa" : locale);
    }
    const std::size_t area = up_to(areas().size());
    if (area < areas().size()) made.area = areas()[area];
    if (!made.area.empty() && chance(80))
      made.at = rounded({47.0 + 0.2 * double(area) + 0.001 * double(up_to(50)), 7.0 + 0.001 * double(up_to(50))});
    made.zone = chance(80) ? "Europe/Zurich" : "Africa/Tunis";
    made.always = chance(4);
    if (!made.always) made.opening = opening();
    if (chance(10)) made.free_places = static_cast<int>(up_to(3));
    const date::local_days first = date::floor<date::days>(to_civil(beginning(), "UTC"));
    if (chance(90)) made.expires = first + date::days(up_to(1200));
    return made;
  }

  std::mt19937 engine_;
};

}  // namespace passerelle::testing
