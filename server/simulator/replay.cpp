#include "simulator/replay.hpp"

#include <fmt/format.h>

#include <deque>

#include "simulator/expected.hpp"

namespace passerelle::simulator {
namespace {

class Replayer {
 public:
  Replayer(const Transcript& transcript, Simulation& simulation) : transcript_(transcript), simulation_(simulation) {}

  Findings run() {
    for (const TranscriptLine& line : transcript_.lines) {
      line_ = line.number;
      std::visit([this](const auto& what) { step(what); }, line.what);
    }
    expect_nothing_left();
    return std::move(findings_);
  }

 private:
  void wrong(std::string what) { findings_.push_back({{transcript_.file, line_, 1}, std::move(what), ""}); }

  void expect_nothing_left() {
    for (const OutboundMessage& reply : waiting_) wrong("we also said: \"" + reply.text + "\"");
    waiting_.clear();
  }

  void step(const FromPerson& person) {
    expect_nothing_left();
    auto taken = simulation_.say(transcript_.person, person.text, person.kind);
    if (!taken) return wrong(taken.error().what);
    if (taken->stuck) wrong("the turn failed: see the log line turn.stuck");
    waiting_.assign(taken->replies.begin(), taken->replies.end());
  }

  void step(const FromUs& expected) {
    if (expected.silence) {
      return expect_nothing_left();
    }
    if (waiting_.empty()) return wrong("we said nothing (more)");
    const OutboundMessage reply = waiting_.front();
    waiting_.pop_front();
    const Locale& locale = expected.locale.empty() ? transcript_.locale : expected.locale;
    if (!expected.items.empty() && reply.locale != locale)
      return wrong("came in " + reply.locale + ", not in " + locale + ": \"" + reply.text + "\"");
    const auto state = simulation_.state(transcript_.person);
    const std::string wanted = expected_text(simulation_.content(), expected, locale, transcript_.zone,
                                             state ? state->conversation : Conversation{}, simulation_.now());
    if (wanted != reply.text) wrong("expected \"" + wanted + "\", came \"" + reply.text + "\"");
  }

  void step(const Holds& holds) {
    std::vector<std::string> kinds;
    for (const auto& [name, value] : holds.facts) {
      if (name == "case") kinds.push_back(value);
    }
    const auto state = simulation_.state(transcript_.person, kinds);
    if (!state) return wrong(state.error().what);
    for (const auto& [name, value] : holds.facts) check(name, value, *state);
  }

  void check(const std::string& name, const std::string& value, const Simulation::State& state) {
    const Conversation& conversation = state.conversation;
    if (name == "task") return check_task(value, state);
    if (name == "case") {
      if (state.cases.at(value) == 0) wrong("no case '" + value + "' was opened");
      return;
    }
    std::string found;
    if (name == "invitation")
      found = state.appointment ? to_string(state.appointment->response) : "-";
    else if (name == "paused")
      found = state.contact.paused ? "yes" : "no";
    else if (name == "consent")
      found = to_string(conversation.consent);
    else if (name == "locale")
      found = conversation.locale.empty() ? "-" : conversation.locale;
    else if (name == "latin_only")
      found = conversation.latin_only ? "yes" : "no";
    else if (name == "waiting")
      found = waiting_step(conversation);
    else
      return wrong("'" + name +
                   "' cannot be asked: task, case, consent, locale, latin_only, waiting, invitation, paused");
    if (found != value) wrong(fmt::format("{} is {}, not {}", name, found, value));
  }

  std::string waiting_step(const Conversation& conversation) const {
    if (!dialog::waiting(conversation, simulation_.now())) return "-";
    return conversation.stack.back().dialog.name + "/" + conversation.stack.back().step;
  }

  void check_task(const std::string& kind, const Simulation::State& state) {
    std::string open;
    for (const store::Task& task : state.tasks) {
      if (task.kind == kind) return;
      open += (open.empty() ? "" : ", ") + task.kind;
    }
    if (kind == "-" && state.tasks.empty()) return;
    wrong("no open task '" + kind + "'; open: " + (open.empty() ? "none" : open));
  }

  void step(const At& at) {
    expect_nothing_left();
    const TimePoint time = to_instant(at.time, transcript_.zone);
    if (time < simulation_.now()) return wrong("time does not go back");
    arrive(simulation_.pass_until(time));
  }

  void step(const Do& action) {
    expect_nothing_left();
    arrive(simulation_.act(transcript_.person, action));
  }

  void arrive(result<std::vector<OutboundMessage>> arrived) {
    if (!arrived) return wrong(arrived.error().what);
    waiting_.assign(arrived->begin(), arrived->end());
  }

  const Transcript& transcript_;
  Simulation& simulation_;
  Findings findings_;
  std::deque<OutboundMessage> waiting_;
  int line_ = 0;
};

}  // namespace

Replayed replay(const Transcript& transcript, std::shared_ptr<const turns::Content> content, Between between) {
  auto simulation = Simulation::open(std::move(content), to_instant(transcript.start, transcript.zone), between);
  if (!simulation) return {{{{transcript.file, 0, 0}, simulation.error().what, ""}}, {}};
  Findings findings = Replayer(transcript, **simulation).run();
  return {std::move(findings), (*simulation)->ways()};
}

}  // namespace passerelle::simulator
