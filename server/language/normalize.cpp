#include "language/normalize.hpp"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <stdexcept>

#include "domain/utf8.hpp"
#include "language/code_points.hpp"

namespace passerelle::language {
namespace {

bool is_bidi_control(char32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool is_control(char32_t c) { return (c < 0x20 && c != U'\n' && c != U'\t') || (c >= 0x7F && c < 0xA0); }

bool is_printed_ascii(char c) { return c >= 0x20 && c < 0x7F; }

// "20 %", "2 €" and "-2" say more than a number.
bool says_more_than_a_number(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next(text, at);
    if (c == U'%' || c == U'‰' || c == U'°' || u_charType(static_cast<UChar32>(c)) == U_CURRENCY_SYMBOL) return true;
    const bool minus = c == U'-' || c == U'−';
    std::size_t after = at;
    if (minus && after < text.size() && u_isdigit(static_cast<UChar32>(next(text, after)))) return true;
  }
  return false;
}

}  // namespace

std::string lower_accented(std::string_view text) {
  static const icu::Normalizer2& compose = instance(icu::Normalizer2::getNFCInstance);
  auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  std::string out;
  return normalized(compose, wide.toLower(icu::Locale::getRoot())).toUTF8String(out);
}

std::vector<std::string> tokens(std::string_view folded) {
  std::vector<std::string> words;
  std::size_t from = 0;
  while (from < folded.size()) {
    const std::size_t space = std::min(folded.find(' ', from), folded.size());
    if (space > from) words.emplace_back(folded.substr(from, space - from));
    from = space + 1;
  }
  return words;
}

std::optional<int> whole_number(std::string_view text) {
  constexpr std::size_t longest = 40;  // bytes, more than any number with decoration
  const bool word =
      std::any_of(text.begin(), text.end(), [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
  if (word || text.size() > longest) return std::nullopt;
  const std::string folded = fold(text);
  if (folded.empty() || folded.size() > 4 || says_more_than_a_number(text)) return std::nullopt;
  int value = 0;
  for (const char c : folded) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::string strip_controls(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    while (at < text.size() && is_printed_ascii(text[at])) ++at;
    out.append(text, begin, at - begin);
    if (at == text.size()) break;
    const char32_t c = next(text, at);
    if (c == U'\r') {
      if (at == text.size() || text[at] != '\n') out.push_back('\n');
    } else if (!is_control(c) && !is_bidi_control(c)) {
      append(out, c);
    }
  }
  return out;
}

std::string truncate(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return valid_utf8(text);  // a code point is a byte at least
  std::string valid;
  std::size_t count = 0;
  std::size_t at = 0;
  while (at < text.size() && count < limit) {
    append(valid, next(text, at));
    ++count;
  }
  if (at >= text.size()) return valid;
  // A boundary can only be judged with the letter after the cut in sight.
  const std::size_t cut = valid.size();
  append(valid, next(text, at));
  const auto wide =
      icu::UnicodeString::fromUTF8(icu::StringPiece(valid.data(), static_cast<std::int32_t>(valid.size())));
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> graphemes(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no grapheme rules: install libicu72");
  graphemes->setText(wide);
  const std::int32_t last = wide.moveIndex32(wide.length(), -1);
  const std::int32_t boundary = graphemes->isBoundary(last) ? last : graphemes->preceding(last);
  std::string out;
  // One grapheme longer than the limit (stacked marks) is cut where it must be.
  if (boundary <= 0) return valid.substr(0, cut);
  wide.tempSubString(0, boundary).toUTF8String(out);
  return out;
}

}  // namespace passerelle::language
