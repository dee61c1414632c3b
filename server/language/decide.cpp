// What the server does with the keywords of a text. The order is product.md's: danger, stop, then the person's own
// words.
#include <algorithm>
#include <iterator>
#include <optional>

#include "language/families.hpp"
#include "language/keywords.hpp"

namespace passerelle::language {
namespace {

enum class Whose { stranger, family, everybody, own };

struct Ranked {
  KeywordHit hit;
  Whose whose = Whose::stranger;
};
using Words = std::vector<Ranked>;

Whose whose(const Locale& of_word, const Locale& person) {
  if (of_word == "*") return Whose::everybody;
  if (of_word == canonical(person)) return Whose::own;
  return !person.empty() && family(of_word) == family(person) ? Whose::family : Whose::stranger;
}

bool any(const Words& words, auto condition) { return std::any_of(words.begin(), words.end(), condition); }

// Sure enough to act on: not where a native speaker should look first, nor, while its file is a draft, a word of medium
// confidence with another meaning.
bool usable(const Ranked& word) {
  if (!word.hit.whole_message || word.hit.confidence == Confidence::needs_native_review) return false;
  return !(word.hit.draft && word.hit.shared && word.hit.confidence == Confidence::medium);
}

// YES or NO to an open question, START, HELP, LANGUAGE, CALLBACK or APPOINTMENT, in words of the person or of
// everybody.
std::optional<Intent> own_intent(const Words& words, bool question_open) {
  const auto says = [&](Intent intent) {
    return any(words,
               [&](const Ranked& w) { return usable(w) && w.hit.intent == intent && w.whose != Whose::stranger; });
  };
  if (says(Intent::start)) return Intent::start;
  const bool yes = says(Intent::yes);
  const bool no = says(Intent::no);
  if (question_open && yes != no) return yes ? Intent::yes : Intent::no;
  for (const Intent intent : {Intent::help, Intent::language, Intent::callback, Intent::appointment, Intent::number}) {
    if (says(intent)) return intent;
  }
  return std::nullopt;
}

// The same in any language. Never YES and NO: "jo" is no to an Albanian and yes to a Swiss.
std::optional<Intent> foreign_intent(const Words& words) {
  for (const Intent intent :
       {Intent::start, Intent::help, Intent::language, Intent::callback, Intent::appointment, Intent::number}) {
    if (any(words, [&](const Ranked& w) { return usable(w) && w.hit.intent == intent; })) return intent;
  }
  return std::nullopt;
}

constexpr Decision ask{Decision::Kind::ask_stop, Intent::stop};
constexpr Decision stop{Decision::Kind::act, Intent::stop};

bool is_answer(const Ranked& word) { return word.hit.intent == Intent::yes || word.hit.intent == Intent::no; }

// The text is a stop word and nothing else.
std::optional<Decision> decide_whole_stop(const Words& words, bool question_open) {
  Words stops;
  std::copy_if(words.begin(), words.end(), std::back_inserter(stops),
               [](const Ranked& w) { return w.hit.intent == Intent::stop && w.hit.whole_message; });
  if (stops.empty()) return std::nullopt;
  if (any(stops, [](const Ranked& w) { return w.whose == Whose::everybody; })) return stop;
  const bool own = any(stops, [](const Ranked& w) { return w.whose != Whose::stranger; });
  if (!own && own_intent(words, question_open)) return std::nullopt;
  // வேண்டாம் is a Tamil stop word and a Tamil no; "acha" stops in Swahili and agrees in Urdu.
  const bool also_answer = any(words, [&](const Ranked& w) {
    return is_answer(w) &&
           (w.whose != Whose::stranger || any(stops, [&](const Ranked& s) { return s.hit.locale == w.hit.locale; }));
  });
  // What the word means to the person goes before what it means elsewhere: بس is "stop" in Persian, "only" in Arabic.
  const bool mine = any(stops, [](const Ranked& w) { return w.whose == Whose::own; });
  const bool sure = any(stops, [&](const Ranked& w) { return usable(w) && (!mine || w.whose == Whose::own); });
  return sure && !also_answer ? stop : ask;
}

}  // namespace

Decision decide(const Reading& reading, const Locale& locale, bool question_open) {
  Words words;
  for (const KeywordHit& hit : reading.hits) words.push_back({hit, whose(hit.locale, locale)});

  if (any(words, [](const Ranked& w) { return w.hit.intent == Intent::danger; })) {
    return {Decision::Kind::act, Intent::danger};
  }
  if (const auto decided = decide_whole_stop(words, question_open)) return *decided;
  auto intent = own_intent(words, question_open);
  if (!intent) intent = foreign_intent(words);
  if (intent) return {Decision::Kind::act, *intent};
  const auto inside = [](const Ranked& w, Intent wanted) {
    return w.hit.intent == wanted && !w.hit.whole_message && w.whose != Whose::stranger;
  };
  if (any(words, [&](const Ranked& w) { return inside(w, Intent::stop); })) return ask;
  const bool asks_when = any(words, [&](const Ranked& w) {
    return inside(w, Intent::appointment) && w.hit.confidence != Confidence::needs_native_review;
  });
  return asks_when ? Decision{Decision::Kind::act, Intent::appointment} : Decision{};
}

}  // namespace passerelle::language
