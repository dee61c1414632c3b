#include "language/bidi.hpp"

#include <algorithm>

#include "language/sides.hpp"

namespace passerelle::language {
namespace {

constexpr std::string_view left_mark = "\xE2\x80\x8E";      // U+200E
constexpr std::string_view right_mark = "\xE2\x80\x8F";     // U+200F
constexpr std::string_view open_isolate = "\xE2\x81\xA6";   // U+2066
constexpr std::string_view close_isolate = "\xE2\x81\xA9";  // U+2069

std::string between(std::string_view begin, std::string_view text, std::string_view end) {
  std::string out(begin);
  out += text;
  out += end;
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

// Digits with single separators that Unicode keeps in order by itself: "14:30", "28.03.2027", but not "12-3".
bool keeps_order(std::string_view text) {
  bool after_digit = false;
  for (std::size_t at = 0; at < text.size();) {
    const UChar32 point = point_at(text, at);
    const bool digit = side_of(point) == Side::digit;
    if (!digit && !(after_digit && (point == '.' || point == ':' || point == ','))) return false;
    after_digit = digit;
  }
  return after_digit;
}

// One line that is laid out from right to left: its isolates become the marks that show the same.
class Marker {
 public:
  void isolated(std::string_view text) {
    if (before_ == Side::left) out_ += right_mark;  // else the two would stand as one, the first at the left
    after_isolate_ = true;
    if (keeps_order(text)) {
      out_ += text;
      before_ = Side::digit;
      return;
    }
    if (side_of(peek_point(text, 0)) != Side::left) out_ += left_mark;
    out_ += text;
    if (last_side(text) == Side::none) out_ += left_mark;
    before_ = Side::left;
  }

  void outside(UChar32 point, std::string_view bytes) {
    const Side side = side_of(point);
    if (side != Side::none) {
      const bool parted = before_ == Side::left && after_isolate_ && side != Side::right;
      if (parted) out_ += right_mark;
      const bool continued = before_ == Side::left && !parted && side == Side::digit;
      before_ = continued ? Side::left : side;
      after_isolate_ = false;
    }
    out_ += bytes;
  }

  std::string take() { return left_first(out_) ? between(right_mark, out_, "") : std::move(out_); }

 private:
  static Side last_side(std::string_view text) {
    Side last = Side::none;
    for (std::size_t at = 0; at < text.size();) last = side_of(point_at(text, at));
    return last;
  }

  std::string out_;
  Side before_ = Side::right;  // of what is not neutral
  bool after_isolate_ = false;
};

// A line without right-to-left letters is laid out from the left, but for one without any letter the phone decides.
class LatinLine {
 public:
  explicit LatinLine(std::string_view line) : letters_(left_first(line)) {}
  void isolated(std::string_view text) {
    if (!letters_ && !keeps_order(text)) out_ += left_mark;
    out_ += text;
  }
  void outside(UChar32, std::string_view bytes) { out_ += bytes; }
  std::string take() { return std::move(out_); }

 private:
  bool letters_;
  std::string out_;
};

template <class Line>
std::string laid_out(std::string_view line, Line out) {
  for (std::size_t at = 0; at < line.size();) {
    const std::string_view rest = line.substr(at);
    const std::size_t close = rest.starts_with(open_isolate) ? rest.find(close_isolate) : rest.npos;
    if (close != rest.npos) {
      out.isolated(rest.substr(open_isolate.size(), close - open_isolate.size()));
      at += close + close_isolate.size();
      continue;
    }
    std::size_t next = at;
    const UChar32 point = point_at(line, next);
    out.outside(point, line.substr(at, next - at));
    at = next;
  }
  return out.take();
}

}  // namespace

bool has_right(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (side_of(point_at(text, at)) == Side::right) return true;
  }
  return false;
}

std::string isolated(std::string_view text) { return between(open_isolate, text, close_isolate); }

std::string isolate(std::string_view argument, bool rtl_sentence) {
  const Content content = content_of(argument);
  if (!rtl_sentence) return content.right ? between(left_mark, argument, left_mark) : std::string(argument);
  if (content.right) return isolate_numbers(argument);
  if (!content.digits && !content.left && !content.plus) return std::string(argument);
  std::string out;
  for (std::size_t begin = 0; begin <= argument.size();) {
    const std::size_t end = std::min(argument.find('\n', begin), argument.size());
    if (begin > 0) out += '\n';
    if (end > begin) out += isolated(argument.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

std::string to_marks(std::string_view text) {
  const bool right = has_right(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    if (begin > 0) out += '\n';
    out += right && (begin == 0 || has_right(line)) ? laid_out(line, Marker{}) : laid_out(line, LatinLine{line});
    begin = end + 1;
  }
  return out;
}

std::string lead_right(std::string text) {
  if (has_right(text) && left_first(text)) text.insert(0, right_mark);
  return text;
}

}  // namespace passerelle::language
