// What a button does that was pressed, perhaps long after another question was put.
#include <algorithm>

#include "dialog/match.hpp"
#include "dialog/stack.hpp"
#include "turns/asked.hpp"
#include "turns/router.hpp"

namespace passerelle::turns {

// Its own question first, wherever it waits. A menu can be pressed for ever: it opens what it names. All other buttons
// of the past are no answer to what is asked now. One about an appointment is for a person: "I cannot come" must not be
// lost because the time was moved meanwhile.
Routed Router::route_press(const Press& press, const Reading& label) {
  if (const auto at = question_of(press, conversation_)) return answer_press(*at);
  if (auto asked = as_if_asked(press)) {
    conversation_ = std::move(asked->next);
    look_at_question();
    if (const auto at = question_of(press, conversation_)) {
      Routed routed = answer_press(*at);
      auto& effects = routed.turn.effects;
      effects.insert(effects.begin(), asked->effects.begin(), asked->effects.end());
      return routed;
    }
  }
  if (auto chosen = choose_language(label)) return std::move(*chosen);
  const auto calls = [](const KeywordHit& hit) { return hit.intent == Intent::callback && hit.whole_message; };
  if (std::ranges::any_of(label.hits, calls)) return begin("callback");
  if (press.standing) {
    return {
        {conversation_,
         {dialog::TaskEffect{std::string(dialog::human_task)}, dialog::SayEffect{std::string(dialog::human_key), {}}}},
        shown_in()};
  }
  const bool asks = std::ranges::any_of(conversation_.stack, [this](const Frame& each) { return !stands(each); });
  if (!asks) return begin_anew();
  return {dialog::ask_again(conversation_, facts(), library_, now_), shown_in()};
}

std::optional<std::size_t> Router::question_of(const Press& press, const Conversation& conversation) const {
  const auto& languages = offered_languages(content_, conversation.latin_only);
  for (std::size_t at = conversation.stack.size(); at-- > 0;) {
    if (question_id(conversation.stack[at], library_, languages) == press.question) return at;
  }
  return std::nullopt;
}

// The conversation as it would be had the person just been asked: where a dialog begins with this question. The effects
// are those of the question that it replaces: what was told there is not lost.
std::optional<dialog::Turn> Router::as_if_asked(const Press& press) const {
  if (press.standing) return std::nullopt;
  for (const auto& [name, dialog] : library_.all()) {
    if (dialog->standing) continue;
    for (const dialog::Step& step : dialog->steps) {
      if (&step != &dialog->steps.front() && !step.begins) continue;
      auto turn = begun(*dialog, step);
      if (turn && question_of(press, turn->next)) return turn;
    }
  }
  return std::nullopt;
}

// Only of a dialog that has done nothing yet but speak: a press of the past must not open a task or change consent.
// What a question leaves behind that gives up is not of this dialog's doing; but if it is the dialog's own, somebody
// pressed twice, and has given up nothing.
std::optional<dialog::Turn> Router::begun(const dialog::Dialog& dialog, const dialog::Step& step) const {
  const dialog::Opening opening{{}, {}, &step == &dialog.steps.front() ? std::string() : step.id};
  const auto from = [&](const Conversation& conversation) {
    return dialog::start(conversation, dialog.ref.name, facts(), library_, now_, opening);
  };
  Conversation free = conversation_;
  dialog::forget_ordinary(free.stack, library_);
  const dialog::Turn alone = from(free);
  const auto says = [](const dialog::Effect& each) { return std::holds_alternative<dialog::SayEffect>(each); };
  if (!std::ranges::all_of(alone.effects, says) || alone.next.consent != conversation_.consent) return std::nullopt;
  dialog::Turn turn = from(conversation_);
  std::erase_if(turn.effects, says);
  const auto own = [&](const Frame& each) { return each.dialog.name == dialog.ref.name; };
  if (!turn.effects.empty() && std::ranges::any_of(conversation_.stack, own)) return std::nullopt;
  return turn;
}

// A menu of many languages is in another order for everybody: one of the past is known by the name on its button.
std::optional<Routed> Router::choose_language(const Reading& label) {
  const dialog::Facts known = facts();
  if (label.number || dialog::chosen_language({label, {}}, {}, known) == nullptr) return std::nullopt;
  dialog::Turn asked = dialog::start(conversation_, language_dialog, known, library_, now_);
  if (asked.next.stack.empty() || asked.next.stack.back().dialog.name != language_dialog) return std::nullopt;
  conversation_ = std::move(asked.next);
  plain_ = label;
  look_at_question();
  return answer_press(conversation_.stack.size() - 1);
}

Routed Router::answer_press(std::size_t at) {
  accepting_ = {at};
  fits_ = true;
  return answer_question();
}

}  // namespace passerelle::turns
