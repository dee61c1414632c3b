#include "domain/saved_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "domain/utf8.hpp"

namespace passerelle {
namespace {

constexpr std::size_t longest_number = 20;

bool is_plain(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_escaped(std::string& out, char c) {
  constexpr std::string_view hex = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  out += "\\u00";
  out += hex[static_cast<unsigned char>(c) >> 4];
  out += hex[static_cast<unsigned char>(c) & 15];
}

// As JSON has it: no sign and no zeros in front.
template <class Number>
bool take_number(std::string_view& left, Number& number) {
  const std::size_t sign = left.starts_with('-') ? 1 : 0;
  const std::string_view digits = left.substr(sign, longest_number);
  const bool zeros = digits.size() > 1 && digits[0] == '0' && is_digit(digits[1]);
  if (digits.empty() || !is_digit(digits[0]) || zeros || (sign == 1 && digits[0] == '0')) return false;
  const auto read = std::from_chars(left.data(), left.data() + left.size(), number);
  if (read.ec != std::errc()) return false;
  left.remove_prefix(static_cast<std::size_t>(read.ptr - left.data()));
  return left.empty() || (left[0] != '.' && left[0] != 'e' && left[0] != 'E');
}

}  // namespace

SavedWriter& SavedWriter::text(std::string_view text) {
  out_ += '"';
  if (std::ranges::all_of(text, [](char c) { return is_plain(c) && is_ascii(c); })) {
    out_ += text;
  } else {
    for (const char c : valid_utf8(text)) {
      if (is_plain(c))
        out_ += c;
      else
        append_escaped(out_, c);
    }
  }
  out_ += '"';
  return *this;
}

SavedWriter& SavedWriter::number(std::int64_t number) {
  std::array<char, longest_number + 1> digits;
  out_.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
  return *this;
}

SavedWriter& SavedWriter::count(std::uint64_t number) {
  std::array<char, longest_number + 1> digits;
  out_.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
  return *this;
}

bool SavedReader::text(std::string& text) {
  if (!raw("\"")) return false;
  std::size_t size = 0;
  bool ascii = true;
  for (; size < left_.size() && is_plain(left_[size]); ++size) ascii = ascii && is_ascii(left_[size]);
  const std::string_view found = left_.substr(0, size);
  left_.remove_prefix(size);
  if (!raw("\"") || (!ascii && !is_utf8(found))) return fail();
  text = found;
  return true;
}

bool SavedReader::number(std::int64_t& number, std::int64_t least, std::int64_t most) {
  const bool taken = sound_ && take_number(left_, number) && number >= least && number <= most;
  return taken || fail();
}

bool SavedReader::count(std::uint64_t& number) { return (sound_ && take_number(left_, number)) || fail(); }

}  // namespace passerelle
