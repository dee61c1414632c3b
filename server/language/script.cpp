#include "language/script.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "language/letters.hpp"

namespace passerelle::language {

bool has_non_latin_letters(std::string_view text) {
  const char* bytes = text.data();
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    if (c < 0x250 || !u_isalpha(c)) continue;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(c, &status);
    if (U_SUCCESS(status) && script != USCRIPT_LATIN && script != USCRIPT_COMMON && script != USCRIPT_INHERITED)
      return true;
  }
  return false;
}

bool same_script(std::string_view one, std::string_view other) {
  const UScriptCode script = letters_of(one).script;
  return script != USCRIPT_UNKNOWN && script == letters_of(other).script;
}

}  // namespace passerelle::language
