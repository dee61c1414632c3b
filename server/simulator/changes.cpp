// What a turn, a person of staff or time has changed: for the log of the simulator page.
#include <algorithm>
#include <set>

#include "simulator/sandbox.hpp"

namespace passerelle::simulator {
namespace {

using Change = LogEntry::Change;

std::string or_none(std::string_view text) { return text.empty() ? "-" : std::string(text); }

std::string questions(const Conversation& conversation) {
  std::string names;
  for (const Frame& frame : conversation.stack)
    names += (names.empty() ? "" : ", ") + frame.dialog.name + "/" + frame.step;
  return or_none(names);
}

std::string response_of(const Simulation::State& state) {
  return state.appointment ? std::string(to_string(state.appointment->response)) : "-";
}

std::string time_of(const Simulation::State& state) {
  if (!state.appointment || state.appointment->cancelled) return "-";
  return format_date(state.appointment->at) + " " + format_time(state.appointment->at);
}

std::string safe_hours_of(const Contact& contact) {
  return contact.safe_hours ? to_string(*contact.safe_hours) : std::string("-");
}

void note(std::vector<Change>& changes, const char* name, std::string before, std::string after) {
  if (before != after) changes.push_back({name, std::move(before), std::move(after)});
}

const char* yes_no(bool yes) { return yes ? "yes" : "no"; }

// Rows that are new, by their refs.
template <class Row>
void note_new(std::vector<Change>& changes, const char* name, const std::vector<Row>& before,
              const std::vector<Row>& after) {
  std::set<std::string> known;
  for (const Row& row : before) known.insert(row.ref);
  for (const Row& row : after) {
    if (!known.contains(row.ref)) changes.push_back({name, "-", row.kind});
  }
}

}  // namespace

std::vector<Change> changes(const Simulation::State& before, const Simulation::State& after) {
  std::vector<Change> found;
  note(found, "dialog", questions(before.conversation), questions(after.conversation));
  note(found, "language", or_none(before.conversation.locale), or_none(after.conversation.locale));
  note(found, "latin_only", yes_no(before.conversation.latin_only), yes_no(after.conversation.latin_only));
  note(found, "consent", std::string(to_string(before.conversation.consent)),
       std::string(to_string(after.conversation.consent)));
  note(found, "appointment", time_of(before), time_of(after));
  note(found, "answer", response_of(before), response_of(after));
  note(found, "readers", std::string(to_string(before.contact.readers)), std::string(to_string(after.contact.readers)));
  note(found, "discreet", yes_no(before.contact.discreet), yes_no(after.contact.discreet));
  note(found, "safe_hours", safe_hours_of(before.contact), safe_hours_of(after.contact));
  note(found, "paused", yes_no(before.contact.paused), yes_no(after.contact.paused));
  note_new(found, "task", before.tasks, after.tasks);
  note_new(found, "case", before.files, after.files);
  return found;
}

}  // namespace passerelle::simulator
