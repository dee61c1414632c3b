#include "language/typed_words.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "language/normalize.hpp"
#include "language/utf32.hpp"

namespace passerelle::language {
namespace {

constexpr std::size_t longest_text = 300;  // bytes
constexpr std::size_t most_tokens = 30;
constexpr std::size_t longest_number = 4;  // digits

struct Token {
  std::string word;  // folded; empty: a number
  int value = 0;
  std::size_t digits = 0;
  char32_t glue = 0;
};

// ፩ to ፱ are 1 to 9, ፲ to ፺ the tens.
int ethiopic_number(char32_t c) {
  if (c >= 0x1369 && c <= 0x1371) return static_cast<int>(c - 0x1369) + 1;
  return c >= 0x1372 && c <= 0x137A ? (static_cast<int>(c - 0x1372) + 1) * 10 : 0;
}

bool is_number(char32_t c) { return u_isdigit(static_cast<UChar32>(c)) || ethiopic_number(c) > 0; }

bool is_letter(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  return (U_GET_GC_MASK(point) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_CF_MASK)) != 0;
}

std::string to_utf8(const std::u32string& text) {
  std::string out;
  return icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()),
                                       static_cast<std::int32_t>(text.size()))
      .toUTF8String(out);
}

// Cuts a text into words and numbers. What stands without a blank is one word if a lexicon has it so ("jom3a",
// "2moro"), else its letters and its digits are apart ("14h", "2pm").
class Cutter {
 public:
  explicit Cutter(const std::vector<const DateLexicon*>& lexicons) : lexicons_(lexicons) {}

  std::optional<std::vector<Token>> cut(std::string_view text) {
    std::u32string run;
    for (const char32_t c : to_utf32(text)) {
      if (is_number(c) || is_letter(c)) {
        run.push_back(c);
        continue;
      }
      add_run(run);
      run.clear();
      if (!tokens_.empty() && tokens_.back().glue == 0)
        tokens_.back().glue = u_isUWhiteSpace(static_cast<UChar32>(c)) ? U' ' : c;
    }
    add_run(run);
    const bool sound = sound_ && !tokens_.empty() && tokens_.size() <= most_tokens;
    return sound ? std::optional(std::move(tokens_)) : std::nullopt;
  }

 private:
  void add_run(const std::u32string& run) {
    const std::string whole = fold(to_utf8(run));
    const bool mixed = std::ranges::any_of(run, is_number) && std::ranges::any_of(run, is_letter);
    const auto has_whole = [&whole](const DateLexicon* lexicon) { return lexicon->knows(whole); };
    if (!mixed || std::ranges::any_of(lexicons_, has_whole)) return add_part(run);
    std::size_t from = 0;
    for (std::size_t at = 1; at <= run.size(); ++at) {
      if (at < run.size() && is_number(run[at]) == is_number(run[from])) continue;
      add_part(run.substr(from, at - from));
      from = at;
    }
  }

  void add_part(const std::u32string& part) {
    if (part.empty()) return;
    if (std::ranges::all_of(part, is_number)) return add_number(part);
    for (std::string& word : tokens(fold(to_utf8(part)))) tokens_.push_back({std::move(word)});
  }

  void add_number(const std::u32string& part) {
    Token token;
    token.digits = part.size();
    for (const char32_t c : part) {
      const int ethiopic = ethiopic_number(c);
      token.value =
          ethiopic > 0 ? token.value + ethiopic : token.value * 10 + u_charDigitValue(static_cast<UChar32>(c));
      if (token.value > 9999) sound_ = false;
      if (!sound_) return;
    }
    sound_ = token.digits <= longest_number;
    tokens_.push_back(std::move(token));
  }

  const std::vector<const DateLexicon*>& lexicons_;
  std::vector<Token> tokens_;
  bool sound_ = true;
};

}  // namespace

DateLexicon::DateLexicon(const DateWords& words) : twelve_hours_(words.twelve_hours) {
  for (const Calendar calendar : {Calendar::gregorian, Calendar::persian, Calendar::ethiopic}) {
    const std::vector<Spellings>& months = words.months_of(calendar);
    for (std::size_t i = 0; i < months.size(); ++i) {
      for (const std::string& spelling : months[i]) {
        DateItem item{DateItem::Kind::month};
        item.months = {{calendar, static_cast<int>(i) + 1}};
        add(spelling, item);
      }
    }
  }
  add_all(words.weekdays, DateItem::Kind::weekday, 0);
  add_all(words.numbers, DateItem::Kind::number, 1);
  for (std::size_t i = 0; i < words.words.size(); ++i) {
    for (const std::string& spelling : words.words[i])
      add(spelling, {DateItem::Kind::word, 0, static_cast<DateWord>(i)});
  }
}

void DateLexicon::add(const std::string& spelling, const DateItem& item) {
  const std::string folded = fold(spelling);
  longest_ = std::max(longest_, static_cast<std::size_t>(std::ranges::count(folded, ' ')) + 1);
  const auto [known, added] = phrases_.emplace(folded, item);
  // Two calendars may give one name to different months; two spellings of one month may be folded into one.
  std::vector<NamedMonth>& months = known->second.months;
  if (!added && !months.empty() && !item.months.empty() && months.back() != item.months.front())
    months.push_back(item.months.front());
}

void DateLexicon::add_all(const std::vector<Spellings>& all, DateItem::Kind kind, int first) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const std::string& spelling : all[i]) add(spelling, {kind, static_cast<int>(i) + first});
  }
}

const DateItem* DateLexicon::find(const std::vector<std::string>& words, std::size_t from, std::size_t& length) const {
  for (std::size_t size = std::min(longest_, words.size() - from); size > 0; --size) {
    std::string phrase;
    for (std::size_t i = 0; i < size; ++i) phrase += (i == 0 ? "" : " ") + words[from + i];
    const auto found = phrases_.find(phrase);
    if (found == phrases_.end()) continue;
    length = size;
    return &found->second;
  }
  return nullptr;
}

std::optional<std::vector<DateItem>> date_items(std::string_view text,
                                                const std::vector<const DateLexicon*>& lexicons) {
  if (text.size() > longest_text) return std::nullopt;
  const auto cut = Cutter(lexicons).cut(text);
  if (!cut) return std::nullopt;
  std::vector<std::string> words;  // a number is no word, and no phrase goes over it
  for (const Token& token : *cut) words.push_back(token.word);
  std::vector<DateItem> items;
  for (std::size_t at = 0; at < cut->size();) {
    const Token& token = (*cut)[at];
    if (token.word.empty()) {
      DateItem number{DateItem::Kind::number, token.value};
      number.digits = token.digits;
      number.glue = token.glue;
      items.push_back(std::move(number));
      ++at;
      continue;
    }
    const DateItem* found = nullptr;
    std::size_t length = 0;
    for (const DateLexicon* lexicon : lexicons) {
      if (found == nullptr) found = lexicon->find(words, at, length);
    }
    if (found == nullptr) return std::nullopt;
    at += length;
    items.push_back(*found);
    items.back().glue = (*cut)[at - 1].glue;
  }
  return items;
}

}  // namespace passerelle::language
