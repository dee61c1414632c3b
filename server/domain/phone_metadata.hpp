// The world's numbering plans as texts, written by script/phone-metadata. Only numbering_plan.cpp reads them.
#pragma once

#include <span>
#include <string_view>

namespace passerelle {

struct PlanText {
  std::string_view id;    // a region ("CH"), or the calling code of what belongs to no country ("883")
  std::string_view text;  // lines of a word and its value
};
struct CallingCode {
  std::string_view code;     // "41"
  std::string_view regions;  // whose code it is, the main one first: "GB GG IM JE"
};

// In the order of their ids, and of their codes.
std::span<const PlanText> numbering_plans();
std::span<const CallingCode> calling_codes();

}  // namespace passerelle
