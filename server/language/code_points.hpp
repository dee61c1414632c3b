// Code points in and out of UTF-8, and the normal forms of ICU, for the files that look at letters.
#pragma once

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace passerelle::language {

inline constexpr char32_t replacement = 0xFFFD;

void append(std::string& out, char32_t c);

// The one that begins at 'at', which moves behind it; 'replacement' for what is no UTF-8.
char32_t next(std::string_view text, std::size_t& at);

// One of ICU's own, which live as long as the program. Throws when its data is not installed.
const icu::Normalizer2& instance(const icu::Normalizer2* (*get)(UErrorCode&));
icu::UnicodeString normalized(const icu::Normalizer2& how, const icu::UnicodeString& text);

}  // namespace passerelle::language
