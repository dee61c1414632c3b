#include "language/cheaper.hpp"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <stdexcept>

#include "language/segments.hpp"

namespace passerelle::language {
namespace {

const icu::Normalizer2& composer() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* found = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no normalisation data: install libicu72");
  return *found;
}

std::string utf8(UChar32 point) {
  std::string bytes;
  icu::UnicodeString(point).toUTF8String(bytes);
  return bytes;
}

bool is_gsm(const std::string& letter) { return segments(letter).encoding == Encoding::gsm7; }

// Empty: it has none.
std::string plain(UChar32 point, const SpellingPolicy& policy, const Spelling& spelling) {
  const auto letter = static_cast<char32_t>(point);
  if (const auto mark = policy.marks.find(letter); mark != policy.marks.end()) return mark->second;
  if (spelling.folding != Folding::letters) return {};
  const auto found = spelling.letters.find(letter);
  return found == spelling.letters.end() ? std::string() : found->second;
}

}  // namespace

std::optional<Folding> parse_folding(std::string_view word) {
  if (word == "never") return Folding::never;
  if (word == "marks") return Folding::marks;
  if (word == "letters") return Folding::letters;
  return std::nullopt;
}

Spelling SpellingPolicy::of(Locale locale) const {
  for (;;) {
    if (const auto found = languages.find(locale); found != languages.end()) return found->second;
    const auto region = locale.rfind('-');
    if (region == Locale::npos) return {};
    locale.resize(region);
  }
}

std::optional<std::string> plain_spelling(std::string_view text, const SpellingPolicy& policy,
                                          const Spelling& spelling) {
  if (spelling.folding == Folding::never) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString whole = composer().normalize(icu::UnicodeString::fromUTF8(std::string(text)), status);
  if (U_FAILURE(status)) return std::nullopt;
  std::string all;
  for (std::int32_t at = 0; at < whole.length(); at = whole.moveIndex32(at, 1)) {
    std::string letter = utf8(whole.char32At(at));
    if (!is_gsm(letter)) letter = plain(whole.char32At(at), policy, spelling);
    if (letter.empty()) return std::nullopt;
    all += letter;
  }
  return all;
}

std::optional<std::string> cheaper_spelling(std::string_view text, const SpellingPolicy& policy, const Locale& locale) {
  auto cheaper = plain_spelling(text, policy, policy.of(locale));
  if (!cheaper || segments(*cheaper).parts.size() >= segments(text).parts.size()) return std::nullopt;
  return cheaper;
}

}  // namespace passerelle::language
