#include "language/clusters.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <span>

namespace passerelle::language {
namespace {

struct Range {
  UChar32 first, last;
};

// Emoji that take a skin tone, and those that may follow a joiner, in Unicode 10. ICU has only today's rules, which
// keep any pictograph after a joiner and any tone after anything.
constexpr std::array<Range, 31> emoji_bases{
    {{0x261D, 0x261D},   {0x26F9, 0x26F9},   {0x270A, 0x270D},   {0x1F385, 0x1F385}, {0x1F3C2, 0x1F3C4},
     {0x1F3C7, 0x1F3C7}, {0x1F3CA, 0x1F3CC}, {0x1F442, 0x1F443}, {0x1F446, 0x1F450}, {0x1F46E, 0x1F46E},
     {0x1F470, 0x1F478}, {0x1F47C, 0x1F47C}, {0x1F481, 0x1F483}, {0x1F485, 0x1F487}, {0x1F4AA, 0x1F4AA},
     {0x1F574, 0x1F575}, {0x1F57A, 0x1F57A}, {0x1F590, 0x1F590}, {0x1F595, 0x1F596}, {0x1F645, 0x1F647},
     {0x1F64B, 0x1F64F}, {0x1F6A3, 0x1F6A3}, {0x1F6B4, 0x1F6B6}, {0x1F6C0, 0x1F6C0}, {0x1F6CC, 0x1F6CC},
     {0x1F918, 0x1F91C}, {0x1F91E, 0x1F91F}, {0x1F926, 0x1F926}, {0x1F930, 0x1F939}, {0x1F93D, 0x1F93E},
     {0x1F9D1, 0x1F9DD}}};
constexpr std::array<Range, 20> joined_emoji{
    {{0x2640, 0x2640},   {0x2642, 0x2642},   {0x2695, 0x2696},   {0x2708, 0x2708},   {0x2764, 0x2764},
     {0x1F308, 0x1F308}, {0x1F33E, 0x1F33E}, {0x1F373, 0x1F373}, {0x1F393, 0x1F393}, {0x1F3A4, 0x1F3A4},
     {0x1F3A8, 0x1F3A8}, {0x1F3EB, 0x1F3EB}, {0x1F3ED, 0x1F3ED}, {0x1F48B, 0x1F48B}, {0x1F4BB, 0x1F4BC},
     {0x1F527, 0x1F527}, {0x1F52C, 0x1F52C}, {0x1F5E8, 0x1F5E8}, {0x1F680, 0x1F680}, {0x1F692, 0x1F692}}};

bool in(std::span<const Range> ranges, UChar32 point) {
  return std::ranges::any_of(ranges, [point](Range range) { return range.first <= point && point <= range.last; });
}

bool newer_than_unicode_10(UChar32 point) {
  constexpr std::uint8_t known = 10;
  UVersionInfo age;
  u_charAge(point, age);
  return age[0] > known;
}

}  // namespace

Clusters::Kind Clusters::kind_of(UChar32 point) {
  constexpr UChar32 first_combining = 0x300, first_emoji = 0x2600;
  if (point >= 0x20 && point < 0x7F) return Kind::other;
  if (point >= 0x1F3FB && point <= 0x1F3FF) return Kind::modifier;
  if (point >= 0x1F466 && point <= 0x1F469) return Kind::person;
  if (point >= first_emoji && in(emoji_bases, point)) return Kind::emoji_base;
  if (point >= first_emoji && in(joined_emoji, point)) return Kind::joined;
  if (point >= first_combining && newer_than_unicode_10(point)) return Kind::other;
  switch (u_getIntPropertyValue(point, UCHAR_GRAPHEME_CLUSTER_BREAK)) {
    case U_GCB_CONTROL:
    case U_GCB_CR:
    case U_GCB_LF: return Kind::control;
    case U_GCB_EXTEND: return Kind::extend;
    case U_GCB_ZWJ: return Kind::joiner;
    case U_GCB_SPACING_MARK: return Kind::spacing;
    case U_GCB_PREPEND: return Kind::prepend;
    case U_GCB_REGIONAL_INDICATOR: return Kind::flag;
    case U_GCB_L: return Kind::hangul_l;
    case U_GCB_V: return Kind::hangul_v;
    case U_GCB_T: return Kind::hangul_t;
    case U_GCB_LV: return Kind::hangul_lv;
    case U_GCB_LVT: return Kind::hangul_lvt;
    default: return Kind::other;
  }
}

// UAX 29, GB6 to GB8.
bool Clusters::syllable(Kind before, Kind next) {
  const bool vowel = next == Kind::hangul_v, tail = next == Kind::hangul_t;
  if (before == Kind::hangul_l) {
    return vowel || next == Kind::hangul_l || next == Kind::hangul_lv || next == Kind::hangul_lvt;
  }
  if (before == Kind::hangul_lv || before == Kind::hangul_v) return vowel || tail;
  return (before == Kind::hangul_lvt || before == Kind::hangul_t) && tail;
}

bool Clusters::joins(Kind next) const {
  if (before_ == Kind::control || next == Kind::control) return false;
  if (next == Kind::extend || next == Kind::joiner || next == Kind::spacing || before_ == Kind::prepend) return true;
  if (next == Kind::modifier) return base_open_;
  if (before_ == Kind::joiner) return next == Kind::joined || next == Kind::person;
  if (before_ == Kind::flag && next == Kind::flag) return flag_open_;
  return syllable(before_, next);
}

bool Clusters::begins(UChar32 point) {
  const Kind next = kind_of(point);
  const bool together = joins(next);
  flag_open_ = next == Kind::flag && !(together && flag_open_);
  base_open_ = next == Kind::emoji_base || next == Kind::person || (base_open_ && next == Kind::extend);
  before_ = next;
  return !together;
}

}  // namespace passerelle::language
