// The open tasks as staff see them: across all addresses, with the words that opened them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/address.hpp"
#include "domain/conversation.hpp"
#include "store/task_note.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

struct ListedTask {
  std::string ref;
  std::string kind;
  std::optional<Address> from;  // of the person; a task may be about nobody
  TimePoint opened{};
  TimePoint renewed{};                   // when the newest message that belongs to it came
  std::string text;                      // of the message that opened it; empty when none did
  std::optional<std::string> last_text;  // of the newest message, when that is another one
  TaskNotes notes = {};                  // what the dialog knows of it, request by request
  InboundId first_inbound = {},
            last_inbound = {};  // the same where one message is all; none where no message opened it
  std::string subject = {};     // what it is about when that is no person: service:REF, place:ID
};

// The newest renewal first; of one kind, or of all.
std::vector<ListedTask> newest_tasks(Transaction& transaction, std::int64_t limit,
                                     const std::optional<std::string>& kind = {});
std::int64_t count_open_tasks(Transaction& transaction, const std::optional<std::string>& kind = {});

// Open tasks whose ref begins with 'ref', at most two: enough to know that it names one.
struct NamedTask {
  TaskId id;
  std::string ref;
};
std::vector<NamedTask> open_tasks_named(Transaction& transaction, const std::string& ref);
std::vector<NamedTask> open_tasks_of(Transaction& transaction, const std::string& kind, std::int64_t limit);  // oldest
void close_task(Transaction& transaction, TaskId task, TimePoint now);

}  // namespace passerelle::store
