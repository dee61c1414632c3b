// What of a typed number is dialled: its digits, in any script, without what people group them by.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace passerelle {

struct DialledDigits {
  bool plus = false;   // it began with a +
  std::string digits;  // 0-9
  // The same without the "(0)" in "+41 (0)79…", which is written for callers at home and abroad at once; empty: none.
  std::string without_bracketed_zero;
};

bool begins_with_plus(std::string_view typed);
result<DialledDigits> read_dialled(std::string_view typed);

}  // namespace passerelle
