#include "casework/hsds_schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "casework/hsds_words.hpp"
#include "domain/opening_text.hpp"

namespace passerelle::casework {
namespace {

using boost::json::object;

constexpr date::days longest_exception{366};
constexpr std::array<std::string_view, 7> weekdays{"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

// "09:00", "09:00:00", "09:00Z", "09:00-05:00" → 09:00. Most who write a Z mean the clock on their wall.
std::string clock_of(const object& schedule, std::string_view name) {
  const std::string text = text_of(schedule, name);
  const std::size_t colon = text.find(':');
  const bool shaped = colon != std::string::npos && colon <= 2 && text.size() >= colon + 3;
  const std::string rest = shaped ? text.substr(colon + 3) : std::string();
  return shaped && (rest.empty() || std::string_view(":Z+-").find(rest[0]) != std::string_view::npos)
             ? text.substr(0, colon + 3)
             : std::string();
}

std::optional<OpeningSpan> span_of(const object& schedule) {
  const std::string opens = clock_of(schedule, "opens_at");
  std::string closes = clock_of(schedule, "closes_at");
  if (closes == "00:00" || closes == "23:59") closes = "24:00";
  return parse_span(opens + "-" + closes);
}

// Rules that name more than days of the week.
bool is_weekly(const object& schedule) {
  const std::string freq = text_of(schedule, "freq");
  const auto* interval = schedule.if_contains("interval");
  const bool each_week = interval == nullptr || interval->is_null() || *interval == 1 || *interval == "1";
  const bool plain =
      std::ranges::none_of(std::array{"count", "byweekno", "bymonthday", "byyearday"}, [&](const char* name) {
        const auto* value = schedule.if_contains(name);
        return value != nullptr && !value->is_null() && !(value->is_string() && value->get_string().empty());
      });
  return (freq == "WEEKLY" || freq.empty()) && each_week && plain;
}

// Empty: not only days of the week.
std::vector<std::size_t> days_of(std::string_view byday) {
  std::vector<std::size_t> days;
  while (!byday.empty()) {
    std::string_view word = byday.substr(0, byday.find(','));
    byday.remove_prefix(std::min(byday.size(), word.size() + 1));
    while (word.starts_with(' ')) word.remove_prefix(1);
    const auto day = std::ranges::find(weekdays, word);
    if (day == weekdays.end()) return {};
    days.push_back(static_cast<std::size_t>(day - weekdays.begin()));
  }
  return days;
}

void add_once(std::vector<OpeningSpan>& spans, const OpeningSpan& span) {
  if (std::ranges::find(spans, span) == spans.end()) spans.push_back(span);
}

class Reading {
 public:
  explicit Reading(date::local_days today) : today_(today) {}

  void add(const object& schedule) {
    const auto from = parse_day(text_of(schedule, "valid_from"));
    auto to = parse_day(text_of(schedule, "valid_to"));
    const std::string byday = text_of(schedule, "byday");
    const auto span = span_of(schedule);
    const bool dated = from && to && *from <= *to && *to - *from <= longest_exception;
    if (dated && byday.empty() && text_of(schedule, "freq").empty()) return add_exception(schedule, *from, *to, span);
    if (const auto until = parse_day(text_of(schedule, "until").substr(0, 10)); until && (!to || *until < *to))
      to = until;
    const bool holds = (!from || *from <= today_) && (!to || *to >= today_);
    if (!holds || !span || !is_weekly(schedule)) return;
    const std::vector<std::size_t> days = days_of(byday);
    for (const std::size_t day : days) add_once(read_.opening.week[day], *span);
    if (!days.empty() && to && (!read_.ends || *to < *read_.ends)) read_.ends = to;
  }

  ReadSchedules done() {
    for (auto& [day, spans] : special_) read_.opening.special.push_back({day, std::move(spans)});
    read_.opening = ordered(std::move(read_.opening));
    const std::vector<OpeningSpan> whole_day{{std::chrono::minutes(0), std::chrono::hours(24)}};
    const Opening& opening = read_.opening;
    read_.always = opening.closed.empty() && opening.special.empty() &&
                   std::ranges::all_of(opening.week, [&](const auto& spans) { return spans == whole_day; });
    if (read_.always) read_.opening = {};
    return std::move(read_);
  }

 private:
  // Days with hours of their own, or none.
  void add_exception(const object& schedule, date::local_days from, date::local_days to,
                     const std::optional<OpeningSpan>& span) {
    const bool closed = clock_of(schedule, "opens_at").empty() && clock_of(schedule, "closes_at").empty();
    if (!span && !closed) return;
    for (date::local_days day = from; day <= to; day += date::days(1)) {
      auto& spans = special_[day];
      if (span) add_once(spans, *span);
    }
  }

  date::local_days today_;
  ReadSchedules read_;
  std::map<date::local_days, std::vector<OpeningSpan>> special_;
};

class Writing {
 public:
  explicit Writing(std::string_view of) : of_(of) {}

  void week(const OpeningWeek& week) {
    std::vector<OpeningSpan> spans;
    for (const auto& day : week) {
      for (const OpeningSpan& span : day) add_once(spans, span);
    }
    for (const OpeningSpan& span : spans) {
      std::string byday;
      for (std::size_t day = 0; day < week.size(); ++day) {
        if (std::ranges::count(week[day], span) > 0) byday += (byday.empty() ? "" : ",") + std::string(weekdays[day]);
      }
      object& made = add();
      made["freq"] = "WEEKLY";
      made["byday"] = byday;
      hours(made, span);
    }
  }

  void special(const SpecialDay& special) {
    for (const OpeningSpan& span : special.spans) hours(exception(special.day), span);
  }

  void closed(date::local_days day) { exception(day)["description"] = "closed"; }

  boost::json::array done() { return std::move(schedules_); }

 private:
  object& add() {
    const std::string id = uuid_of(fmt::format("schedule/{}/{}", of_, schedules_.size()));
    return schedules_.emplace_back(object{{"id", id}}).as_object();
  }

  object& exception(date::local_days day) {
    object& made = add();
    made["valid_from"] = to_string(day);
    made["valid_to"] = to_string(day);
    return made;
  }

  // A schedule knows no 24:00.
  static void hours(object& schedule, const OpeningSpan& span) {
    const std::string text = to_string(span);
    const std::string closes = text.substr(6);
    schedule["opens_at"] = text.substr(0, 5);
    schedule["closes_at"] = closes == "24:00" ? "00:00" : closes;
  }

  std::string_view of_;
  boost::json::array schedules_;
};

}  // namespace

ReadSchedules read_schedules(const std::vector<const object*>& schedules, date::local_days today) {
  Reading reading(today);
  for (const object* schedule : schedules) reading.add(*schedule);
  return reading.done();
}

boost::json::array write_schedules(const Opening& opening, bool always, std::string_view of) {
  Writing writing(of);
  OpeningWeek whole;
  whole.fill({{std::chrono::minutes(0), std::chrono::hours(24)}});
  writing.week(always ? whole : opening.week);
  for (const SpecialDay& special : opening.special) writing.special(special);
  for (const date::local_days day : opening.closed) writing.closed(day);
  return writing.done();
}

}  // namespace passerelle::casework
