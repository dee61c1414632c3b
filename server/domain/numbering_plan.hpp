// How the numbers of one country are built: what its calling code is, how people dial at home and away, which numbers
// there are and of which kind. Read from phone_metadata.cpp when the first number of the country is looked at, and kept
// from then on: an association meets few countries, and each message of theirs asks. Thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/digit_pattern.hpp"
#include "domain/phone.hpp"

namespace passerelle {

struct NumberingPlan {
  struct Kind {
    PhoneKind kind = PhoneKind::unknown;
    std::uint32_t lengths = 0;  // bit 9: nine digits
    std::string_view pattern;
  };
  struct Format {
    std::string_view parts;    // "(\d{2})(\d{3})(\d{2})(\d{2})"
    std::string_view leading;  // what the number begins with; empty: whatever it is
    std::string_view written;  // "$1 $2 $3 $4"
  };

  std::string_view id;       // "CH"; the calling code of what belongs to no country
  std::string_view code;     // "41"
  std::string_view away;     // dialled before a number abroad, as a pattern: "00"
  std::string_view number;   // whatever may be a number, without code and trunk prefix
  std::string_view trunk;    // dialled before a number at home, as a pattern: "0"; empty: nothing is
  std::string_view becomes;  // what the trunk prefix is replaced by: mostly nothing, "9$1"
  std::string_view leading;  // of several regions with one code: what this one's numbers begin with
  std::uint32_t lengths = 0;
  std::vector<Kind> kinds;
  std::vector<Format> formats;

  bool has_length(std::size_t digits) const { return digits < 32 && (lengths >> digits & 1) != 0; }
};

// Null when there is none; lives as long as the program.
const NumberingPlan* find_plan(std::string_view id);
// The same of all that share a code, in the order of find_code; only of what find_code gave.
const std::vector<const NumberingPlan*>& plans_of(std::string_view regions);
// The code that the digits begin with, and its regions, the main one first ("GB GG IM JE").
std::optional<std::pair<std::string_view, std::string_view>> find_code(std::string_view digits);

// A pattern of a plan, one of the views above; no other text: the compiled pattern is kept by the place of its words.
std::optional<DigitMatch> begins_with(std::string_view digits, std::string_view pattern);
bool is_number(const NumberingPlan& plan, std::string_view national);
PhoneKind kind_of(const NumberingPlan& plan, std::string_view national);
// Without the prefix that is dialled at home only; as it is, where that is part of the number itself.
std::string without_trunk(const NumberingPlan& plan, std::string_view national);
// "79 123 45 67".
std::string grouped(const NumberingPlan& plan, std::string_view national);

}  // namespace passerelle
