// The numbers and addresses inside a text, which isolate_numbers() keeps from turning around.
#include <algorithm>

#include "language/bidi.hpp"
#include "language/sides.hpp"

namespace passerelle::language {
namespace {

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
// between them; in an address also ", ", which in numbers begins the next of a list.
struct Run {
  std::size_t end = 0;
  bool digits = false;
  bool letters = false;
  bool can_turn = false;  // holds a separator or a plus
};

// What may stand between two letters or digits of a run, from 'at': its end, or 'at' when the run ends there.
std::size_t skip_separator(std::string_view text, std::size_t at, bool letters, int& open) {
  std::size_t next = at;
  int depth = open;
  bool separated = false, listed = false;
  for (int i = 0; i < 3 && next < text.size(); ++i) {
    std::size_t after = next;
    const UChar32 point = point_at(text, after);
    if (point == '(' && depth == 0) {
      ++depth;
    } else if (point == ')' && depth > 0) {
      --depth;
    } else if (separates(point) && (!separated || (listed && point == ' '))) {
      separated = true;
      listed = letters && point == ',';
    } else {
      break;
    }
    next = after;
  }
  if (next == at || !in_run(peek_point(text, next))) return at;
  open = depth;
  return next;
}

// Ends where its brackets are closed: a bracket that stays open belongs to the sentence around.
Run run_from(std::string_view text, std::size_t begin) {
  Run run{begin}, closed{begin};
  int open = peek_point(text, begin) == '(' ? 1 : 0;
  run.end += static_cast<std::size_t>(open);
  while (run.end < text.size()) {
    std::size_t next = run.end;
    const UChar32 point = point_at(text, next);
    if (in_run(point)) {
      run.digits = run.digits || side_of(point) == Side::digit;
      run.letters = run.letters || side_of(point) == Side::left;
      run.can_turn = run.can_turn || point == '+';
      run.end = next;
    } else {
      next = skip_separator(text, run.end, run.letters, open);
      if (next == run.end) break;
      run.can_turn = true;
      run.end = next;
      continue;
    }
    if (open == 0) closed = run;
  }
  if (open == 1 && run.end > begin + 1 && peek_point(text, run.end) == ')') {
    ++run.end;
    closed = run;
  }
  return closed;
}

}  // namespace

std::string isolate_numbers(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const UChar32 point = peek_point(text, at);
    std::size_t next = at;
    point_at(text, next);
    const Run run = point == '(' || in_run(point) ? run_from(text, at) : Run{at};
    if (run.end > at && run.digits && run.can_turn) {
      out += isolated(text.substr(at, run.end - at));
      at = run.end;
    } else {
      next = std::max(next, point == '(' ? next : run.end);
      out += text.substr(at, next - at);
      at = next;
    }
  }
  return out;
}

}  // namespace passerelle::language
