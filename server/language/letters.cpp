#include "language/letters.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <utility>

namespace passerelle::language {
namespace {

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

class Collector {
 public:
  void add(char32_t c) {
    const char32_t folded = letter(c);
    if (folded == 0) return;
    if (folded == U' ') {
      finish_word();
      return;
    }
    push(folded);
    if ((folded >= U'0' && folded <= U'9') || folded == U'\'') return;
    const UScriptCode script = script_of(folded);
    if (script == USCRIPT_COMMON || script == USCRIPT_INHERITED) return;
    if (word_script_ == USCRIPT_UNKNOWN) word_script_ = script;
    count(script, script == USCRIPT_HAN ? 2 : 1);  // one character says as much as two letters
  }

  Letters take() {
    finish_word();
    Letters letters;
    const auto* most = std::max_element(counts_.begin(), counts_.end(),
                                        [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most->second > 0) letters.script = most->first;
    for (auto& [word, script] : words_) {
      if (script == letters.script) letters.words.push_back(std::move(word));
    }
    return letters;
  }

 private:
  // "heyyyy" is "hey": nobody doubles a letter twice but to be heard.
  void push(char32_t c) {
    run_ = !word_.empty() && word_.back() == c ? run_ + 1 : 1;
    if (run_ == 3) word_.pop_back();
    if (run_ < 3) word_.push_back(c);
  }

  void count(UScriptCode script, int letters) {
    for (auto& [counted, sum] : counts_) {
      if (sum == 0) counted = script;
      if (counted != script) continue;
      sum += letters;
      return;
    }
  }

  void finish_word() {
    while (!word_.empty() && word_.front() == U'\'') word_.erase(0, 1);
    while (!word_.empty() && word_.back() == U'\'') word_.pop_back();
    if (word_script_ != USCRIPT_UNKNOWN) words_.emplace_back(std::move(word_), word_script_);
    word_.clear();
    word_script_ = USCRIPT_UNKNOWN;
    run_ = 0;
  }

  std::vector<std::pair<std::u32string, UScriptCode>> words_;
  std::u32string word_;
  UScriptCode word_script_ = USCRIPT_UNKNOWN;  // of its first letter
  std::size_t run_ = 0;                        // how often the last letter came
  // In the order in which they came; a text with more scripts than this is nobody's.
  std::array<std::pair<UScriptCode, int>, 8> counts_{};
};

// A web or mail address says nothing about the language of the text around it.
std::string without_addresses(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 1);
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

}  // namespace

Letters letters_of(std::string_view original) {
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

}  // namespace passerelle::language
