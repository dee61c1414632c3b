// Which way a text goes: what must be heard first, the open question, keywords, own words, the menu.
#include <algorithm>

#include "dialog/stack.hpp"
#include "language/read.hpp"
#include "language/script.hpp"
#include "turns/router.hpp"

namespace passerelle::turns {
namespace {

constexpr std::string_view added_key = "common.added";  // "we add it to what you asked"
constexpr std::size_t words_of_a_sentence = 4;
constexpr std::string_view hello_key = "first_contact.hello";
constexpr std::string_view thanks_key = "common.thanks";  // "you can write to us at any time"

}  // namespace

Router::Router(const Content& content, const AtHand& at_hand, const Conversation& before, const Reading& reading,
               const Sent& sent, TimePoint now)
    : content_(content),
      library_(at_hand.library),
      conversation_(before),
      reading_(reading),
      sent_(sent),
      knowledge_(at_hand.knowledge, content, conversation_, reading, {sent.country, sent.buttons}),
      now_(now),
      plain_(language::without_manners(reading, content.keywords)) {
  // Whoever writes another script has a phone that shows it.
  if (language::has_non_latin_letters(reading.original)) conversation_.latin_only = false;
  dialog::drop_expired(conversation_, now);
  look_at_question();
  language_ = read_language(content, conversation_, reading, open_, any_text_, sent.country);
  conversation_.locale = language_.stored;
  // Reading days takes long, and few questions are about one.
  if (open_ && dialog::asks_for_day(conversation_, library_)) moment_ = typed_moment(plain_);
}

Routed Router::route() {
  if (sent_.kind == InboundMessage::Kind::missed_call) return begin("callback");
  if (acts(Intent::danger)) return begin("danger");
  if (plain_.number == 0) return latin_only();
  look_for_answer();
  if (acts(Intent::stop) && !answers_in_own_language()) return begin(may_mean_an_appointment() ? "stop_ask" : "stop");
  // A START may be older than the STOP that we have heard, and an answer than the question: a person must look.
  if (came_late() && acts(Intent::start)) return begin(human_dialog);
  if (acts(Intent::start)) return begin("start");
  if (too_early_) return begin(human_dialog);
  if (open_ && !fits_ && dialog::is_optional(conversation_, library_)) leave_question();
  if (fits_ && for_either_of_two()) return ask_which();
  return fits_ ? answer_question() : other_text();
}

// "Para" is money to whom the menu asks in Turkish, and "stop" only in languages that they do not write.
bool Router::answers_in_own_language() const {
  const auto own = [this](const KeywordHit& hit) {
    return hit.intent == Intent::stop && hit.whole_message && (hit.locale == shown_in() || hit.locale == "*");
  };
  return fits_ && !any_text_ && std::ranges::none_of(reading_.hits, own);
}

// "Cancel", while an appointment waits for its answer: the messages, or the appointment? STOP itself means one thing.
bool Router::may_mean_an_appointment() const {
  if (!open_ || std::ranges::none_of(conversation_.stack, [this](const Frame& each) { return stands(each); }))
    return false;
  const auto plain = [](const KeywordHit& hit) {
    return hit.intent == Intent::stop && hit.whole_message && !hit.shared;
  };
  return std::ranges::none_of(reading_.hits, plain);
}

void Router::look_at_question() {
  open_ = dialog::waiting(conversation_, now_);
  any_text_at_ = open_ ? dialog::takes_any_text(conversation_, library_) : std::nullopt;
  any_text_ = any_text_at_.has_value();
}

void Router::leave_question() {
  dialog::drop_question(conversation_);
  look_at_question();
  look_for_answer();
}

std::optional<TypedMoment> Router::typed_moment(const Reading& reading) const {
  const CivilTime here = to_civil(now_, site_zone(content_));
  return content_.typed_dates.read(reading.original, shown_in(), conversation_.dates, here);
}

bool Router::stands(const Frame& frame) const {
  const dialog::Dialog* dialog = dialog::dialog_of(frame.dialog, library_);
  return dialog != nullptr && dialog->standing;
}

Routed Router::other_text() {
  if (acts(Intent::help)) return begin("help");
  if (acts(Intent::callback)) return begin("callback");
  if (acts(Intent::appointment)) return begin("appointments");
  if (acts(Intent::number) && !any_text_) return begin("new_number");
  // Inside the menu of languages another language's name is an answer that does not fit, not a wish for the menu.
  if (acts(Intent::language) && !asks("language")) return begin("language");
  if (language_.decision.kind == language::Decision::Kind::ask_stop) return begin("stop_ask");
  if (shows_something() && !any_text_) return begin("human");
  const language::Manners manners =
      any_text_ ? language::Manners::none : language::only_manners(reading_, content_.keywords);
  // Whoever writes for the first time thanks for nothing: a smile is a hello. Thanks of another language change none.
  if (manners == language::Manners::thanks && conversation_.version > 0) return tell(thanks_key);
  if (language_.offer && !any_text_ && !asks("language")) return begin("language");
  if (manners == language::Manners::greeting) return begin_anew();
  if (sent_.person_called && !any_text_ && !plain_.number) return add_to_request();
  // Shortly before an appointment free words are most likely about it, and not for a menu.
  if (!open_ && sent_.appointment_near && !plain_.number) return begin("human");
  if (auto turn = in_own_words()) return {std::move(*turn), shown_in()};
  return open_ ? answer_question() : begin_anew();
}

// Who must first choose a language need not ask again.
Routed Router::begin_anew() const {
  if (unsure_of_language()) return begin(language_dialog, {{{dialog::text_answer, plain_.original}}, {}, {}});
  return begin(library_.first());
}

// A dialog under way is left only for a sentence that we are sure of, and never for the menu of languages: "I do not
// understand" is about what we have just said.
std::optional<dialog::Turn> Router::in_own_words() const {
  const bool standing = open_ && stands(conversation_.stack.back());
  if (plain_.number || any_text_ || standing || unsure_of_language()) return std::nullopt;
  const bool free = !open_ || conversation_.stack.back().dialog.name == library_.first();
  const bool one_word = plain_.tokens.size() == 1;  // mistyped, perhaps, and then asked back
  if (!free && !one_word && plain_.tokens.size() < words_of_a_sentence) return std::nullopt;
  const auto meant = meant_by(content_, plain_, language_.reply_in, free || one_word);
  if (meant && !free && one_word && meant->dialog != meant_dialog) return std::nullopt;
  if (!meant || asks(meant->dialog) || (!free && meant->dialog == language_dialog)) return std::nullopt;
  return begin_meant(*meant, conversation_, conversation_.version == 0);
}

// Whoever has not heard it yet is told first who answers.
dialog::Turn Router::begin_meant(const Meant& meant, const Conversation& conversation, bool hello) const {
  dialog::Turn turn = dialog::start(conversation, meant.dialog, facts(), library_, now_, meant.opening);
  if (hello) turn.effects.insert(turn.effects.begin(), dialog::SayEffect{std::string(hello_key), {}});
  return turn;
}

Routed Router::begin(std::string_view dialog, const dialog::Opening& opening) const {
  return {dialog::start(conversation_, dialog, facts(), library_, now_, opening), shown_in()};
}

Routed Router::latin_only() {
  conversation_.latin_only = true;
  return begin("language");
}

// A sentence by itself; what was open stays open.
Routed Router::tell(std::string_view key) const {
  return {{conversation_, {dialog::SayEffect{std::string(key), {}}}}, shown_in()};
}

// What somebody writes after a human was called is for that human, not for a menu.
Routed Router::add_to_request() const {
  return {{conversation_,
           {dialog::TaskEffect{std::string(dialog::human_task)}, dialog::SayEffect{std::string(added_key), {}}}},
          shown_in()};
}

std::optional<bool> Router::said_yes() const {
  const bool yes = acts(Intent::yes);
  return yes || acts(Intent::no) ? std::optional(yes) : std::nullopt;
}

// A number without its country's code is mostly dialled as the writer's own one.
dialog::Facts Router::facts() const {
  dialog::Facts facts = dialog_facts(content_, knowledge_, shown_in(), conversation_.latin_only, now_);
  if (!sent_.country.empty()) facts.dialled_in.push_back(sent_.country);
  facts.dialled_in.push_back(content_.association.country);
  return facts;
}

namespace {

// Which of two was meant is asked about the moment before: whatever else was said since, an old "2" must not become an
// answer any more. What this turn has asked, or asked again, stays.
void forget_which(const Conversation& before, Conversation& next) {
  std::erase_if(next.stack, [&](const Frame& frame) {
    return frame.dialog.name == which_dialog && std::ranges::find(before.stack, frame) != before.stack.end();
  });
}

// A press is read as if its number had been typed, so that it changes no language either.
Routed take_turn(const Content& content, const AtHand& at_hand, const Conversation& conversation,
                 const Reading& reading, const Sent& sent, TimePoint now) {
  const std::optional<Press> press = read_press(sent.payload);
  if (!press) return Router(content, at_hand, conversation, reading, sent, now).route();
  const Reading number = language::read(std::to_string(press->number), content.keywords);
  return Router(content, at_hand, conversation, number, sent, now).route_press(*press, reading);
}

}  // namespace

Routed route(const Content& content, const AtHand& at_hand, const Conversation& conversation, const Reading& reading,
             const Sent& sent, TimePoint now) {
  Routed routed = take_turn(content, at_hand, conversation, reading, sent, now);
  forget_which(conversation, routed.turn.next);
  return routed;
}

}  // namespace passerelle::turns
