// The regular expressions of numbering plans, over digits only: 0-9 \d [0-35] (…) (?:…) | ? {n} {n,m} $.
// Nothing in them repeats without end, so a match is a walk through a program without circles.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace passerelle {

inline constexpr std::size_t most_groups = 9;

struct DigitMatch {
  std::size_t length = 0;                            // digits, from the first one on
  std::array<std::string_view, most_groups> groups;  // what (…) took; data() is null where it took no part
  std::size_t count = 0;                             // of groups in the pattern
};

class DigitPattern {
 public:
  // Throws std::logic_error for what is not written so; script/phone-metadata lets nothing else in.
  explicit DigitPattern(std::string_view pattern);

  std::optional<DigitMatch> whole(std::string_view digits) const { return match(digits, true); }
  // As Perl and JavaScript match: of alternatives, the first that leads to an end.
  std::optional<DigitMatch> beginning(std::string_view digits) const { return match(digits, false); }

  // Public for the parser of the file only.
  struct Step {
    enum class Kind { digit, fork, jump, open, close, end };
    Kind kind = Kind::digit;
    std::uint16_t value = 0;  // the digits as bits; the number of a group
    std::int32_t by = 0;      // fork: the second way; jump: the only one; both counted from here
  };
  using Steps = std::vector<Step>;

 private:
  std::optional<DigitMatch> match(std::string_view digits, bool all) const;

  Steps steps_;
  std::uint16_t first_ = 0;  // the digits that a match can begin with, as bits; all of them where it may have none
  std::size_t groups_ = 0;
};

}  // namespace passerelle
