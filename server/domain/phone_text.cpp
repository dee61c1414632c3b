#include "domain/phone_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/digits.hpp"
#include "domain/utf8.hpp"

namespace passerelle {
namespace {

constexpr std::size_t longest_text = 200;   // bytes
constexpr std::size_t longest_number = 20;  // digits, with what is dialled before it
constexpr std::string_view bracketed_zero = "(0)";

struct Range {
  char32_t first, last;
};
// Blanks and invisible marks (an address book adds them when a number is copied), dashes, dots and brackets.
constexpr Range between[] = {{U'\t', U'\r'},   {U' ', U' '},     {U'(', U')'},     {U'-', U'/'},     {0x00A0, 0x00A0},
                             {0x00AD, 0x00AD}, {0x00B7, 0x00B7}, {0x061C, 0x061C}, {0x2000, 0x2015}, {0x2022, 0x2022},
                             {0x202A, 0x202F}, {0x205F, 0x2060}, {0x2066, 0x2069}, {0x2212, 0x2212}, {0x3000, 0x3000},
                             {0xFEFF, 0xFEFF}, {0xFF08, 0xFF09}, {0xFF0D, 0xFF0F}};

bool is_between(char32_t c) {
  if (c == U'+') return false;  // what a gateway gives begins so
  return std::ranges::any_of(between, [c](const Range& range) { return c >= range.first && c <= range.last; });
}

bool is_plus(char32_t c) { return c == U'+' || c == 0xFF0B; }

bool is_ethiopic_numeral(char32_t c) { return c >= 0x1369 && c <= 0x137C; }

// "tel:+41…", as links and contact cards have it.
std::string_view without_scheme(std::string_view text) {
  constexpr std::string_view scheme = "tel:";
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
  const bool has = text.size() > scheme.size() && std::ranges::equal(text.substr(0, scheme.size()), scheme, {}, lower);
  return has ? text.substr(scheme.size()) : text;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(without_scheme(text)) {}

  result<DialledDigits> read() {
    if (text_.size() > longest_text) return Error{"is too long for a telephone number", ""};
    for (std::size_t at = 0; at < text_.size();) {
      if (text_.substr(at).starts_with(bracketed_zero)) bracket_ = read_.digits.size() + 1;
      const CodePoint c = code_point_at(text_, at);
      if (const auto sound = take(c); !sound) return sound.error();
      at += c.size;
    }
    return finish();
  }

 private:
  result<void> take(const CodePoint& c) {
    if (const auto digit = decimal_digit(c.value)) {
      read_.digits += static_cast<char>('0' + *digit);
      return {};
    }
    if (is_between(c.value)) return {};
    if (is_plus(c.value)) {
      if (read_.plus || !read_.digits.empty())
        return Error{"has a + where none belongs: it stands once, at the beginning", ""};
      read_.plus = true;
      return {};
    }
    if (is_ethiopic_numeral(c.value)) return Error{"is written in Ethiopic numerals, which are not dialled", ""};
    return Error{"holds more than the digits of a telephone number", ""};
  }

  result<DialledDigits> finish() {
    if (read_.digits.empty()) return Error{"holds no digits", ""};
    if (read_.digits.size() > longest_number) return Error{"has too many digits for a telephone number", ""};
    if (bracket_ > 1) {
      read_.without_bracketed_zero = read_.digits;
      read_.without_bracketed_zero.erase(bracket_ - 1, 1);
    }
    return std::move(read_);
  }

  std::string_view text_;
  DialledDigits read_;
  std::size_t bracket_ = 0;  // the place of the 0 in it, counted from 1; none before the first digit
};

}  // namespace

bool begins_with_plus(std::string_view typed) {
  for (std::size_t at = 0; at < typed.size();) {
    const CodePoint c = code_point_at(typed, at);
    if (!is_between(c.value)) return is_plus(c.value);
    at += c.size;
  }
  return false;
}

result<DialledDigits> read_dialled(std::string_view typed) { return Reader(typed).read(); }

}  // namespace passerelle
