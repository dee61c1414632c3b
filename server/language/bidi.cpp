#include "language/bidi.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>

namespace passerelle::language {
namespace {

constexpr std::string_view left_mark = "\xE2\x80\x8E";   // U+200E
constexpr std::string_view right_mark = "\xE2\x80\x8F";  // U+200F

enum class Side { left, right, digit, none };

Side side_of(UChar32 point) {
  if (point >= '0' && point <= '9') return Side::digit;
  if ((point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z')) return Side::left;
  if (point < 0x80) return Side::none;
  switch (u_charDirection(point)) {
    case U_LEFT_TO_RIGHT: return Side::left;
    case U_RIGHT_TO_LEFT:
    case U_RIGHT_TO_LEFT_ARABIC: return Side::right;
    case U_EUROPEAN_NUMBER:
    case U_ARABIC_NUMBER: return Side::digit;
    default: return Side::none;
  }
}

UChar32 point_at(std::string_view text, std::size_t& at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  UChar32 point = 0;
  U8_NEXT_OR_FFFD(bytes, at, text.size(), point);
  return point;
}

UChar32 peek(std::string_view text, std::size_t at) { return at < text.size() ? point_at(text, at) : 0; }

bool in_run(UChar32 point) {
  const Side side = side_of(point);
  return side == Side::left || side == Side::digit || point == '+';
}

bool separates(UChar32 point) {
  constexpr UChar32 no_break_space = 0xA0, narrow_space = 0x202F, no_break_hyphen = 0x2011, en_dash = 0x2013;
  return point == ' ' || point == '.' || point == ',' || point == ':' || point == '/' || point == '-' ||
         point == no_break_space || point == narrow_space || point == no_break_hyphen || point == en_dash;
}

// One number or name with what stands inside it, from 'begin': letters and digits with single separators, or brackets,
// between them.
struct Run {
  std::size_t end = 0;
  bool digits = false;
  bool can_turn = false;  // holds a separator or a plus
};

// What may stand between two letters or digits of a run, from 'at': its end, or 'at' when the run ends there.
std::size_t skip_separator(std::string_view text, std::size_t at, int& open) {
  std::size_t next = at;
  int depth = open;
  bool separated = false;
  for (int i = 0; i < 3 && next < text.size(); ++i) {
    std::size_t after = next;
    const UChar32 point = point_at(text, after);
    if (point == '(' && depth == 0) {
      ++depth;
    } else if (point == ')' && depth > 0) {
      --depth;
    } else if (separates(point) && !separated) {
      separated = true;
    } else {
      break;
    }
    next = after;
  }
  if (next == at || !in_run(peek(text, next))) return at;
  open = depth;
  return next;
}

// Ends where its brackets are closed: a bracket that stays open belongs to the sentence around.
Run run_from(std::string_view text, std::size_t begin) {
  Run run{begin}, closed{begin};
  int open = peek(text, begin) == '(' ? 1 : 0;
  run.end += static_cast<std::size_t>(open);
  while (run.end < text.size()) {
    std::size_t next = run.end;
    const UChar32 point = point_at(text, next);
    if (in_run(point)) {
      run.digits = run.digits || side_of(point) == Side::digit;
      run.can_turn = run.can_turn || point == '+';
      run.end = next;
    } else {
      next = skip_separator(text, run.end, open);
      if (next == run.end) break;
      run.can_turn = true;
      run.end = next;
      continue;
    }
    if (open == 0) closed = run;
  }
  if (open == 1 && run.end > begin + 1 && peek(text, run.end) == ')') {
    ++run.end;
    closed = run;
  }
  return closed;
}

std::string between_marks(std::string_view text) {
  std::string out(left_mark);
  out += text;
  out += left_mark;
  return out;
}

struct Content {
  bool left = false, right = false, digits = false, plus = false, other = false;
};

Content content_of(std::string_view text) {
  Content found;
  for (std::size_t at = 0; at < text.size();) {
    const UChar32 point = point_at(text, at);
    switch (side_of(point)) {
      case Side::left: found.left = true; break;
      case Side::right: found.right = true; break;
      case Side::digit: found.digits = true; break;
      case Side::none: (point == '+' ? found.plus : found.other) = true; break;
    }
  }
  return found;
}

bool left_first(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    const Side side = side_of(point_at(line, at));
    if (side == Side::left || side == Side::right) return side == Side::left;
  }
  return false;
}

}  // namespace

bool has_right(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (side_of(point_at(text, at)) == Side::right) return true;
  }
  return false;
}

std::string mark_numbers(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const UChar32 point = peek(text, at);
    std::size_t next = at;
    point_at(text, next);
    const Run run = point == '(' || in_run(point) ? run_from(text, at) : Run{at};
    if (run.end > at && run.digits && run.can_turn) {
      out += between_marks(text.substr(at, run.end - at));
      at = run.end;
    } else {
      next = std::max(next, point == '(' ? next : run.end);
      // "28.03.2027 (8 حمل 1406)": phones older than the rule for brackets would take this one for a part of the
      // numbers.
      const bool after_number = out.ends_with(std::string(left_mark) + ' ');
      if (point == '(' && after_number && side_of(peek(text, next)) == Side::digit) out += right_mark;
      out += text.substr(at, next - at);
      at = next;
    }
  }
  return out;
}

std::string isolate(std::string_view argument, bool rtl_sentence) {
  const Content content = content_of(argument);
  if (!rtl_sentence) return content.right ? between_marks(argument) : std::string(argument);
  if (content.right) return mark_numbers(argument);
  const bool plain_number = content.digits && !content.left && !content.plus && !content.other;
  const bool can_turn = (content.digits || content.left || content.plus) && !plain_number;
  return can_turn ? between_marks(argument) : std::string(argument);
}

std::string lead_right(std::string text) {
  if (!has_right(text)) return text;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    if (left_first(line) && (begin == 0 || has_right(line))) {
      text.insert(begin, right_mark);
      end += right_mark.size();
    }
    begin = end + 1;
  }
  return text;
}

}  // namespace passerelle::language
