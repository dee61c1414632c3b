// A sentence of the catalogue with its arguments, as it will stand on the phone.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.hpp"
#include "domain/typed_moment.hpp"
#include "language/catalog.hpp"
#include "language/local_time.hpp"

namespace passerelle::language {

using Value = std::variant<std::string, std::int64_t, CivilTime, Day, Hour, std::vector<MeantMoment>>;
using Values = std::map<std::string, Value>;

struct Rendered {
  std::string text;
  Locale locale;  // the language it was found in, which may be a fallback
};

// In right-to-left languages every argument is isolated, and so are numbers of the sentence itself that could turn
// around: by as few U+200E and U+200F as show that (bidi.hpp). Elsewhere an argument in a right-to-left script stands
// between U+200E. Civil times, several that may be meant, days and hours are told by local_time in the style, integers
// in digits 0-9 without grouping. An argument's text is never read as a pattern, loses its bidi controls, and is cut at
// 500 code points. The error names the key and the argument. Sentences are compiled when loaded, so nothing is cached
// here and any thread may call.
result<Rendered> render(const Catalog& catalog, std::string_view key, std::string_view locale, std::string_view site,
                        const Values& values, const DateStyle& style = {});

}  // namespace passerelle::language
