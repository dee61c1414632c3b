// Tasks that are about a thing and not about a person's address: a service, a place, a page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/conversation.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

// One open task of a kind for each subject ("service:REF"); an open one takes the new note, which is for staff. True
// when a new one was opened.
bool open_task_about(Transaction& transaction, const std::string& kind, const std::string& subject, const Answers& note,
                     TimePoint now);

struct SubjectTask {
  TaskId id;
  std::string subject;
};
std::vector<SubjectTask> open_tasks_about(Transaction& transaction, const std::string& kind);  // those with a subject

}  // namespace passerelle::store
