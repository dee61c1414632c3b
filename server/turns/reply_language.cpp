#include "turns/reply_language.hpp"

#include <algorithm>

#include "language/detect.hpp"
#include "turns/language_menu.hpp"

namespace passerelle::turns {
namespace {

using language::Decision;
using language::LanguageChange;

bool enabled(const Content& content, const Locale& locale) {
  const auto& all = content.association.languages;
  return std::find(all.begin(), all.end(), locale) != all.end();
}

// The language of the keyword itself, for somebody whose first message is just "ደው በል", or who cries for help in
// another language than the phone's. The known language goes first where the word is one of its own.
Locale keyword_locale(const Content& content, const Reading& reading, Intent intent, const Locale& known) {
  Locale found;
  for (const KeywordHit& hit : reading.hits) {
    if (hit.intent != intent || !enabled(content, hit.locale)) continue;
    if (hit.locale == known) return known;
    if (found.empty()) found = hit.locale;
  }
  return found;
}

// "STOP" and "RDV" are everybody's words: they are answered, but they tell no language that is worth remembering.
bool is_everybodys(const Reading& reading, Intent intent) {
  return std::any_of(reading.hits.begin(), reading.hits.end(),
                     [&](const KeywordHit& hit) { return hit.intent == intent && hit.locale == "*"; });
}

// The best guess when something must be said at once and nobody can be asked first.
Locale best_guess(const Content& content, const Reading& reading) {
  constexpr double rather_likely = 0.5;
  for (const LanguageScore& score : reading.scores) {
    if (score.confidence >= rather_likely && enabled(content, score.locale)) return score.locale;
  }
  return {};
}

// "ሰላም" is Tigrinya and Amharic: where only one of a script's likely languages is spoken here, it is that one.
Locale only_candidate(const Content& content, const Reading& reading) {
  const Locale guess = best_guess(content, reading);
  const language::LocaleFile* file = content.catalog.find(guess);
  if (file == nullptr || file->latin_script || reading.scores.front().locale != guess) return {};
  const auto rival = [&](const LanguageScore& score) {
    return score.locale != guess && enabled(content, score.locale);
  };
  return std::any_of(reading.scores.begin(), reading.scores.end(), rival) ? Locale() : guess;
}

bool acts(const Decision& decision, Intent intent) {
  return decision.kind == Decision::Kind::act && decision.intent == intent;
}

// STOP and START alone: gateways and laws give these words to everybody, and whose letters they are tells nothing.
bool is_command(const Decision& decision, const Reading& reading) {
  if (!acts(decision, Intent::stop) && !acts(decision, Intent::start)) return false;
  return std::ranges::any_of(reading.hits, [&](const KeywordHit& hit) {
    return hit.intent == decision.intent && hit.whole_message && hit.locale == "*";
  });
}

// The first message of an address, or one that has not told its language yet.
void meet(const Content& content, const Reading& reading, const LanguageChange& change, ReplyLanguage& language) {
  if (change.kind == LanguageChange::Kind::reply_in) language.reply_in = change.locale;
  if (language.reply_in.empty()) language.reply_in = only_candidate(content, reading);
  if (language.reply_in.empty() && language.decision.kind == Decision::Kind::act) {
    // What everybody writes is answered in the site's language; but a cry in the likeliest one.
    const Intent intent = language.decision.intent;
    const bool everybodys = is_everybodys(reading, intent);
    if (!everybodys) language.reply_in = keyword_locale(content, reading, intent, {});
    if (language.reply_in.empty() && (!everybodys || intent == Intent::danger))
      language.reply_in = best_guess(content, reading);
  }
  language.stored = language.reply_in;
}

// Digits and signs are no language: they are answered in the one that asked.
bool says_nothing(const Reading& reading) { return reading.number.has_value() || reading.scores.empty(); }

}  // namespace

ReplyLanguage read_language(const Content& content, const Conversation& conversation, const Reading& reading,
                            bool question_open, bool free_text, std::string_view country) {
  const auto& languages = content.association.languages;
  const Locale& known = conversation.locale;
  const Locale& site = content.association.site_language;
  ReplyLanguage language{known, known, false, {}};
  language.decision = language::decide(reading, known.empty() ? site : known, question_open);
  if (languages.size() == 1) {
    language.reply_in = language.stored = languages.front();
    return language;
  }
  const LanguageChange change = language::choose(reading, known, languages, known.empty() ? site : Locale());
  if (known.empty() && is_command(language.decision, reading)) {
    // In the language of what we wrote last, else of the telephone's country, else the site's; none is remembered.
    language.reply_in = conversation.last_reply;
    if (language.reply_in.empty() && country != content.association.country)
      language.reply_in = language_of(content, country);
  } else if (known.empty()) {
    meet(content, reading, change, language);
  } else if (acts(language.decision, Intent::danger)) {
    // Whoever cries may not be whose phone it is.
    const Locale cried_in = keyword_locale(content, reading, Intent::danger, known);
    if (!cried_in.empty()) language.reply_in = cried_in;
  } else if (says_nothing(reading)) {
    if (!conversation.last_reply.empty()) language.reply_in = conversation.last_reply;
  } else if (!free_text && change.kind == LanguageChange::Kind::reply_in) {
    language.reply_in = change.locale;
  }
  language.offer = !free_text && change.kind == LanguageChange::Kind::offer;
  // Yes and no are words of the language that the answer is in.
  if (language.reply_in != known && !language.reply_in.empty() && !acts(language.decision, Intent::danger)) {
    language.decision = language::decide(reading, language.reply_in, question_open);
  }
  return language;
}

namespace {

bool reads_latin(const Content& content, const Locale& locale) {
  const language::LocaleFile* file = content.catalog.find(locale);
  return file != nullptr && file->latin_script;
}

}  // namespace

Locale shown_in(const Content& content, const Conversation& conversation, const Locale& wanted) {
  const Locale& locale = wanted.empty() ? content.association.site_language : wanted;
  if (!conversation.latin_only || reads_latin(content, locale)) return locale;
  if (reads_latin(content, conversation.locale)) return conversation.locale;
  return content.association.site_language;
}

}  // namespace passerelle::turns
