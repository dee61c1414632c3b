#include "language/fold_letters.hpp"

#include <array>

namespace passerelle::language {
namespace {

// Keyboards write the same Arabic letter with different code points, and many phones lack the Kurdish ones.
char32_t unify_arabic(char32_t c) {
  switch (c) {
    case U'ى':
    case U'ی':
    case U'ې':
    case U'ۍ':
    case U'ے':
    case U'ێ': return U'ي';
    case U'ك':
    case U'ڪ': return U'ک';
    case U'ة':
    case U'ە':
    case U'ہ':
    case U'ۃ':
    case U'ھ': return U'ه';
    case U'ٱ': return U'ا';
    case U'ڕ': return U'ر';
    case U'ڵ': return U'ل';
    case U'ۆ':
    case U'ۇ': return U'و';
    case U'ګ': return U'گ';
    case U'ء':
    case U'ـ': return 0;  // a lone hamza is often not typed; tatweel is only drawn
    default: return c;
  }
}

struct EthiopicRow {
  char32_t first;
  char32_t last;
  char32_t into;
};
// Letters that sound alike, with all their vowel orders: ሀ ኀ → ሐ, ሠ → ሰ, ዐ → አ, ፀ → ጸ.
constexpr std::array<EthiopicRow, 5> ethiopic_rows{{{0x1200, 0x1206, 0x1210},
                                                    {0x1220, 0x1227, 0x1230},
                                                    {0x1280, 0x1286, 0x1210},
                                                    {0x12D0, 0x12D6, 0x12A0},
                                                    {0x1340, 0x1347, 0x1338}}};

char32_t unify_ethiopic(char32_t c) {
  for (const EthiopicRow& row : ethiopic_rows) {
    if (c >= row.first && c <= row.last) c = row.into + (c - row.first);
  }
  // Of the throat letters the first and the fourth order sound alike: ሓ = ሐ, ኣ = አ.
  if (c == 0x1213) return 0x1210;
  if (c == 0x12A3) return 0x12A0;
  if (c >= 0x1369 && c <= 0x1371) return U'1' + (c - 0x1369);
  return c;
}

char32_t unify_latin(char32_t c) {
  switch (c) {
    case U'ı': return U'i';
    case U'ɛ':
    case U'ə':
    case U'ǝ': return U'e';
    case U'ɔ':
    case U'ø': return U'o';
    case U'ŋ':
    case U'ɲ': return U'n';
    case U'ɓ': return U'b';
    case U'ɗ':
    case U'đ': return U'd';
    case U'ƙ': return U'k';
    case U'ƴ': return U'y';
    case U'ƭ': return U't';
    case U'ł': return U'l';
    default: return c;
  }
}

}  // namespace

char32_t unify(char32_t letter) {
  if (letter < 0x02B0) return unify_latin(letter);
  if (letter == U'ґ') return U'г';
  if (letter >= 0x0600 && letter < 0x0700) return unify_arabic(letter);
  if (letter >= 0x1200 && letter < 0x1380) return unify_ethiopic(letter);
  return letter;
}

}  // namespace passerelle::language
