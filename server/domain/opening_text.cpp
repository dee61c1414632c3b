#include "domain/opening_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/nearest.hpp"

namespace passerelle {
namespace {

constexpr std::chrono::minutes noon{12 * 60};
constexpr std::chrono::minutes midnight{24 * 60};
constexpr std::size_t most_pieces = 400;

// A number of 'fewest' to 'most' digits and nothing else.
std::optional<int> number(std::string_view text, std::size_t fewest, std::size_t most) {
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || text.size() < fewest || text.size() > most) return std::nullopt;
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> pieces;
  for (std::size_t from = text.find_first_not_of(separators); from != std::string_view::npos;) {
    const std::size_t to = std::min(text.find_first_of(separators, from), text.size());
    pieces.push_back(text.substr(from, to - from));
    from = text.find_first_not_of(separators, to);
  }
  return pieces;
}

std::optional<std::chrono::minutes> parse_clock(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto hour = number(text.substr(0, colon), 1, 2);
  const auto minute = number(text.substr(colon + 1), 2, 2);
  if (!hour || !minute || *minute > 59 || *hour * 60 + *minute > midnight.count()) return std::nullopt;
  return std::chrono::minutes(*hour * 60 + *minute);
}

std::string clock(std::chrono::minutes time) {
  return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60);
}

Error no_hours(std::string_view piece) {
  return {fmt::format("'{}' are not opening hours: write 08:30-11:30", piece), ""};
}

result<std::vector<OpeningSpan>> parse_spans(const std::vector<std::string_view>& pieces) {
  std::vector<OpeningSpan> spans;
  for (const std::string_view piece : pieces) {
    const auto span = parse_span(piece);
    if (!span) return no_hours(piece);
    spans.push_back(*span);
  }
  return spans;
}

std::optional<std::size_t> weekday(std::string_view word) {
  const auto& words = weekday_words();
  const auto found = std::ranges::find(words, word);
  return found == words.end() ? std::nullopt : std::optional<std::size_t>(found - words.begin());
}

// "mon" or "mon-fri"; a range may go over the end of the week.
result<std::vector<std::size_t>> parse_weekdays(std::string_view text) {
  const std::size_t dash = text.find('-');
  const std::string_view first = text.substr(0, dash);
  const std::string_view last = dash == std::string_view::npos ? first : text.substr(dash + 1);
  for (const std::string_view word : {first, last}) {
    if (!weekday(word)) return Error{fmt::format("'{}' is not a day; {}", word, suggest(word, weekday_words())), ""};
  }
  std::vector<std::size_t> days{*weekday(first)};
  while (days.back() != *weekday(last)) days.push_back((days.back() + 1) % 7);
  return days;
}

result<void> add_days(std::string_view group, OpeningWeek& week) {
  std::vector<std::string_view> pieces = split(group, " ,\t");
  if (pieces.empty()) return {};
  const auto days = parse_weekdays(pieces.front());
  if (!days) return days.error();
  const std::string_view named = pieces.front();
  pieces.erase(pieces.begin());
  if (pieces.empty())
    return Error{fmt::format("'{}' has no hours: write '{} 08:30-11:30', or leave it out", named, named), ""};
  const auto spans = parse_spans(pieces);
  if (!spans) return spans.error();
  for (const std::size_t day : *days) {
    if (!week[day].empty())
      return Error{fmt::format("'{}' stands twice: write all its hours once", weekday_words()[day]), ""};
    week[day] = *spans;
  }
  return {};
}

std::string text_of(const std::vector<OpeningSpan>& spans) {
  std::string text;
  for (const OpeningSpan& span : spans) text += (text.empty() ? "" : " ") + to_string(span);
  return text;
}

void order(std::vector<OpeningSpan>& spans) { std::ranges::sort(spans, {}, &OpeningSpan::from); }

}  // namespace

const std::vector<std::string>& weekday_words() {
  static const std::vector<std::string> words{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  return words;
}

std::optional<OpeningSpan> parse_span(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto from = parse_clock(text.substr(0, dash));
  auto to = parse_clock(text.substr(dash + 1));
  if (!from || !to || *from == *to || *from == midnight) return std::nullopt;
  if (to->count() == 0) to = midnight;
  if (*to < *from && (*from < noon || *to > noon)) return std::nullopt;
  return OpeningSpan{*from, *to};
}

std::string to_string(const OpeningSpan& span) { return clock(span.from) + "-" + clock(span.to); }

std::optional<date::local_days> parse_day(std::string_view text) {
  const bool dotted = text.find('.') != std::string_view::npos;
  const auto pieces = split(text, dotted ? "." : "-");
  if (pieces.size() != 3 || text.size() > 10) return std::nullopt;
  const auto year = number(pieces[dotted ? 2 : 0], 4, 4);
  const auto month = number(pieces[1], 1, 2);
  const auto day = number(pieces[dotted ? 0 : 2], 1, 2);
  if (!year || !month || !day) return std::nullopt;
  const date::year_month_day found{date::year{*year}, date::month{static_cast<unsigned>(*month)},
                                   date::day{static_cast<unsigned>(*day)}};
  return found.ok() ? std::optional(date::local_days(found)) : std::nullopt;
}

std::string to_string(date::local_days day) {
  const date::year_month_day ymd(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()));
}

result<OpeningWeek> parse_week(std::string_view text) {
  OpeningWeek week;
  const auto groups = split(text, ";\r\n");
  if (groups.size() > 7) return Error{"names more than seven groups of days: write each day once", ""};
  for (const std::string_view group : groups) {
    if (const auto added = add_days(group, week); !added) return added.error();
  }
  return week;
}

// Neighbours with the same hours as one range.
std::string to_string(const OpeningWeek& week) {
  std::string text;
  for (std::size_t day = 0; day < week.size();) {
    std::size_t last = day;
    while (last + 1 < week.size() && week[last + 1] == week[day]) ++last;
    if (!week[day].empty()) {
      const std::string range = last > day ? "-" + weekday_words()[last] : "";
      text += (text.empty() ? "" : "; ") + weekday_words()[day] + range + " " + text_of(week[day]);
    }
    day = last + 1;
  }
  return text;
}

result<std::vector<date::local_days>> parse_days(std::string_view text) {
  std::vector<date::local_days> days;
  const auto pieces = split(text, " ,;\t\r\n");
  if (pieces.size() > most_pieces) return Error{fmt::format("names more than {} days", most_pieces), ""};
  for (const std::string_view piece : pieces) {
    const auto day = parse_day(piece);
    if (!day) return Error{fmt::format("'{}' is not a day: write 2027-12-25", piece), ""};
    days.push_back(*day);
  }
  return days;
}

std::string to_string(const std::vector<date::local_days>& days) {
  std::string text;
  for (const date::local_days day : days) text += (text.empty() ? "" : ", ") + to_string(day);
  return text;
}

result<std::vector<SpecialDay>> parse_special(std::string_view text) {
  std::vector<SpecialDay> special;
  const auto groups = split(text, ";\r\n");
  if (groups.size() > most_pieces) return Error{fmt::format("names more than {} days", most_pieces), ""};
  for (const std::string_view group : groups) {
    std::vector<std::string_view> pieces = split(group, " ,\t");
    if (pieces.empty()) continue;
    const auto day = parse_day(pieces.front());
    if (!day) return Error{fmt::format("'{}' is not a day: write 2027-12-24 09:00-11:00", pieces.front()), ""};
    if (std::ranges::find(special, *day, &SpecialDay::day) != special.end())
      return Error{fmt::format("{} stands twice: write all its hours once", pieces.front()), ""};
    pieces.erase(pieces.begin());
    if (pieces.empty()) return Error{fmt::format("{} has no hours: write them, or 'closed'", to_string(*day)), ""};
    if (pieces.size() == 1 && pieces.front() == "closed") pieces.clear();
    const auto spans = parse_spans(pieces);
    if (!spans) return spans.error();
    special.push_back({*day, *spans});
  }
  return special;
}

std::string to_string(const std::vector<SpecialDay>& special) {
  std::string text;
  for (const SpecialDay& one : special) {
    const std::string hours = one.spans.empty() ? "closed" : text_of(one.spans);
    text += (text.empty() ? "" : "; ") + to_string(one.day) + " " + hours;
  }
  return text;
}

Opening ordered(Opening opening) {
  for (auto& spans : opening.week) order(spans);
  std::map<date::local_days, std::vector<OpeningSpan>> by_day;
  for (const date::local_days day : opening.closed) by_day[day] = {};
  for (SpecialDay& one : opening.special) by_day[one.day] = std::move(one.spans);
  opening.closed.clear();
  opening.special.clear();
  for (auto& [day, spans] : by_day) {
    order(spans);
    if (spans.empty())
      opening.closed.push_back(day);
    else
      opening.special.push_back({day, std::move(spans)});
  }
  return opening;
}

}  // namespace passerelle
