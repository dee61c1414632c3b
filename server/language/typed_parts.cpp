#include "language/typed_parts.hpp"

#include <algorithm>

namespace passerelle::language {
namespace {

using Kind = DateItem::Kind;

constexpr int century = 2000;

bool is_date_sign(char32_t glue) { return glue == U'.' || glue == U'/' || glue == U'-' || glue == U'٫'; }

bool is_part(DateWord word) {
  return word == DateWord::morning || word == DateWord::noon || word == DateWord::afternoon ||
         word == DateWord::evening || word == DateWord::night;
}

class Grammar {
 public:
  explicit Grammar(const std::vector<DateItem>& items) : items_(items) {}

  std::optional<TypedParts> parse() {
    while (at_ < items_.size()) {
      if (!step()) return std::nullopt;
    }
    const bool counted = parts_.in || parts_.ago;
    if (counted != parts_.span.has_value() || (parts_.in && parts_.ago) || half_past_) return std::nullopt;
    return std::move(parts_);
  }

 private:
  const DateItem* item(std::size_t ahead) const { return at_ + ahead < items_.size() ? &items_[at_ + ahead] : nullptr; }
  bool is(std::size_t ahead, Kind kind) const { return item(ahead) != nullptr && item(ahead)->kind == kind; }
  bool is(std::size_t ahead, DateWord word) const { return is(ahead, Kind::word) && item(ahead)->word == word; }
  bool is_digits(std::size_t ahead) const { return is(ahead, Kind::number) && item(ahead)->digits > 0; }

  template <class Value, class Given>
  bool set(std::optional<Value>& value, Given given, std::size_t used) {
    if (value) return false;
    value = given;
    at_ += used;
    return true;
  }

  bool step() {
    switch (items_[at_].kind) {
      case Kind::number: return number();
      case Kind::month: return month_first();
      case Kind::weekday: return set(parts_.weekday, items_[at_].value, 1);
      case Kind::word: return word(items_[at_].word);
    }
    return false;
  }

  // --- days ---

  bool number() {
    if (half_past_) return half_past_ = false, hour(30, 1, false);
    if (is_digits(1) && item(0)->digits > 0) {
      if (is_date_sign(item(0)->glue)) return numeric();
      if (item(0)->glue == U':') return hour(item(1)->value, 2, item(0)->digits == 2 || item(0)->value == 0);
    }
    std::size_t next = 1;
    while (is(next, DateWord::of)) ++next;
    if (is(next, Kind::month)) return day_of_month(next);
    if (is(1, Kind::word)) {
      if (const auto used = number_with(item(1)->word)) return *used;
    }
    return bare();
  }

  // "15.12", "15.12.2026", "2026-12-15"; "14.30" is an hour, since no month is 30.
  bool numeric() {
    const DateItem &first = *item(0), &second = *item(1);
    const bool slash = first.glue == U'/';
    if (is_digits(2) && is_date_sign(second.glue)) {
      const DateItem& third = *item(2);
      if (first.digits == 4) return date(third.value, second.value, first.value, slash, 3);
      if (third.digits == 4) return date(first.value, second.value, third.value, slash, 3);
      if (third.digits == 2 && date(first.value, second.value, century + third.value, slash, 3))
        return parts_.day->short_year = true;
      return false;
    }
    const bool day = first.value >= 1 && first.value <= 31 && second.value >= 1 && second.value <= 12;
    if (day && !parts_.day) return date(first.value, second.value, {}, slash, 2);
    return first.glue == U'.' && second.digits == 2 && hour(second.value, 2, first.digits == 2);
  }

  bool date(int day, int month, std::optional<int> year, bool slash, std::size_t used) {
    if (month < 1 || month > 12 || day < 1 || day > 31) return false;
    return set(parts_.day, TypedDay{day, {{Calendar::gregorian, month}}, year, slash}, used);
  }

  bool day_of_month(std::size_t month) {
    if (item(0)->value < 1 || item(0)->value > 31) return false;
    TypedDay day{item(0)->value, item(month)->months};
    std::size_t used = month + 1;
    while (is(used, DateWord::of)) ++used;
    if (is_digits(used) && item(used)->digits == 4) day.year = item(used++)->value;
    return set(parts_.day, day, used);
  }

  // "December 15, 2026"
  bool month_first() {
    std::size_t number = 1;
    while (is(number, DateWord::of)) ++number;
    if (!is(number, Kind::number) || item(number)->value < 1 || item(number)->value > 31) return false;
    TypedDay day{item(number)->value, item(0)->months};
    std::size_t used = number + 1;
    while (is(used, DateWord::of)) ++used;
    if (is_digits(used) && item(used)->digits == 4) day.year = item(used++)->value;
    return set(parts_.day, day, used);
  }

  // --- a number and the word behind it; nothing when that word says nothing about it ---

  std::optional<bool> number_with(DateWord word) {
    if (word == DateWord::days || word == DateWord::weeks) return span(word);
    const bool counts = parts_.in || parts_.ago || is(2, DateWord::in) || is(2, DateWord::ago);
    if (word == DateWord::minutes) return counts ? span(word) : false;
    if (word == DateWord::hours) return counts && !parts_.span ? span(word) : hour_with_minutes();
    if (word == DateWord::am || word == DateWord::pm) {
      const bool done = hour(0, 2, false);
      if (done) parts_.hour->after_noon = word == DateWord::pm;
      return done;
    }
    if (word == DateWord::half) return hour(30, 2, false);
    if (is_part(word)) return hour(0, 1, false);
    return std::nullopt;
  }

  bool span(DateWord unit) { return set(parts_.span, TypedSpan{item(0)->value, unit}, 2); }

  // "14h", "9h30", "9 h 30", "14 h 30 min"
  bool hour_with_minutes() {
    const bool beside = item(1)->glue == 0 || item(1)->glue == U' ';
    if (!beside || !is_digits(2) || item(2)->digits != 2 || is_date_sign(item(2)->glue))
      return hour(0, 2, item(0)->digits == 2);
    const bool done = hour(item(2)->value, 3, item(0)->digits == 2);
    if (done && is(0, DateWord::minutes)) ++at_;
    return done;
  }

  bool hour(int minute, std::size_t used, bool exact) {
    const int value = item(0)->value;
    if (value > 23 || minute > 59) return false;  // 24:00 tomorrow: whose midnight?
    return set(parts_.hour, TypedHour{value, minute, exact || value > 12 || value == 0}, used);
  }

  // A number by itself: an hour where one is expected, or "28 03", which is a day and a month.
  bool bare() {
    if (at_ > 0 && is_expecting(items_[at_ - 1])) return hour(0, 1, false);
    if (items_.size() == 2 && is_digits(1)) return date(item(0)->value, item(1)->value, {}, false, 2);
    if (parts_.offset && !parts_.day) return hour(0, 1, false);  // "tomorrow 14"
    return false;
  }

  static bool is_expecting(const DateItem& before) {
    return before.kind == Kind::word &&
           (before.word == DateWord::at || before.word == DateWord::hours || is_part(before.word));
  }

  // --- words ---

  bool word(DateWord word) {
    switch (word) {
      case DateWord::today: return set(parts_.offset, 0, 1);
      case DateWord::tomorrow: return set(parts_.offset, 1, 1);
      case DateWord::day_after_tomorrow: return set(parts_.offset, 2, 1);
      case DateWord::yesterday: return set(parts_.offset, -1, 1);
      case DateWord::day_before_yesterday: return set(parts_.offset, -2, 1);
      case DateWord::coming: return mark(parts_.coming);
      case DateWord::next: return mark(parts_.next);
      case DateWord::last: return mark(parts_.last);
      case DateWord::next_week: return mark(parts_.next_week);
      case DateWord::this_week: return mark(parts_.this_week);
      case DateWord::in: return counting(parts_.in);
      case DateWord::ago: return counting(parts_.ago);
      case DateWord::days:
      case DateWord::weeks:
      case DateWord::hours:
      case DateWord::minutes: return unit(word);
      case DateWord::morning:
      case DateWord::noon:
      case DateWord::afternoon:
      case DateWord::evening:
      case DateWord::night: return set(parts_.part, word, 1);
      case DateWord::midday: return parts_.hour ? set(parts_.part, DateWord::noon, 1) : fixed(12);
      case DateWord::midnight: return fixed(0);
      case DateWord::half: return half();
      case DateWord::half_past: return mark(half_past_);
      case DateWord::am:
      case DateWord::pm: return half_of_day(word == DateWord::pm);
      case DateWord::at:
      case DateWord::of:
      case DateWord::filler: return ++at_, true;
    }
    return false;
  }

  bool mark(bool& flag) {
    if (flag) return false;
    ++at_;
    return flag = true;
  }

  // "in", which people also write before a part of the day: it counts only where something is counted.
  bool counting(bool& flag) {
    const bool counts = parts_.span || is(1, Kind::number) || is_unit(1);
    if (counts) return mark(flag);
    ++at_;
    return true;
  }

  bool is_unit(std::size_t ahead) const {
    return is(ahead, DateWord::days) || is(ahead, DateWord::weeks) || is(ahead, DateWord::hours);
  }

  // "in a week" without a number; "hour 14"; else the word only stands beside a day: "Thursday's day".
  bool unit(DateWord word) {
    if (word == DateWord::hours && is(1, Kind::number)) return ++at_, true;
    const bool counts = parts_.in || parts_.ago || is(1, DateWord::in) || is(1, DateWord::ago);
    if (counts && !parts_.span) return set(parts_.span, TypedSpan{1, word}, 1);
    return ++at_, word == DateWord::days || word == DateWord::hours;
  }

  bool fixed(int hour) { return set(parts_.hour, TypedHour{hour, 0, true}, 1); }

  bool half_of_day(bool after_noon) {
    if (!parts_.hour || parts_.hour->hour > 12) return false;
    return set(parts_.hour->after_noon, after_noon, 1);
  }

  bool half() {
    if (!parts_.hour || parts_.hour->minute != 0) return false;
    parts_.hour->minute = 30;
    return ++at_, true;
  }

  const std::vector<DateItem>& items_;
  std::size_t at_ = 0;
  TypedParts parts_;
  bool half_past_ = false;
};

}  // namespace

std::optional<TypedParts> typed_parts(const std::vector<DateItem>& items) { return Grammar(items).parse(); }

}  // namespace passerelle::language
