// fold() of normalize.hpp.
#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "language/code_points.hpp"
#include "language/fold_letters.hpp"
#include "language/normalize.hpp"

namespace passerelle::language {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
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

icu::UnicodeString letters_of(std::string_view text) {
  static const icu::Normalizer2& casefold = instance(icu::Normalizer2::getNFKCCasefoldInstance);
  static const icu::Normalizer2& decompose = instance(icu::Normalizer2::getNFDInstance);
  const auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  return normalized(decompose, normalized(casefold, wide));
}

std::string fold_any(std::string_view text) {
  const icu::UnicodeString letters = letters_of(text);
  Folder folder;
  folder.reserve(text.size());
  for (std::int32_t i = 0; i < letters.length(); i = letters.moveIndex32(i, 1)) {
    folder.add(folded_letter(static_cast<char32_t>(letters.char32At(i))));
  }
  return folder.take();
}

// Marks that normalisation puts in order among themselves, such as an Indic nukta and virama.
bool is_ordered(char32_t c) { return u_getCombiningClass(static_cast<UChar32>(c)) != 0; }

// What one code point becomes, whatever stands beside it. Asked of ICU once each: a message in Arabic or Tigrinya, and
// each of the tens of thousands of words of the lists, then takes a look into 16 KB instead of two normalisations.
class LetterTable {
 public:
  static constexpr char16_t several = 0xFFFF;  // such as "ss" of "ß": only ICU tells

  LetterTable() {
    for (char32_t c = 0; c < folded_.size(); ++c) folded_[c] = found(c);
  }
  char16_t operator[](char32_t c) const { return c < folded_.size() ? folded_[c] : several; }

 private:
  static char16_t found(char32_t c) {
    std::string text;
    append(text, c);
    const icu::UnicodeString letters = letters_of(text);
    char16_t only = 0;
    for (std::int32_t i = 0; i < letters.length(); i = letters.moveIndex32(i, 1)) {
      const char32_t letter = folded_letter(static_cast<char32_t>(letters.char32At(i)));
      if (letter == 0 || (letter == U' ' && only == u' ')) continue;
      if (only != 0 || letter >= several) return several;
      only = static_cast<char16_t>(letter);
    }
    return only != 0 && is_ordered(c) && !keep_mark(c) ? several : only;
  }

  std::array<char16_t, 0x2070> folded_{};  // the alphabets and the common punctuation; Han and emoji are beyond
};

std::string fold_unicode(std::string_view text) {
  static const LetterTable table;
  Folder folder;
  folder.reserve(text.size());
  bool after_ordered = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next(text, at);
    const char16_t letter = table[c];
    if (letter == 0) continue;
    const bool ordered = keep_mark(c) && is_ordered(c);
    if (letter == LetterTable::several || (ordered && after_ordered)) return fold_any(text);
    after_ordered = ordered;
    folder.add(letter);
  }
  return folder.take();
}

}  // namespace

std::string fold(std::string_view text) { return is_ascii(text) ? fold_ascii(text) : fold_unicode(text); }

}  // namespace passerelle::language
