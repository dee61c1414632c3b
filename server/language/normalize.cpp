#include "language/normalize.hpp"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <stdexcept>

#include "language/fold_letters.hpp"

namespace passerelle::language {
namespace {

constexpr char32_t replacement = 0xFFFD;

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

void append(std::string& out, char32_t c) {
  char bytes[U8_MAX_LENGTH];
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, static_cast<UChar32>(c));
  out.append(bytes, static_cast<std::size_t>(length));
}

char32_t next(std::string_view text, std::size_t& at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto i = static_cast<std::int64_t>(at);
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(bytes, i, static_cast<std::int64_t>(text.size()), c);
  at = static_cast<std::size_t>(i);
  return static_cast<char32_t>(c);
}

const icu::Normalizer2& instance(const icu::Normalizer2* (*get)(UErrorCode&)) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* found = get(status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no normalisation data: install libicu72");
  return *found;
}

icu::UnicodeString normalized(const icu::Normalizer2& how, const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString out = how.normalize(text, status);
  return U_SUCCESS(status) ? out : text;
}

// The vowel signs of Indic and other South and East Asian scripts are marks, but the word is nothing without them.
bool keep_mark(char32_t c) { return c >= 0x0900 && c < 0x1100; }

// 0: leave it out; ' ': it separates words.
char32_t folded_letter(char32_t c) {
  if (c == replacement) return c;
  if (c >= 0x02B9 && c <= 0x02BF) return U' ';  // letter-like apostrophes
  const auto point = static_cast<UChar32>(c);
  if (const std::int32_t digit = u_charDigitValue(point); digit >= 0 && u_isdigit(point)) {
    return U'0' + static_cast<char32_t>(digit);
  }
  const std::uint32_t category = U_GET_GC_MASK(point);
  if ((category & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_MC_MASK)) != 0) return keep_mark(c) ? c : 0;
  if ((category & (U_GC_L_MASK | U_GC_N_MASK)) != 0) return unify(c);
  if ((category & U_GC_CF_MASK) != 0) return 0;
  return U' ';
}

// Builds the folded text: single spaces, none at the ends, a letter repeated three times or more written once.
class Folder {
 public:
  void add(char32_t c) {
    if (c == 0) return;
    if (c == U' ') {
      finish_run();
      space_ = !out_.empty();
      return;
    }
    if (c == last_ && !is_digit(c)) {
      ++run_;
      return;
    }
    finish_run();
    if (space_) out_.push_back(' ');
    space_ = false;
    last_ = c;
    run_ = 1;
  }

  std::string take() {
    finish_run();
    return std::move(out_);
  }

  void reserve(std::size_t size) { out_.reserve(size); }

 private:
  static bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

  void finish_run() {
    if (run_ > 0) append_letter();
    if (run_ == 2) append_letter();
    run_ = 0;
    last_ = 0;
  }

  void append_letter() {
    if (last_ < 0x80) {
      out_.push_back(static_cast<char>(last_));
    } else {
      append(out_, last_);
    }
  }

  std::string out_;
  char32_t last_ = 0;
  int run_ = 0;
  bool space_ = false;
};

// No ICU call: most messages of most associations pass here, and at more than 10,000 a second.
std::string fold_ascii(std::string_view text) {
  Folder folder;
  folder.reserve(text.size());
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') {
      folder.add(static_cast<char32_t>(c - 'A' + 'a'));
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      folder.add(static_cast<char32_t>(c));
    } else {
      folder.add(U' ');
    }
  }
  return folder.take();
}

std::string fold_unicode(std::string_view text) {
  static const icu::Normalizer2& casefold = instance(icu::Normalizer2::getNFKCCasefoldInstance);
  static const icu::Normalizer2& decompose = instance(icu::Normalizer2::getNFDInstance);
  const auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  const icu::UnicodeString letters = normalized(decompose, normalized(casefold, wide));
  Folder folder;
  folder.reserve(text.size());
  for (std::int32_t i = 0; i < letters.length(); i = letters.moveIndex32(i, 1)) {
    folder.add(folded_letter(static_cast<char32_t>(letters.char32At(i))));
  }
  return folder.take();
}

bool is_bidi_control(char32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool is_control(char32_t c) { return (c < 0x20 && c != U'\n' && c != U'\t') || (c >= 0x7F && c < 0xA0); }

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

std::string fold(std::string_view text) { return is_ascii(text) ? fold_ascii(text) : fold_unicode(text); }

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
