// Where one user-perceived character ends, as Twilio's calculator sees it, so that our counts of parts equal its own.
#pragma once

#include <unicode/umachine.h>

#include <cstdint>

namespace passerelle::language {

// Fed one code point after another. The calculator knows Unicode 10 (UAX 29, revision 31): newer characters join
// nothing but what the rules of their neighbours say, and CR LF are two.
class Clusters {
 public:
  // Whether a new cluster begins with 'point', which follows those fed before.
  bool begins(UChar32 point);

 private:
  enum class Kind : std::uint8_t {
    other,
    control,
    extend,
    joiner,
    spacing,
    prepend,
    flag,
    hangul_l,
    hangul_v,
    hangul_t,
    hangul_lv,
    hangul_lvt,
    emoji_base,
    person,
    modifier,
    joined
  };
  static Kind kind_of(UChar32 point);
  static bool syllable(Kind before, Kind next);
  bool joins(Kind next) const;

  Kind before_ = Kind::control;
  bool base_open_ = false;  // an emoji that a skin tone may follow, with nothing but variation selectors since
  bool flag_open_ = false;  // an odd number of regional indicators
};

}  // namespace passerelle::language
