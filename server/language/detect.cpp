#include "language/detect.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "language/gram_model.hpp"
#include "language/letters.hpp"
#include "language/shipped_model.hpp"

namespace passerelle::language {
namespace {

// Scripts that only one of the languages we meet is written in.
struct ScriptLanguage {
  UScriptCode script;
  std::string_view code;
};
constexpr std::array<ScriptLanguage, 14> by_script{{{USCRIPT_GEORGIAN, "ka"},
                                                    {USCRIPT_TAMIL, "ta"},
                                                    {USCRIPT_BENGALI, "bn"},
                                                    {USCRIPT_TIBETAN, "bo"},
                                                    {USCRIPT_HAN, "zh"},
                                                    {USCRIPT_HIRAGANA, "ja"},
                                                    {USCRIPT_KATAKANA, "ja"},
                                                    {USCRIPT_HANGUL, "ko"},
                                                    {USCRIPT_GREEK, "el"},
                                                    {USCRIPT_HEBREW, "he"},
                                                    {USCRIPT_ARMENIAN, "hy"},
                                                    {USCRIPT_THAI, "th"},
                                                    {USCRIPT_DEVANAGARI, "hi"},
                                                    {USCRIPT_GURMUKHI, "pa"}}};
constexpr double sure_by_script = 0.97;

const GramModel& model() {
  static const auto shipped = [] {
    auto read = GramModel::read(shipped_model());
    assert(read);
    return read;
  }();
  return *shipped;
}

}  // namespace

std::vector<LanguageScore> detect(std::string_view text) {
  const Letters letters = letters_of(text);
  const auto* one = std::find_if(by_script.begin(), by_script.end(),
                                 [&](const ScriptLanguage& entry) { return entry.script == letters.script; });
  if (one != by_script.end()) return {{Locale(one->code), sure_by_script}};
  std::vector<LanguageScore> scores = model().score(letters);
  if (scores.empty()) scores = {{"und", 0}};
  return scores;
}

}  // namespace passerelle::language
