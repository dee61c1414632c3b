// A turn in the making: goes from step to step, says, does, calls other dialogs, and waits where a step asks.
// The engine's own; others see engine.hpp.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "dialog/engine.hpp"
#include "dialog/stack.hpp"

namespace passerelle::dialog {

// Where a dialog stands while it does not wait.
struct Spot {
  const Dialog* dialog;
  const Step* step;
  Answers answers = {};
  std::vector<Caller> callers = {};
  std::optional<TimePoint> expires = {};  // of what it asks, when that is not for the dialog to say
  bool called = false;                    // the dialog that the step calls has ended
};

class Run {
 public:
  Run(const Conversation& conversation, const Facts& facts, const Library& library, TimePoint now)
      : facts_(facts), library_(library), now_(now), turn_{conversation, {}, {}} {}

  // The beginning of a dialog; nothing, and a human is called, when it cannot begin.
  std::optional<Spot> open(std::string_view name, const Opening& opening);
  std::optional<Spot> follow(const Exit& exit, Spot from);
  // Goes from step to step until one asks (true) or the dialog ends (false).
  bool walk(std::optional<Spot> spot);

  // Forgets the questions that a new dialog replaces. What the person has told one that gives up waiting is not lost:
  // its tasks and cases are opened as if nobody had answered.
  void forget_ordinary();

  void say(std::string_view key, const Answers& answers);
  void ask(const Frame& frame, const Step& step);  // says the question
  // Once a turn: somebody who is called twice is still one task, and the person is told so once.
  void call_human(const Answers& answers);
  void take(const Dialog& dialog, const Step& step, std::string way);

  Conversation& next() { return turn_.next; }
  std::vector<Frame>& stack() { return turn_.next.stack; }
  const Facts& facts() const { return facts_; }
  const Library& library() const { return library_; }
  TimePoint now() const { return now_; }
  Turn finish() { return std::move(turn_); }

 private:
  friend struct Perform;
  friend struct Follow;

  std::optional<Spot> enter(std::string_view name, const Answers& so_far, bool called);
  std::optional<Spot> call(Spot spot);
  std::optional<Spot> go_on(Spot spot);
  std::optional<Spot> end(Spot spot);
  bool wait(Spot spot);
  std::optional<std::vector<std::string>> offered(const Step& step, const Answers& answers) const;

  const Facts& facts_;
  const Library& library_;
  TimePoint now_;
  Turn turn_;
  int steps_ = 0;
};

}  // namespace passerelle::dialog
