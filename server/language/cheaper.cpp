#include "language/cheaper.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <stdexcept>
#include <utility>

#include "language/segments.hpp"

namespace passerelle::language {
namespace {

// What typing programs put in place of the keys that were struck, and letters that do not come apart by themselves.
constexpr std::array<std::pair<UChar32, std::string_view>, 23> plain_forms{
    {{0x2018, "'"},  {0x2019, "'"},   {0x201A, "'"}, {0x2032, "'"}, {0x201C, "\""}, {0x201D, "\""},
     {0x201E, "\""}, {0xAB, "\""},    {0xBB, "\""},  {0x2010, "-"}, {0x2011, "-"},  {0x2013, "-"},
     {0x2014, "-"},  {0x2026, "..."}, {0xA0, " "},   {0x202F, " "}, {0x2009, " "},  {0x2022, "-"},
     {0x152, "OE"},  {0x153, "oe"},   {0x131, "i"},  {0x141, "L"},  {0x142, "l"}}};

const icu::Normalizer2& instance(const icu::Normalizer2* (*get)(UErrorCode&)) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* found = get(status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no normalisation data: install libicu72");
  return *found;
}

std::string utf8(const icu::UnicodeString& text) {
  std::string bytes;
  text.toUTF8String(bytes);
  return bytes;
}

bool is_gsm(const std::string& letter) { return segments(letter).encoding == Encoding::gsm7; }

// Empty: it has none.
std::string plain(UChar32 point) {
  for (const auto& [from, to] : plain_forms) {
    if (from == point) return std::string(to);
  }
  icu::UnicodeString apart;
  if (!instance(icu::Normalizer2::getNFDInstance).getDecomposition(point, apart)) return {};
  const std::string letter = utf8(icu::UnicodeString(apart.char32At(0)));
  return is_gsm(letter) ? letter : std::string();
}

}  // namespace

std::optional<std::string> cheaper_spelling(std::string_view text) {
  const std::size_t parts = segments(text).parts.size();
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString whole =
      instance(icu::Normalizer2::getNFCInstance).normalize(icu::UnicodeString::fromUTF8(std::string(text)), status);
  if (U_FAILURE(status)) return std::nullopt;
  std::string cheaper;
  for (std::int32_t at = 0; at < whole.length(); at = whole.moveIndex32(at, 1)) {
    std::string letter = utf8(icu::UnicodeString(whole.char32At(at)));
    if (!is_gsm(letter)) letter = plain(whole.char32At(at));
    if (letter.empty()) return std::nullopt;
    cheaper += letter;
  }
  return segments(cheaper).parts.size() < parts ? std::optional(cheaper) : std::nullopt;
}

}  // namespace passerelle::language
