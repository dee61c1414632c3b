#include "turns/compose.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "language/bidi.hpp"
#include "language/normalize.hpp"
#include "language/render.hpp"
#include "language/script.hpp"
#include "turns/asked.hpp"
#include "turns/facts.hpp"
#include "turns/fallbacks.hpp"

namespace passerelle::turns {
namespace {

constexpr std::size_t longest_message = 1000;  // code points: what every gateway takes at once
constexpr std::string_view latin_line_key = "common.latin_line";
constexpr std::string_view open_key = "common.choose";  // on what opens a list of buttons

bool needs_missing_fact(const language::Sentence& sentence, const language::Values& values) {
  for (const std::string& argument : sentence.arguments()) {
    if (!values.contains(argument)) return true;
  }
  return false;
}

language::Value translate(const dialog::Argument& argument) {
  struct Visitor {
    language::Value operator()(const std::string& text) const { return text; }
    language::Value operator()(std::int64_t number) const { return number; }
    language::Value operator()(const std::vector<MeantMoment>& moments) const { return moments; }
    language::Value operator()(const dialog::Moment& moment) const { return to_civil(moment.instant, moment.zone); }
  };
  return std::visit(Visitor{}, argument);
}

class Composer {
 public:
  Composer(const Content& content, const Locale& reply_in, const Conversation& reader, TimePoint now)
      : content_(content),
        site_(content.association.site_language),
        reply_in_(reply_in),
        facts_(sentence_values(content, reply_in, reader.latin_only, now)),
        latin_only_(reader.latin_only),
        style_(reader.dates),
        now_(now) {
    if (!style_.digits) style_.digits = content.association.digits;
  }

  // Empty when the sentence cannot be told.
  std::string tell(const dialog::SayEffect& say) const { return tell_in(say, reply_in_, facts_, {}, style_); }

  // The same in the site's language; empty where that is the reader's.
  std::string gloss(const dialog::SayEffect& say) {
    if (reply_in_ == site_) return {};
    if (!site_facts_) site_facts_ = sentence_values(content_, site_, latin_only_, now_);
    return tell_in(say, site_, *site_facts_, say.for_site, {});  // for staff
  }

  // Critical sentences carry the site's language beside them until a native speaker has reviewed them (product.md,
  // Words).
  bool paired(const dialog::SayEffect& say) const {
    if (say.draft) return true;
    const auto found = content_.catalog.sentence(say.key, reply_in_, site_);
    const auto source = content_.catalog.sentence(say.key, "fr", site_);
    return found && found->locale->draft && found->locale->locale != site_ && source && source->sentence->critical;
  }

  std::string latin_line() const { return tell_in({std::string(latin_line_key), {}}, reply_in_, facts_, {}, {}); }

  Buttons buttons(const dialog::SayEffect& say, std::string_view told, const Conversation& conversation) const {
    Buttons buttons;
    buttons.list =
        buttons_of(conversation, say, told, content_.library, offered_languages(content_, latin_only_), now_);
    if (!buttons.list.empty()) buttons.open = tell_in({std::string(open_key), {}}, reply_in_, facts_, {}, {});
    return buttons;
  }

 private:
  std::string tell_in(const dialog::SayEffect& say, const Locale& locale, language::Values values,
                      const dialog::Arguments& instead, const DateStyle& style) const {
    for (const auto& [name, argument] : say.arguments) values.insert_or_assign(name, translate(argument));
    for (const auto& [name, argument] : instead) values.insert_or_assign(name, translate(argument));
    const auto found = content_.catalog.sentence(say.key, locale, site_);
    if (!found || needs_missing_fact(*found->sentence, values)) {
      // Of an appointment a phone is told only what it may be told: that is no news.
      const auto level = say.invitation.empty() ? log::Level::warning : log::Level::debug;
      log::event(level, "sentence.left_out", {{"key", say.key}, {"locale", locale}});
      return {};
    }
    auto rendered = language::render(content_.catalog, say.key, locale, site_, values, style);
    if (!rendered) throw std::runtime_error("render: " + to_string(rendered.error()));
    if (rendered->locale != locale) count_fallback(locale, rendered->locale);
    return std::move(rendered->text);
  }

  const Content& content_;
  const Locale& site_;
  const Locale& reply_in_;
  language::Values facts_;
  std::optional<language::Values> site_facts_ = {};
  bool latin_only_;
  DateStyle style_;
  TimePoint now_;
};

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// One message a turn; only a text that no gateway would take is parted at sentences. Buttons stay with their question.
Texts join(std::vector<Text> sentences) {
  Texts messages;
  for (Text& sentence : sentences) {
    if (!messages.empty() && code_points(messages.back().text) + code_points(sentence.text) < longest_message) {
      messages.back().text += "\n" + sentence.text;
    } else {
      messages.emplace_back(language::truncate(sentence.text, longest_message));
    }
    if (!sentence.buttons.list.empty()) messages.back().buttons = std::move(sentence.buttons);
  }
  return messages;
}

std::string in_lines(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences) text += (text.empty() ? "" : "\n") + sentence;
  return text;
}

}  // namespace

Texts compose(const Content& content, const std::vector<dialog::SayEffect>& says, const Locale& reply_in,
              Conversation& conversation, TimePoint now) {
  Composer composer(content, reply_in, conversation, now);
  Texts sentences;
  std::vector<std::string> beside;  // first all of the one language, then all of the other: lines in turn confuse
  std::vector<std::string> glosses;
  bool non_latin = false;
  for (const dialog::SayEffect& say : says) {
    std::string text = composer.tell(say);
    if (text.empty()) continue;
    non_latin = non_latin || language::has_non_latin_letters(text);
    if (std::string gloss = composer.gloss(say); !gloss.empty()) {
      if (gloss != text && composer.paired(say)) beside.push_back(gloss);
      glosses.push_back(std::move(gloss));
    }
    Text& sentence = sentences.emplace_back(std::move(text));
    sentence.buttons = composer.buttons(say, sentence.text, conversation);
  }
  sentences.insert(sentences.end(), beside.begin(), beside.end());
  if (non_latin && !conversation.latin_only && !conversation.latin_line_told) {
    if (std::string line = composer.latin_line(); !line.empty()) sentences.emplace_back(std::move(line));
    conversation.latin_line_told = true;
  }
  Texts texts = join(std::move(sentences));
  if (const auto* locale = content.catalog.find(reply_in); locale != nullptr && locale->rtl) {
    for (Text& message : texts) message.text = language::lead_right(std::move(message.text));
  }
  if (!texts.empty()) texts.front().gloss = in_lines(glosses);
  return texts;
}

std::string tell(const Content& content, const dialog::SayEffect& say, const Locale& reply_in, TimePoint now) {
  return Composer(content, reply_in, {}, now).tell(say);
}

std::string tell_with(const Content& content, std::string_view key, const language::Values& values,
                      const Locale& locale) {
  auto rendered = language::render(content.catalog, key, locale, content.association.site_language, values);
  if (!rendered) throw std::runtime_error("render: " + to_string(rendered.error()));
  return std::move(rendered->text);
}

Texts compose_discreetly(const Content& content, const std::vector<dialog::SayEffect>& says, const Locale& reply_in,
                         const Conversation& conversation, TimePoint now) {
  Conversation apart = conversation;
  apart.latin_line_told = true;
  apart.stack.clear();  // no question, no buttons
  return compose(content, says, reply_in, apart, now);
}

}  // namespace passerelle::turns
