// One visitor's own phone and desk on the simulator page: a Simulation with its log, and what can be saved of it.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "simulator/simulation.hpp"
#include "simulator/transcript_writer.hpp"

namespace passerelle::simulator {

struct Phone {
  std::string number = "+41790000001";  // any word
  Locale language = {};                 // that staff know of the person; empty: the first message tells it
  bool latin_only = false;
};

// A message as it stands on the phone.
struct Bubble {
  bool from_us = false;
  bool rings = false;  // a missed call: no text
  TimePoint at{};
  OutboundMessage message = {};  // of the person's, the text only
};

// What one thing that happened has done.
struct LogEntry {
  enum class Kind { began, person, rings, staff, time };
  Kind kind = Kind::began;
  TimePoint at{};
  std::string what = {};               // staff: the action
  std::vector<std::string> keys = {};  // of the sentences that we said; of messages that we start: unknown
  std::size_t messages = 0;            // that we sent
  bool stuck = false;                  // the turn failed
  // What is other than before, by name: dialog, language, consent, task, case, answer, …; "-" is none.
  struct Change {
    std::string name, before, after;
  };
  std::vector<Change> changes = {};
};

// Thread-safe; one thing happens at a time.
class Sandbox {
 public:
  // Errors: what the phone is said to be. 'now' is when the time of the sandbox begins.
  static result<std::shared_ptr<Sandbox>> begin(std::shared_ptr<const turns::Content> content, const Phone& phone,
                                                TimePoint now);

  // Errors are for the person at the page; nothing has happened then.
  result<void> say(const std::string& text);
  result<void> ring();
  result<void> act(const std::string& action);  // "appointment 2027-03-28 14:30 with=Anne", as in a transcript
  // hour, day: so long; due: to the next thing that time brings; reminder: to the next reminder.
  result<void> pass(const std::string& how_far);

  struct View {
    TimePoint now{};
    std::string zone;
    Address person;
    std::vector<Bubble> bubbles;
    std::vector<LogEntry> log;
    Simulation::State state;
    std::vector<Simulation::Coming> coming;
  };
  result<View> view();
  result<std::string> transcript();
  const std::shared_ptr<const turns::Content>& content() const { return content_; }

 private:
  Sandbox(std::shared_ptr<const turns::Content> content, std::unique_ptr<Simulation> simulation, Address person,
          Transcript head);

  result<void> send(const std::string& text, InboundMessage::Kind kind);
  result<void> do_now(const std::string& action);
  result<TimePoint> next(bool reminders_only);
  result<void> keep(LogEntry entry, const std::vector<OutboundMessage>& messages,
                    const std::vector<dialog::SayEffect>& says);
  result<void> room() const;

  std::mutex mutex_;
  const std::shared_ptr<const turns::Content> content_;
  const std::unique_ptr<Simulation> simulation_;
  const Address person_;
  const std::string zone_;
  TranscriptWriter writer_;
  std::vector<Bubble> bubbles_;
  std::vector<LogEntry> log_;
  Simulation::State before_;
};

// What changed between two states, for the log.
std::vector<LogEntry::Change> changes(const Simulation::State& before, const Simulation::State& after);

}  // namespace passerelle::simulator
