#include "turns/route.hpp"

#include <algorithm>

#include "language/detect.hpp"
#include "language/keywords.hpp"
#include "turns/facts.hpp"

namespace passerelle::turns {
namespace {

using language::Decision;
using language::LanguageChange;

bool enabled(const Content& content, const Locale& locale) {
  const auto& all = content.association.languages;
  return std::find(all.begin(), all.end(), locale) != all.end();
}

// The language of the keyword itself, for somebody whose first message is just "ዴው በል".
Locale keyword_locale(const Content& content, const Reading& reading, Intent intent) {
  for (const KeywordHit& hit : reading.hits) {
    if (hit.intent == intent && enabled(content, hit.locale)) return hit.locale;
  }
  return {};
}

// The best guess when something must be said at once and nobody can be asked first.
Locale best_guess(const Content& content, const Reading& reading) {
  constexpr double rather_likely = 0.5;
  for (const LanguageScore& score : reading.scores) {
    if (score.confidence >= rather_likely && enabled(content, score.locale)) return score.locale;
  }
  return {};
}

bool reads_latin(const Content& content, const Locale& locale) {
  const language::LocaleFile* file = content.catalog.find(locale);
  return file != nullptr && file->latin_script;
}

class Router {
 public:
  Router(const Content& content, const Conversation& before, const Reading& reading, TimePoint now)
      : content_(content), conversation_(before), reading_(reading), now_(now) {
    dialog::drop_expired(conversation_, now);
    open_ = dialog::waiting(conversation_, now);
  }

  Routed route(InboundMessage::Kind kind) {
    read_language();
    if (kind == InboundMessage::Kind::missed_call) return begin("callback");
    if (acts() && decision_.intent == Intent::danger) return begin("danger");
    if (reading_.number == 0) return latin_only();
    if (acts() && !(open_ && yields() && fits())) {
      if (const std::string dialog = dialog_of(decision_.intent); !dialog.empty()) return begin(dialog);
    }
    if (kind != InboundMessage::Kind::text && reading_.folded.empty()) return begin("human");
    return open_ ? answer_question() : answer_text();
  }

 private:
  bool acts() const { return decision_.kind == Decision::Kind::act; }

  // HELP, LANGUAGE and CALLBACK are also what menu items are called: an open question that offers the word goes first.
  bool yields() const {
    return decision_.intent == Intent::help || decision_.intent == Intent::language ||
           decision_.intent == Intent::callback;
  }

  static std::string dialog_of(Intent intent) {
    switch (intent) {
      case Intent::danger: return "danger";
      case Intent::stop: return "stop";
      case Intent::start: return "start";
      case Intent::help: return "help";
      case Intent::language: return "language";
      case Intent::callback: return "callback";
      case Intent::yes:
      case Intent::no: return {};
    }
    return {};
  }

  void read_language() {
    const auto& languages = content_.association.languages;
    change_ = language::choose(reading_, conversation_.locale, languages);
    // A name or an address says nothing about the language: "Main Street" is no English.
    const bool free_text = open_ && dialog::takes_any_text(conversation_, content_.library);
    if (free_text && !conversation_.locale.empty()) change_ = {};
    if (languages.size() == 1) change_ = {LanguageChange::Kind::reply_in, languages.front()};
    reply_in_ = conversation_.locale;
    if (change_.kind == LanguageChange::Kind::reply_in) {
      reply_in_ = change_.locale;
      // A language that was only read from a text follows the texts; one that the person chose stays stored.
      if (!conversation_.locale_chosen) conversation_.locale = change_.locale;
    }
    const Locale& asked_in = reply_in_.empty() ? content_.association.site_language : reply_in_;
    decision_ = language::decide(reading_, asked_in, open_);
    if (reply_in_.empty() && acts()) {
      reply_in_ = keyword_locale(content_, reading_, decision_.intent);
      if (reply_in_.empty()) reply_in_ = best_guess(content_, reading_);
      conversation_.locale = reply_in_;
    }
  }

  // A phone that shows only latin letters gets a language that it can show.
  Locale shown_in() const {
    const Locale wanted = reply_in_.empty() ? content_.association.site_language : reply_in_;
    if (!conversation_.latin_only || reads_latin(content_, wanted)) return wanted;
    if (reads_latin(content_, conversation_.locale)) return conversation_.locale;
    return content_.association.site_language;
  }

  Routed begin(std::string_view dialog) {
    return {dialog::start(conversation_, dialog, content_.library, now_), shown_in()};
  }

  Routed latin_only() {
    conversation_.latin_only = true;
    return begin("language");
  }

  dialog::Answer answer() const {
    const bool yes = acts() && decision_.intent == Intent::yes;
    const bool no = acts() && decision_.intent == Intent::no;
    return {reading_, yes || no ? std::optional(yes) : std::nullopt};
  }

  dialog::Facts facts() const {
    return {menu_words(content_, shown_in()), offered_languages(content_, conversation_.latin_only)};
  }

  bool fits() const { return dialog::accepts(conversation_, answer(), facts(), content_.library); }

  Routed answer_question() {
    const bool fitting = fits();
    if (!fitting && decision_.kind == Decision::Kind::ask_stop) return begin("stop_ask");
    const bool any_text = dialog::takes_any_text(conversation_, content_.library);
    if (!fitting && !any_text && change_.kind == LanguageChange::Kind::offer) return begin("language");
    dialog::Turn turn = dialog::answer(conversation_, answer(), facts(), content_.library, now_);
    const bool chose =
        turn.next.locale_chosen && (!conversation_.locale_chosen || turn.next.locale != conversation_.locale);
    conversation_.locale = turn.next.locale;
    if (chose) reply_in_ = turn.next.locale;
    return {std::move(turn), shown_in()};
  }

  Routed answer_text() {
    if (decision_.kind == Decision::Kind::ask_stop) return begin("stop_ask");
    const bool unsure = change_.kind == LanguageChange::Kind::offer ||
                        (change_.kind == LanguageChange::Kind::ask && conversation_.locale.empty());
    if (unsure && content_.association.languages.size() > 1) return begin("language");
    return begin(content_.library.first());
  }

  const Content& content_;
  Conversation conversation_;
  const Reading& reading_;
  TimePoint now_;
  bool open_ = false;
  Decision decision_;
  LanguageChange change_;
  Locale reply_in_;
};

}  // namespace

Routed route(const Content& content, const Conversation& conversation, const Reading& reading,
             InboundMessage::Kind kind, TimePoint now) {
  return Router(content, conversation, reading, now).route(kind);
}

}  // namespace passerelle::turns
