#include "language/code_points.hpp"

#include <unicode/utf8.h>

#include <cstdint>
#include <stdexcept>

namespace passerelle::language {

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

}  // namespace passerelle::language
