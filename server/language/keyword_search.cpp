#include <algorithm>
#include <array>
#include <iterator>

#include "language/confusables.hpp"
#include "language/families.hpp"
#include "language/keyword_table.hpp"
#include "language/normalize.hpp"
#include "language/pieces.hpp"

namespace passerelle::language {
namespace {

constexpr std::string_view everywhere = "*";

// A text longer than this is not a bare keyword, however polite ("stop, thank you very much, have a nice day").
constexpr std::size_t longest_whole = 16;
// A stop word inside a sentence asks in short texts; in longer ones only where it is the point of the message.
constexpr std::size_t short_sentence = 8;
constexpr std::size_t long_sentence = 20;
constexpr std::size_t unmistakable = 9;  // bytes: "unsubscribe", "désabonner" mean nothing else, wherever they stand

constexpr std::array<std::string_view, 6> marks = {"?", "؟", "？", "፧", "՞", "¿"};

bool is_question(std::string_view text) {
  return std::any_of(marks.begin(), marks.end(),
                     [&](std::string_view mark) { return text.find(mark) != std::string_view::npos; });
}

bool only_question_marks(std::string_view text) {
  bool any = false;
  while (!text.empty()) {
    const auto* mark =
        std::find_if(marks.begin(), marks.end(), [&](std::string_view m) { return text.starts_with(m); });
    const bool is_mark = mark != marks.end();
    if (!is_mark && text.front() != ' ' && text.front() != '!') return false;
    any = any || is_mark;
    text.remove_prefix(is_mark ? mark->size() : 1);
  }
  return any;
}

// "… so please STOP now": capitals among small letters.
bool is_capital_stop(std::string_view original) {
  const bool mixed = std::any_of(original.begin(), original.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return mixed && original.find("STOP") != std::string_view::npos;
}

void add_once(const KeywordHit& hit, std::vector<KeywordHit>& hits) {
  const auto known = std::find_if(hits.begin(), hits.end(), [&](const KeywordHit& other) {
    return other.intent == hit.intent && other.locale == hit.locale;
  });
  if (known == hits.end()) {
    hits.push_back(hit);
  } else if (hit.confidence < known->confidence) {
    *known = hit;
  }
}

std::vector<Span> spans(const Phrases& lists, const std::vector<Word>& words) {
  std::vector<Span> out;
  for (std::size_t at = 0; at < words.size(); ++at) {
    lists.each_at(words, at, [&](Phrases::Match m) { out.push_back({at, at + m.length, m.phrase}); });
  }
  return out;
}

}  // namespace

bool KeywordTable::Text::is_harmless(const Span& span) const {
  return std::any_of(harmless.begin(), harmless.end(),
                     [&](const Span& phrase) { return phrase.from < span.to && span.from < phrase.to; });
}

std::vector<Word> KeywordTable::numbers(const std::vector<std::string>& words) const {
  std::vector<Word> out;
  out.reserve(words.size());
  for (const std::string& word : words) out.push_back(vocabulary_.find(word));
  return out;
}

KeywordTable::Text KeywordTable::prepare(std::string_view original, const std::vector<std::string>& tokens) const {
  Text text;
  text.original = original;
  text.words = numbers(tokens);
  text.found = spans(phrases_, text.words);
  text.harmless = harmless_.find(tokens);
  return text;
}

std::vector<Span> KeywordTable::those(const std::vector<Span>& found, const Condition& condition) const {
  std::vector<Span> out;
  std::copy_if(found.begin(), found.end(), std::back_inserter(out),
               [&](const Span& span) { return any(span.phrase, condition); });
  return out;
}

// The message is keywords of one intent, thanks and greetings, and nothing else.
void KeywordTable::find_whole(const Text& text, Hits& hits) const {
  const std::vector<Span>& found = text.found;
  if (found.empty() || text.words.size() > longest_whole) return;
  std::vector<Span> fillers = spans(polite_, text.words);
  std::string accented;
  const auto has_accents = [&](const Meaning& meaning) {
    if (meaning.accented.size == 0) return true;
    if (accented.empty()) accented = lower_accented(text.original);
    return accented.find(kept(meaning.accented)) != std::string::npos;
  };
  const auto find = [&](const Condition& condition) {
    for (const Span& span : cover(text.words.size(), those(found, condition), fillers)) {
      for (const std::uint32_t place : by_phrase_.of(span.phrase)) {
        const Meaning& meaning = meanings_[place];
        if (condition(meaning) && has_accents(meaning)) add_once(whole_hit(meaning, span.phrase), hits);
      }
    }
  };
  // "Fire in the kitchen now please" is "fire", but "is there gas in the flat?" is a question. Only for DANGER: "stop
  // here" is not yet a STOP.
  const std::vector<Span> manners = fillers;
  const std::vector<Span> around = is_question(text.original) ? std::vector<Span>() : spans(around_, text.words);
  fillers.insert(fillers.end(), around.begin(), around.end());
  find([](const Meaning& meaning) { return meaning.intent == Intent::danger; });
  fillers = manners;
  for (const Intent intent : {Intent::stop, Intent::start, Intent::help, Intent::language, Intent::callback,
                              Intent::appointment, Intent::number}) {
    find([intent](const Meaning& meaning) { return meaning.intent == intent; });
  }
  // Short words of several languages easily make a text together: YES and NO must be of one.
  for (const Intent intent : {Intent::yes, Intent::no}) {
    for (const Locale& locale : locales_of(found, intent)) {
      find([&](const Meaning& meaning) {
        const Locale& own = locales_[meaning.locale];
        return meaning.intent == intent && (own == locale || own == everywhere);
      });
    }
  }
}

std::set<Locale> KeywordTable::locales_of(const std::vector<Span>& found, Intent intent) const {
  std::set<Locale> out;
  for (const Span& span : found) {
    for (const std::uint32_t place : by_phrase_.of(span.phrase)) {
      if (meanings_[place].intent == intent) out.insert(locales_[meanings_[place].locale]);
    }
  }
  return out;
}

bool KeywordTable::is_polite(const std::vector<Word>& words) const {
  if (words.empty()) return true;
  return words.size() <= longest_whole && !cover(words.size(), spans(polite_, words), {}).empty();
}

// Emoji and question marks count when nothing but keywords and thanks stand around them.
void KeywordTable::find_symbols(const Text& text, Hits& hits) const {
  if (hits.empty() && !is_polite(text.words)) return;
  const bool question = text.words.empty() && only_question_marks(text.original);
  for (const Symbol& symbol : symbols_) {
    const bool there = symbol.text == "?" ? question : text.original.find(symbol.text) != std::string_view::npos;
    if (!there) continue;
    KeywordHit whole = hit(symbol.meaning);
    whole.whole_message = true;
    add_once(whole, hits);
  }
}

// STOP in look-alike letters, or letter by letter. Only the words that stop whatever the person's language.
void KeywordTable::find_disguised_stop(const std::vector<std::string>& tokens, Hits& hits) const {
  if (!hits.empty() || tokens.size() > longest_whole) return;
  std::vector<Word> words;
  bool disguised = false;
  const std::string joined = joined_letters(tokens);
  if (!joined.empty()) words = {vocabulary_.find(joined)};
  for (std::size_t i = 0; joined.empty() && i < tokens.size(); ++i) {
    Word word = vocabulary_.find(tokens[i]);
    const std::string look = word == unknown_word ? latin_look(tokens[i]) : std::string();
    if (!look.empty()) word = vocabulary_.find(look);
    disguised = disguised || !look.empty();
    words.push_back(word);
  }
  if (!disguised && joined.empty()) return;
  Text text;
  text.words = words;
  text.found = spans(phrases_, words);
  Hits found;
  find_whole(text, found);
  std::copy_if(found.begin(), found.end(), std::back_inserter(hits),
               [](const KeywordHit& hit) { return hit.intent == Intent::stop && hit.locale == everywhere; });
}

void KeywordTable::find_danger(const Text& text, const std::vector<std::string>& words, Hits& hits) const {
  for (const Span& span : danger_.find(words)) {
    if (text.is_harmless(span)) continue;
    for (const std::uint32_t place : by_danger_.of(span.phrase)) add_once(hit(meanings_[place]), hits);
  }
}

std::pair<std::size_t, std::size_t> KeywordTable::between_manners(const std::vector<Word>& words) const {
  const std::vector<Span> fillers = spans(polite_, words);
  std::size_t first = 0;
  for (const Span& filler : fillers) {
    if (filler.from == first) first = filler.to;
  }
  std::size_t last = words.size();
  for (auto filler = fillers.rbegin(); filler != fillers.rend(); ++filler) {
    if (filler->to == last) last = filler->from;
  }
  return {first, last};
}

std::pair<std::size_t, std::size_t> KeywordTable::without_manners(const std::vector<std::string>& words) const {
  const auto part = between_manners(numbers(words));
  return part.first < part.second ? part : std::pair{std::size_t{0}, words.size()};
}

// What the text begins with: "thanks, hello" thanks.
Manners KeywordTable::only_manners(std::string_view original, const std::vector<std::string>& tokens) const {
  const std::vector<Word> words = numbers(tokens);
  if (words.empty()) {
    const auto symbol = std::find_if(polite_symbols_.begin(), polite_symbols_.end(), [&](const auto& candidate) {
      return original.find(candidate.first) != std::string_view::npos;
    });
    return symbol == polite_symbols_.end() ? Manners::none : symbol->second;
  }
  if (words.size() > longest_whole) return Manners::none;
  const std::vector<Span> way = cover(words.size(), spans(polite_, words), {});
  const auto told = std::find_if(way.begin(), way.end(),
                                 [&](const Span& span) { return polite_kinds_[span.phrase] != Manners::none; });
  return told == way.end() ? Manners::none : polite_kinds_[told->phrase];
}

// A stop word among other words: decide() asks. See short_sentence and long_sentence.
void KeywordTable::find_stop_inside(const Text& text, Hits& hits) const {
  const std::size_t length = text.words.size();
  if (length > long_sentence || text.found.empty()) return;
  const auto [first, last] = between_manners(text.words);
  const bool shouted = is_capital_stop(text.original);
  for (const Span& span : text.found) {
    if (text.is_harmless(span)) continue;
    const bool the_point = span.from == first || span.to == last || span.to - span.from > 1 || length <= short_sentence;
    for (const std::uint32_t place : by_phrase_.of(span.phrase)) {
      const Meaning& meaning = meanings_[place];
      const bool plain = meaning.text.size >= unmistakable || (shouted && locales_[meaning.locale] == everywhere);
      const bool stops = meaning.in_sentence && meaning.intent == Intent::stop;
      if (stops && (the_point || plain)) add_once(hit(meaning), hits);
    }
  }
}

// "… quand … rendez-vous": a question about an appointment among other words.
void KeywordTable::find_appointment_inside(const Text& text, Hits& hits) const {
  if (text.words.size() > long_sentence) return;
  for (const Span& span : text.found) {
    for (const std::uint32_t place : by_phrase_.of(span.phrase)) {
      const Meaning& meaning = meanings_[place];
      if (meaning.in_sentence && meaning.intent == Intent::appointment) add_once(hit(meaning), hits);
    }
  }
}

// "I cannot come, when is the next appointment?" holds a question that a machine must not answer.
void KeywordTable::forget_appointments(const Text& text, Hits& hits) const {
  const auto asks = [](const KeywordHit& hit) { return hit.intent == Intent::appointment; };
  if (std::none_of(hits.begin(), hits.end(), asks)) return;
  for (const Span& span : spans(unless_, text.words)) {
    const std::set<std::string>& families = unless_families_[span.phrase];
    std::erase_if(hits, [&](const KeywordHit& hit) { return asks(hit) && families.contains(family(hit.locale)); });
  }
}

std::vector<KeywordHit> KeywordTable::find(std::string_view original, const std::vector<std::string>& tokens) const {
  Hits hits;
  const std::vector<std::string> words = pieces(tokens);
  const Text text = prepare(original, words);
  find_whole(text, hits);
  find_symbols(text, hits);
  find_disguised_stop(words, hits);
  const bool whole = !hits.empty();
  find_danger(text, words, hits);
  if (!whole) find_stop_inside(text, hits);
  if (!whole) find_appointment_inside(text, hits);
  forget_appointments(text, hits);
  return hits;
}

}  // namespace passerelle::language
