// How route() decides: one value a text. Internal to route.cpp and route_answer.cpp.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "domain/press.hpp"
#include "turns/facts.hpp"
#include "turns/language_menu.hpp"
#include "turns/meant.hpp"
#include "turns/reply_language.hpp"
#include "turns/route.hpp"

namespace passerelle::turns {

inline constexpr std::string_view which_dialog = "which";  // asks which of two open questions a text was for
inline constexpr const char* human_dialog = "human";
inline constexpr std::string_view language_dialog = "language";

class Router {
 public:
  Router(const Content& content, const AtHand& at_hand, const Conversation& before, const Reading& reading,
         const Sent& sent, TimePoint now);

  Routed route();
  // A button of ours: what was read is its number, and 'label' its words.
  Routed route_press(const Press& press, const Reading& label);

 private:
  bool acts(Intent intent) const {
    return language_.decision.kind == language::Decision::Kind::act && language_.decision.intent == intent;
  }
  bool asks(std::string_view dialog) const { return open_ && conversation_.stack.back().dialog.name == dialog; }
  // Nothing that a dialog could read.
  bool shows_something() const { return sent_.kind != InboundMessage::Kind::text || !sent_.media.empty(); }
  bool unsure_of_language() const { return language_.reply_in.empty() && content_.association.languages.size() > 1; }
  bool stands(const Frame& frame) const;
  bool came_late() const;
  bool came_before(const Frame& frame) const { return came_late() && frame.asked > sent_.written; }
  bool answers_in_own_language() const;
  bool may_mean_an_appointment() const;

  void look_at_question();
  void leave_question();
  std::optional<TypedMoment> typed_moment(const Reading& reading) const;
  std::optional<bool> said_yes() const;
  dialog::Facts facts() const;
  Locale shown_in() const { return turns::shown_in(content_, conversation_, language_.reply_in); }

  Routed begin(std::string_view dialog, const dialog::Opening& opening = {}) const;
  Routed begin_anew() const;
  Routed latin_only();
  Routed tell(std::string_view key) const;
  Routed add_to_request() const;
  Routed other_text();
  std::optional<dialog::Turn> in_own_words() const;
  dialog::Turn begin_meant(const Meant& meant, const Conversation& conversation, bool hello) const;

  // route_press.cpp
  std::optional<std::size_t> question_of(const Press& press, const Conversation& conversation) const;
  std::optional<dialog::Turn> as_if_asked(const Press& press) const;
  std::optional<dialog::Turn> begun(const dialog::Dialog& dialog, const dialog::Step& step) const;
  Routed answer_press(std::size_t at);
  std::optional<Routed> choose_language(const Reading& label);

  // route_answer.cpp
  void look_for_answer();
  bool for_either_of_two() const;
  Routed ask_which() const;
  Routed answer_question();
  dialog::Answer answer() const { return {fits_ || !any_text_ ? plain_ : reading_, said_yes(), sent_.media, moment_}; }
  void answer_what_was_asked(const Frame& asked, dialog::Turn& turn) const;
  dialog::Turn begin_chosen(const dialog::TopicEffect& chosen, const Conversation& conversation) const;
  dialog::Turn answer_for(const dialog::AnswerForEffect& meant, const Conversation& conversation) const;

  const Content& content_;
  const dialog::Library& library_;
  Conversation conversation_;
  const Reading& reading_;
  const Sent& sent_;
  KnowsLanguages knowledge_;  // what the server knows, and which languages are likely
  TimePoint now_;
  std::optional<TypedMoment> moment_;       // that the text is, while a question waits
  Reading plain_;                           // the text without please and thanks
  bool open_ = false;                       // a question waits
  std::optional<std::size_t> any_text_at_;  // …for a name or an address: the one that takes it
  bool any_text_ = false;                   // …there is one
  std::vector<std::size_t> accepting_;      // the questions, newest first, that the text is an answer to
  bool fits_ = false;                       // …there is one
  bool too_early_ = false;                  // …but those that it fits were asked after it was written
  ReplyLanguage language_;
};

}  // namespace passerelle::turns
