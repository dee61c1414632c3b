#include "turns/effects.hpp"

#include <stdexcept>

#include "casework/appointments.hpp"
#include "store/task.hpp"
#include "turns/appointment_words.hpp"
#include "turns/knowledge.hpp"

namespace passerelle::turns {
namespace {

constexpr const char* danger_task = "danger";

// What dialogs keep for themselves and nobody else can use.
Answers for_staff(Answers answers) {
  for (const char* own : {dialog::invitation_answer, dialog::shown_answer, questions_answer, topics_answer})
    answers.erase(own);
  return answers;
}

struct Doer {
  store::Transaction& transaction;
  AddressId address;
  InboundId inbound;
  TimePoint now;
  Done done = {};
  bool too_late = false;

  void operator()(dialog::SayEffect& say) { done.says.push_back(std::move(say)); }
  void operator()(const dialog::TaskEffect& task) {
    if (task.kind == danger_task) done.crisis = true;
    store::open_task(transaction, task.kind, address, inbound, now, for_staff(task.answers));
  }
  void operator()(const dialog::CaseEffect& opened) {
    done.recorded = true;
    store::open_case(transaction, opened.kind, address, for_staff(opened.answers), now);
  }
  void operator()(const dialog::InvitationEffect& effect) {
    done.recorded = true;
    const InvitationId invitation = parse_invitation(effect.invitation);
    if (casework::respond(transaction, invitation, effect.response, now)) return;
    store::open_task(transaction, std::string(dialog::human_task), address, inbound, now);
    too_late = true;
  }
  // route() gives it to its question itself: one that is left is our mistake.
  void operator()(const dialog::AnswerForEffect&) { throw std::logic_error("an answer was not given to its question"); }
  void operator()(const dialog::TopicEffect&) { throw std::logic_error("a topic was not begun"); }
};

}  // namespace

Done do_effects(store::Transaction& transaction, AddressId address, InboundId inbound,
                std::vector<dialog::Effect> effects, TimePoint now) {
  Doer doer{transaction, address, inbound, now};
  for (dialog::Effect& effect : effects) std::visit(doer, effect);
  if (doer.too_late) doer.done.says = {{std::string(dialog::human_key), {}}};  // and not "see you then"
  return std::move(doer.done);
}

}  // namespace passerelle::turns
