#include "language/detect.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <map>

#include "language/utf32.hpp"
#include "language/word_lists.hpp"
#include "language/word_model.hpp"

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

icu::UnicodeString compose(const std::string& text) {
  auto wide = icu::UnicodeString::fromUTF8(text);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
  if (U_FAILURE(status)) return wide;
  icu::UnicodeString composed = nfkc->normalize(wide, status);
  return U_SUCCESS(status) ? composed : wide;
}

// Letters as they are compared: lower case, one apostrophe; 0 for what is left out, ' ' for what separates.
char32_t letter(char32_t c) {
  if (c < 0x80) {
    if (c >= 'A' && c <= 'Z') return c - 'A' + 'a';
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'' ? c : U' ';
  }
  if (c == U'’' || c == U'ʼ' || c == U'‘') return U'\'';
  const auto point = static_cast<UChar32>(c);
  const std::uint32_t category = U_GET_GC_MASK(point);
  const bool arabic_mark = c >= 0x0600 && c < 0x0700 && (category & U_GC_MN_MASK) != 0;
  if (c == U'ـ' || arabic_mark || (category & U_GC_CF_MASK) != 0) return 0;
  if ((category & (U_GC_L_MASK | U_GC_M_MASK)) != 0) return static_cast<char32_t>(u_tolower(point));
  return U' ';
}

UScriptCode script_of(char32_t c) {
  if (c < 0x80) return USCRIPT_LATIN;
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &status);
}

struct Letters {
  std::vector<std::u32string> words;
  UScriptCode script = USCRIPT_UNKNOWN;  // of most letters
};

class Collector {
 public:
  void add(char32_t c) {
    const char32_t folded = letter(c);
    if (folded == 0) return;
    if (folded == U' ') {
      finish_word();
      return;
    }
    word_.push_back(folded);
    if ((folded >= U'0' && folded <= U'9') || folded == U'\'') return;
    has_letter_ = true;
    const UScriptCode script = script_of(folded);
    if (script == USCRIPT_COMMON || script == USCRIPT_INHERITED) return;
    counts_[script] += script == USCRIPT_HAN ? 2 : 1;  // one character says as much as two letters
  }

  Letters take() {
    finish_word();
    const auto most = std::max_element(counts_.begin(), counts_.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return {std::move(words_), most == counts_.end() ? USCRIPT_UNKNOWN : most->first};
  }

 private:
  void finish_word() {
    while (!word_.empty() && word_.front() == U'\'') word_.erase(0, 1);
    while (!word_.empty() && word_.back() == U'\'') word_.pop_back();
    if (has_letter_) words_.push_back(std::move(word_));
    word_.clear();
    has_letter_ = false;
  }

  std::vector<std::u32string> words_;
  std::u32string word_;
  bool has_letter_ = false;
  std::map<UScriptCode, int> counts_;
};

// A web or mail address says nothing about the language of the text around it.
std::string without_addresses(std::string_view text) {
  std::string out;
  std::size_t from = 0;
  while (from < text.size()) {
    const std::size_t space = std::min(text.find_first_of(" \n\t", from), text.size());
    const std::string_view word = text.substr(from, space - from);
    const bool address = word.find("://") != std::string_view::npos || word.starts_with("www.") ||
                         word.find('@') != std::string_view::npos;
    if (!address) out.append(word).push_back(' ');
    from = space + 1;
  }
  return out;
}

Letters collect(std::string_view original) {
  const std::string text = without_addresses(original);
  Collector collector;
  if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    for (const char c : text) collector.add(static_cast<char32_t>(c));
    return collector.take();
  }
  const icu::UnicodeString composed = compose(text);
  for (std::int32_t i = 0; i < composed.length(); i = composed.moveIndex32(i, 1)) {
    collector.add(static_cast<char32_t>(composed.char32At(i)));
  }
  return collector.take();
}

const WordModel* model_of(UScriptCode script) {
  static const WordModel latin(latin_word_lists(), romanised_word_lists());
  static const WordModel arabic(arabic_word_lists());
  static const WordModel cyrillic(cyrillic_word_lists());
  static const WordModel ethiopic(ethiopic_word_lists());
  switch (static_cast<int>(script)) {
    case USCRIPT_LATIN: return &latin;
    case USCRIPT_ARABIC: return &arabic;
    case USCRIPT_CYRILLIC: return &cyrillic;
    case USCRIPT_ETHIOPIC: return &ethiopic;
    default: return nullptr;
  }
}

}  // namespace

std::vector<LanguageScore> detect(std::string_view text) {
  const Letters letters = collect(text);
  std::vector<LanguageScore> scores;
  const auto* one = std::find_if(by_script.begin(), by_script.end(),
                                 [&](const ScriptLanguage& entry) { return entry.script == letters.script; });
  if (one != by_script.end()) {
    scores = {{Locale(one->code), sure_by_script}};
  } else if (const WordModel* model = model_of(letters.script)) {
    scores = model->score(letters.words);
  }
  if (scores.empty()) scores = {{"und", 0}};
  return scores;
}

}  // namespace passerelle::language
