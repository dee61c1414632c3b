// What a text does that answers an open question.
#include <algorithm>

#include "dialog/stack.hpp"
#include "language/read.hpp"
#include "turns/knowledge.hpp"
#include "turns/router.hpp"
#include "turns/turn_parts.hpp"

namespace passerelle::turns {
namespace {

constexpr std::chrono::minutes confusable{10};  // two questions asked within this time are easily confused
constexpr std::chrono::minutes late{10};        // more than the clocks of gateways are apart, less than it matters

}  // namespace

void Router::look_for_answer() {
  const dialog::Answer wanted{plain_, said_yes(), sent_.media, moment_};
  accepting_ = open_ ? dialog::accepting(conversation_, wanted, facts(), library_) : std::vector<std::size_t>();
  const bool any = !accepting_.empty();
  std::erase_if(accepting_, [this](std::size_t at) { return came_before(conversation_.stack[at]); });
  fits_ = !accepting_.empty();
  too_early_ = any && !fits_;
}

// Gateways bring again for days what they could not bring at once.
bool Router::came_late() const { return sent_.written != TimePoint{} && now_ - sent_.written > late; }

// A question of ours came within minutes of another one, and the answer says little: which of them it is for, only
// the person can say. A question that answered their own words they have just read, and mean.
bool Router::for_either_of_two() const {
  if (accepting_.size() < 2 || (!plain_.number && !said_yes())) return false;
  const Frame& newest = conversation_.stack[accepting_[0]];
  const Frame& next = conversation_.stack[accepting_[1]];
  return stands(newest) && newest.dialog.name != which_dialog && newest.asked - next.asked <= confusable;
}

Routed Router::ask_which() const {
  std::vector<std::string> names;
  for (const std::size_t at : accepting_) {
    const Frame& frame = conversation_.stack[at];
    if (conversation_.stack[accepting_[0]].asked - frame.asked <= confusable) names.push_back(name_of(frame));
  }
  return begin(which_dialog, {{{dialog::text_answer, plain_.original}, {questions_answer, join_names(names)}}, {}, {}});
}

Routed Router::answer_question() {
  // Words that fit no reminder, while another question waits for words, are for that one.
  const std::size_t at = fits_ ? accepting_.front() : any_text_at_.value_or(conversation_.stack.size() - 1);
  const Frame asked = conversation_.stack[at];
  dialog::Turn turn = dialog::answer(conversation_, answer(), facts(), library_, now_, at);
  if (fits_ && stands(asked)) keep_standing(asked, turn.next);
  // The person has said which question the text was for: it is answered now as if they had said so at once.
  if (const auto meant = take_effect<dialog::AnswerForEffect>(turn)) append(turn, answer_for(*meant, turn.next));
  if (const auto chosen = take_effect<dialog::TopicEffect>(turn)) append(turn, begin_chosen(*chosen, turn.next));
  const bool chose =
      turn.next.locale_chosen && (!conversation_.locale_chosen || turn.next.locale != conversation_.locale);
  if (chose) language_.reply_in = turn.next.locale;
  if (chose && asked.dialog.name == language_dialog) answer_what_was_asked(asked, turn);
  return {std::move(turn), shown_in()};
}

// What they wrote before they could choose a language stands for the first menu.
void Router::answer_what_was_asked(const Frame& asked, dialog::Turn& turn) const {
  const auto text = asked.answers.find(dialog::text_answer);
  const auto& stack = turn.next.stack;
  if (text == asked.answers.end() || stack.empty() || stack.back().dialog.name != library_.first()) return;
  const auto meant = meant_by(content_, language::read(text->second, content_.keywords), language_.reply_in, true);
  if (!meant || meant->dialog == language_dialog) return;
  turn.effects.clear();
  append(turn, begin_meant(*meant, turn.next, true));
}

// Of several topics the person has chosen one.
dialog::Turn Router::begin_chosen(const dialog::TopicEffect& chosen, const Conversation& conversation) const {
  const auto meant = begin_topic(library_, chosen.topic).value_or(Meant{human_dialog, {}});
  return dialog::start(conversation, meant.dialog, facts(), library_, now_, meant.opening);
}

dialog::Turn Router::answer_for(const dialog::AnswerForEffect& meant, const Conversation& conversation) const {
  const auto found = std::ranges::find(conversation.stack, meant.question, name_of);
  // It has gone meanwhile: a person must read what it was.
  if (found == conversation.stack.end()) return dialog::start(conversation, "human", facts(), library_, now_);
  const Reading reading = language::read(meant.text, content_.keywords);
  const Locale& locale = conversation_.locale.empty() ? content_.association.site_language : conversation_.locale;
  const language::Decision decision = language::decide(reading, locale, true);
  const bool yes = decision.kind == language::Decision::Kind::act && decision.intent == Intent::yes;
  const bool no = decision.kind == language::Decision::Kind::act && decision.intent == Intent::no;
  const dialog::Answer answer{reading, yes || no ? std::optional(yes) : std::nullopt, {}, typed_moment(reading)};
  const Frame asked = *found;
  dialog::Turn turn = dialog::answer(conversation, answer, facts(), library_, now_,
                                     static_cast<std::size_t>(found - conversation.stack.begin()));
  if (stands(asked)) keep_standing(asked, turn.next);
  return turn;
}

}  // namespace passerelle::turns
