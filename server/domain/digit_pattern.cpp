#include "domain/digit_pattern.hpp"

#include <iterator>
#include <stdexcept>
#include <string>

namespace passerelle {
namespace {

using Step = DigitPattern::Step;
using Steps = DigitPattern::Steps;
using Kind = Step::Kind;

constexpr std::uint16_t any_digit = 0x3FF;
constexpr std::size_t most_copies = 20;  // of an atom; no number is longer

std::int32_t size_of(const Steps& steps) { return static_cast<std::int32_t>(steps.size()); }

void append(Steps& to, const Steps& more) { to.insert(to.end(), more.begin(), more.end()); }

Steps optional(const Steps& steps) {
  Steps made{{Kind::fork, 0, size_of(steps) + 1}};
  append(made, steps);
  return made;
}

Steps either(const Steps& first, const Steps& second) {
  Steps made = optional(first);
  made.front().by += 1;
  made.push_back({Kind::jump, 0, size_of(second) + 1});
  append(made, second);
  return made;
}

Steps repeated(const Steps& atom, std::size_t least, std::size_t most) {
  Steps rest;
  for (std::size_t i = least; i < most; ++i) {
    Steps one = atom;
    append(one, rest);
    rest = optional(one);
  }
  Steps made;
  for (std::size_t i = 0; i < least; ++i) append(made, atom);
  append(made, rest);
  return made;
}

class Parser {
 public:
  explicit Parser(std::string_view pattern) : whole_(pattern), left_(pattern) {}

  Steps parse() {
    Steps steps = alternatives();
    if (!left_.empty()) fail();
    return steps;
  }

  std::size_t groups() const { return groups_; }

 private:
  [[noreturn]] void fail() const { throw std::logic_error("no pattern of digits: " + std::string(whole_)); }

  bool take(std::string_view word) {
    if (!left_.starts_with(word)) return false;
    left_.remove_prefix(word.size());
    return true;
  }

  unsigned digit() {
    if (left_.empty() || left_.front() < '0' || left_.front() > '9') fail();
    const auto value = static_cast<unsigned>(left_.front() - '0');
    left_.remove_prefix(1);
    return value;
  }

  std::size_t number() {
    std::size_t value = digit();
    while (!left_.empty() && left_.front() >= '0' && left_.front() <= '9') value = value * 10 + digit();
    if (value > most_copies) fail();
    return value;
  }

  Steps alternatives() {
    std::vector<Steps> ways{sequence()};
    while (take("|")) ways.push_back(sequence());
    Steps made = std::move(ways.back());
    for (auto way = std::next(ways.rbegin()); way != ways.rend(); ++way) made = either(*way, made);
    return made;
  }

  Steps sequence() {
    Steps made;
    while (!left_.empty() && left_.front() != '|' && left_.front() != ')') append(made, counted(atom()));
    return made;
  }

  Steps atom() {
    if (take("\\d")) return {{Kind::digit, any_digit, 0}};
    if (take("$")) return {{Kind::end, 0, 0}};
    if (take("[")) return {{Kind::digit, choice(), 0}};
    if (take("(?:")) return closed(alternatives());
    if (!take("(")) return {{Kind::digit, static_cast<std::uint16_t>(1U << digit()), 0}};
    if (groups_ == most_groups) fail();
    const auto group = static_cast<std::uint16_t>(groups_++);
    Steps made{{Kind::open, group, 0}};
    append(made, closed(alternatives()));
    made.push_back({Kind::close, group, 0});
    return made;
  }

  Steps closed(Steps steps) {
    if (!take(")")) fail();
    return steps;
  }

  std::uint16_t choice() {
    unsigned digits = 0;
    while (!take("]")) {
      const unsigned first = digit();
      const unsigned last = take("-") ? digit() : first;
      for (unsigned each = first; each <= last; ++each) digits |= 1U << each;
    }
    return static_cast<std::uint16_t>(digits);
  }

  Steps counted(const Steps& atom) {
    if (take("?")) return optional(atom);
    if (!take("{")) return atom;
    const std::size_t least = number();
    const std::size_t most = take(",") ? number() : least;
    if (!take("}") || most < least) fail();
    return repeated(atom, least, most);
  }

  std::string_view whole_;
  std::string_view left_;
  std::size_t groups_ = 0;
};

// What a match from 'step' on can begin with. Every way is looked at, and the ways are without circles.
std::uint16_t first_digits(const Steps& steps, std::size_t step) {
  for (; step < steps.size(); ++step) {
    const Step& now = steps[step];
    const auto other = static_cast<std::size_t>(now.by);
    switch (now.kind) {
      case Kind::digit: return now.value;
      case Kind::fork:
        return static_cast<std::uint16_t>(first_digits(steps, step + 1) | first_digits(steps, step + other));
      case Kind::jump: step += other - 1; break;
      case Kind::open:
      case Kind::close: break;
      case Kind::end: return any_digit;
    }
  }
  return any_digit;
}

class Walk {
 public:
  Walk(const Steps& steps, std::string_view digits, bool all) : steps_(steps), digits_(digits), all_(all) {}

  bool from(std::size_t step, std::size_t at) {
    for (; step < steps_.size(); ++step) {
      const Step& now = steps_[step];
      switch (now.kind) {
        case Kind::digit:
          if (at == digits_.size() || (now.value >> (digits_[at] - '0') & 1) == 0) return false;
          ++at;
          break;
        case Kind::fork:
          if (from(step + 1, at)) return true;
          step += static_cast<std::size_t>(now.by) - 1;
          break;
        case Kind::jump: step += static_cast<std::size_t>(now.by) - 1; break;
        case Kind::open: return with(begins_[now.value], at, step);
        case Kind::close: return with(ends_[now.value], at, step);
        case Kind::end:
          if (at != digits_.size()) return false;
          break;
      }
    }
    length_ = at;
    return !all_ || at == digits_.size();
  }

  DigitMatch found(std::size_t groups) const {
    DigitMatch match;
    match.length = length_;
    match.count = groups;
    for (std::size_t i = 0; i < groups; ++i) {
      if (begins_[i] && ends_[i]) match.groups[i] = digits_.substr(*begins_[i], *ends_[i] - *begins_[i]);
    }
    return match;
  }

 private:
  // A way that leads nowhere leaves no trace in the groups.
  bool with(std::optional<std::size_t>& mark, std::size_t at, std::size_t step) {
    const std::optional<std::size_t> before = mark;
    mark = at;
    if (from(step + 1, at)) return true;
    mark = before;
    return false;
  }

  const Steps& steps_;
  std::string_view digits_;
  bool all_;
  std::size_t length_ = 0;
  std::array<std::optional<std::size_t>, most_groups> begins_;
  std::array<std::optional<std::size_t>, most_groups> ends_;
};

}  // namespace

DigitPattern::DigitPattern(std::string_view pattern) {
  Parser parser(pattern);
  steps_ = parser.parse();
  groups_ = parser.groups();
  first_ = first_digits(steps_, 0);
}

std::optional<DigitMatch> DigitPattern::match(std::string_view digits, bool all) const {
  // Most patterns that a number is held against are of other numbers, from their first digit on.
  if (digits.empty() ? first_ != any_digit : (first_ >> (digits.front() - '0') & 1) == 0) return std::nullopt;
  Walk walk(steps_, digits, all);
  return walk.from(0, 0) ? std::optional(walk.found(groups_)) : std::nullopt;
}

}  // namespace passerelle
