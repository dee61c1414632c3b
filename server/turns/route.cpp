#include "turns/route.hpp"

#include <algorithm>

#include "dialog/stack.hpp"
#include "language/read.hpp"
#include "language/script.hpp"
#include "turns/facts.hpp"
#include "turns/knowledge.hpp"
#include "turns/meant.hpp"
#include "turns/reply_language.hpp"
#include "turns/turn_parts.hpp"

namespace passerelle::turns {
namespace {

using language::Decision;

constexpr std::string_view added_key = "common.added";  // "we add it to what you asked"
constexpr std::size_t words_of_a_sentence = 4;
constexpr std::chrono::minutes confusable{10};  // two questions asked within this time are easily confused
constexpr std::string_view which_dialog = "which";
constexpr const char* human_dialog = "human";
constexpr std::string_view language_dialog = "language";
constexpr std::string_view hello_key = "first_contact.hello";
constexpr std::string_view thanks_key = "common.thanks";  // "you can write to us at any time"

class Router {
 public:
  Router(const Content& content, const AtHand& at_hand, const Conversation& before, const Reading& reading,
         const Sent& sent, TimePoint now)
      : content_(content),
        library_(at_hand.library),
        knowledge_(at_hand.knowledge),
        conversation_(before),
        reading_(reading),
        sent_(sent),
        now_(now),
        plain_(language::without_manners(reading, content.keywords)) {
    // Whoever writes another script has a phone that shows it.
    if (language::has_non_latin_letters(reading.original)) conversation_.latin_only = false;
    dialog::drop_expired(conversation_, now);
    look_at_question();
    language_ = read_language(content, conversation_, reading, open_, any_text_);
    conversation_.locale = language_.stored;
    if (open_) moment_ = typed_moment(plain_);
  }

  Routed route() {
    if (sent_.kind == InboundMessage::Kind::missed_call) return begin("callback");
    if (acts(Intent::danger)) return begin("danger");
    if (plain_.number == 0) return latin_only();
    if (acts(Intent::stop)) return begin(may_mean_an_appointment() ? "stop_ask" : "stop");
    if (acts(Intent::start)) return begin("start");
    look_for_answer();
    if (open_ && !fits_ && dialog::is_optional(conversation_, library_)) leave_question();
    if (fits_ && for_either_of_two()) return ask_which();
    return fits_ ? answer_question() : other_text();
  }

 private:
  bool acts(Intent intent) const {
    return language_.decision.kind == Decision::Kind::act && language_.decision.intent == intent;
  }

  // "Cancel", while an appointment waits for its answer: the messages, or the appointment? STOP itself means one thing.
  bool may_mean_an_appointment() const {
    if (!open_ || std::ranges::none_of(conversation_.stack, [this](const Frame& each) { return stands(each); }))
      return false;
    const auto plain = [](const KeywordHit& hit) {
      return hit.intent == Intent::stop && hit.whole_message && !hit.shared;
    };
    return std::ranges::none_of(reading_.hits, plain);
  }

  void look_at_question() {
    open_ = dialog::waiting(conversation_, now_);
    any_text_at_ = open_ ? dialog::takes_any_text(conversation_, library_) : std::nullopt;
    any_text_ = any_text_at_.has_value();
  }

  void leave_question() {
    dialog::drop_question(conversation_);
    look_at_question();
    look_for_answer();
  }

  void look_for_answer() {
    const dialog::Answer wanted{plain_, said_yes(), sent_.media, moment_};
    accepting_ = open_ ? dialog::accepting(conversation_, wanted, facts(), library_) : std::vector<std::size_t>();
    fits_ = !accepting_.empty();
  }

  // A question of ours came within minutes of another one, and the answer says little: which of them it is for, only
  // the person can say. A question that answered their own words they have just read, and mean.
  bool for_either_of_two() const {
    if (accepting_.size() < 2 || (!plain_.number && !said_yes())) return false;
    const Frame& newest = conversation_.stack[accepting_[0]];
    const Frame& next = conversation_.stack[accepting_[1]];
    return stands(newest) && newest.dialog.name != which_dialog && newest.asked - next.asked <= confusable;
  }

  Routed ask_which() const {
    std::vector<std::string> names;
    for (const std::size_t at : accepting_) {
      const Frame& frame = conversation_.stack[at];
      if (conversation_.stack[accepting_[0]].asked - frame.asked <= confusable) names.push_back(name_of(frame));
    }
    return begin(which_dialog,
                 {{{dialog::text_answer, plain_.original}, {questions_answer, join_names(names)}}, {}, {}});
  }

  std::optional<TypedMoment> typed_moment(const Reading& reading) const {
    const CivilTime here = to_civil(now_, site_zone(content_));
    return content_.typed_dates.read(reading.original, shown_in(), conversation_.dates, here);
  }

  bool stands(const Frame& frame) const {
    const dialog::Dialog* dialog = dialog::dialog_of(frame.dialog, library_);
    return dialog != nullptr && dialog->standing;
  }

  Routed other_text() {
    if (acts(Intent::help)) return begin("help");
    if (acts(Intent::callback)) return begin("callback");
    if (acts(Intent::appointment)) return begin("appointments");
    if (acts(Intent::number) && !any_text_) return begin("new_number");
    // Inside the menu of languages another language's name is an answer that does not fit, not a wish for the menu.
    if (acts(Intent::language) && !asks("language")) return begin("language");
    if (language_.decision.kind == Decision::Kind::ask_stop) return begin("stop_ask");
    if (shows_something() && !any_text_) return begin("human");
    if (language_.offer && !any_text_ && !asks("language")) return begin("language");
    if (!any_text_) {
      const language::Manners manners = language::only_manners(reading_, content_.keywords);
      // Whoever writes for the first time thanks for nothing: a smile is a hello.
      if (manners == language::Manners::thanks && conversation_.version > 0) return tell(thanks_key);
      if (manners == language::Manners::greeting) return begin_anew();
    }
    if (sent_.person_called && !any_text_ && !plain_.number) return add_to_request();
    // Shortly before an appointment free words are most likely about it, and not for a menu.
    if (!open_ && sent_.appointment_near && !plain_.number) return begin("human");
    if (auto turn = in_own_words()) return {std::move(*turn), shown_in()};
    return open_ ? answer_question() : begin_anew();
  }

  bool unsure_of_language() const { return language_.reply_in.empty() && content_.association.languages.size() > 1; }

  // Who must first choose a language need not ask again.
  Routed begin_anew() const {
    if (unsure_of_language()) return begin(language_dialog, {{{dialog::text_answer, plain_.original}}, {}, {}});
    return begin(library_.first());
  }

  // A dialog under way is left only for a sentence that we are sure of, and never for the menu of languages: "I do not
  // understand" is about what we have just said.
  std::optional<dialog::Turn> in_own_words() const {
    const bool standing = open_ && stands(conversation_.stack.back());
    if (plain_.number || any_text_ || standing || unsure_of_language()) return std::nullopt;
    const bool free = !open_ || conversation_.stack.back().dialog.name == library_.first();
    if (!free && plain_.tokens.size() < words_of_a_sentence) return std::nullopt;
    const auto meant = meant_by(content_, plain_, language_.reply_in, free);
    if (!meant || asks(meant->dialog) || (!free && meant->dialog == language_dialog)) return std::nullopt;
    return begin_meant(*meant, conversation_, conversation_.version == 0);
  }

  // Whoever has not heard it yet is told first who answers.
  dialog::Turn begin_meant(const Meant& meant, const Conversation& conversation, bool hello) const {
    dialog::Turn turn = dialog::start(conversation, meant.dialog, facts(), library_, now_, meant.opening);
    if (hello) turn.effects.insert(turn.effects.begin(), dialog::SayEffect{std::string(hello_key), {}});
    return turn;
  }

  bool asks(std::string_view dialog) const { return open_ && conversation_.stack.back().dialog.name == dialog; }

  // Nothing that a dialog could read.
  bool shows_something() const { return sent_.kind != InboundMessage::Kind::text || !sent_.media.empty(); }

  Locale shown_in() const { return turns::shown_in(content_, conversation_, language_.reply_in); }

  Routed begin(std::string_view dialog, const dialog::Opening& opening = {}) const {
    return {dialog::start(conversation_, dialog, facts(), library_, now_, opening), shown_in()};
  }

  Routed latin_only() {
    conversation_.latin_only = true;
    return begin("language");
  }

  // A sentence by itself; what was open stays open.
  Routed tell(std::string_view key) const {
    return {{conversation_, {dialog::SayEffect{std::string(key), {}}}}, shown_in()};
  }

  // What somebody writes after a human was called is for that human, not for a menu.
  Routed add_to_request() const {
    return {{conversation_,
             {dialog::TaskEffect{std::string(dialog::human_task)}, dialog::SayEffect{std::string(added_key), {}}}},
            shown_in()};
  }

  std::optional<bool> said_yes() const {
    const bool yes = acts(Intent::yes);
    return yes || acts(Intent::no) ? std::optional(yes) : std::nullopt;
  }

  dialog::Answer answer() const { return {fits_ || !any_text_ ? plain_ : reading_, said_yes(), sent_.media, moment_}; }

  // A number without its country's code is mostly dialled as the writer's own one.
  dialog::Facts facts() const {
    dialog::Facts facts = dialog_facts(content_, knowledge_, shown_in(), conversation_.latin_only, now_);
    if (!sent_.country.empty()) facts.dialled_in.push_back(sent_.country);
    facts.dialled_in.push_back(content_.association.country);
    return facts;
  }

  Routed answer_question() {
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
  void answer_what_was_asked(const Frame& asked, dialog::Turn& turn) const {
    const auto text = asked.answers.find(dialog::text_answer);
    const auto& stack = turn.next.stack;
    if (text == asked.answers.end() || stack.empty() || stack.back().dialog.name != library_.first()) return;
    const auto meant = meant_by(content_, language::read(text->second, content_.keywords), language_.reply_in, true);
    if (!meant || meant->dialog == language_dialog) return;
    turn.effects.clear();
    append(turn, begin_meant(*meant, turn.next, true));
  }

  // Of several topics the person has chosen one.
  dialog::Turn begin_chosen(const dialog::TopicEffect& chosen, const Conversation& conversation) const {
    const auto meant = begin_topic(library_, chosen.topic).value_or(Meant{human_dialog, {}});
    return dialog::start(conversation, meant.dialog, facts(), library_, now_, meant.opening);
  }

  dialog::Turn answer_for(const dialog::AnswerForEffect& meant, const Conversation& conversation) const {
    const auto found = std::ranges::find(conversation.stack, meant.question, name_of);
    // It has gone meanwhile: a person must read what it was.
    if (found == conversation.stack.end()) return dialog::start(conversation, "human", facts(), library_, now_);
    const Reading reading = language::read(meant.text, content_.keywords);
    const Locale& locale = conversation_.locale.empty() ? content_.association.site_language : conversation_.locale;
    const Decision decision = language::decide(reading, locale, true);
    const bool yes = decision.kind == Decision::Kind::act && decision.intent == Intent::yes;
    const bool no = decision.kind == Decision::Kind::act && decision.intent == Intent::no;
    const dialog::Answer answer{reading, yes || no ? std::optional(yes) : std::nullopt, {}, typed_moment(reading)};
    const Frame asked = *found;
    dialog::Turn turn = dialog::answer(conversation, answer, facts(), library_, now_,
                                       static_cast<std::size_t>(found - conversation.stack.begin()));
    if (stands(asked)) keep_standing(asked, turn.next);
    return turn;
  }

  const Content& content_;
  const dialog::Library& library_;
  const dialog::Knowledge& knowledge_;
  Conversation conversation_;
  const Reading& reading_;
  const Sent& sent_;
  TimePoint now_;
  std::optional<TypedMoment> moment_;       // that the text is, while a question waits
  Reading plain_;                           // the text without please and thanks
  bool open_ = false;                       // a question waits
  std::optional<std::size_t> any_text_at_;  // …for a name or an address: the one that takes it
  bool any_text_ = false;                   // …there is one
  std::vector<std::size_t> accepting_;      // the questions, newest first, that the text is an answer to
  bool fits_ = false;                       // …there is one
  ReplyLanguage language_;
};

// Which of two was meant is asked about the moment before: whatever else was said since, an old "2" must not become an
// answer any more. What this turn has asked, or asked again, stays.
void forget_which(const Conversation& before, Conversation& next) {
  std::erase_if(next.stack, [&](const Frame& frame) {
    return frame.dialog.name == which_dialog && std::ranges::find(before.stack, frame) != before.stack.end();
  });
}

}  // namespace

Routed route(const Content& content, const AtHand& at_hand, const Conversation& conversation, const Reading& reading,
             const Sent& sent, TimePoint now) {
  Routed routed = Router(content, at_hand, conversation, reading, sent, now).route();
  forget_which(conversation, routed.turn.next);
  return routed;
}

}  // namespace passerelle::turns
