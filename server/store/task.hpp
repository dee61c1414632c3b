// Something that staff must do, and case files that dialogs open.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/conversation.hpp"
#include "store/task_note.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

struct Task {
  TaskId id;
  std::string ref;   // what commands and pages name it by
  std::string kind;  // person, call_back, danger, stuck, …
  AddressId address;
  InboundId inbound;       // the message that opened it
  InboundId last_inbound;  // the newest that belongs to it
  TimePoint opened{};
  TaskNotes notes = {};
};

// An open task of this kind for this address is kept, and the inbound is added as its newest; true when a new one was
// opened. 'note' is what the dialog knows for whoever does it (task_note.hpp).
bool open_task(Transaction& transaction, const std::string& kind, AddressId address, InboundId inbound, TimePoint now,
               const Answers& note = {});
std::vector<Task> open_tasks(Transaction& transaction, AddressId address);  // oldest first

// A person was called for this address, or something told that a person answers (call_back, danger, flat…), and
// something of it came after 'since'.
bool waits_for_person(Transaction& transaction, AddressId address, TimePoint since);

CaseId open_case(Transaction& transaction, const std::string& kind, AddressId address, const Answers& answers,
                 TimePoint now);
std::int64_t count_cases(Transaction& transaction, const std::string& kind);

}  // namespace passerelle::store
