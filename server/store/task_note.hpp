// What dialogs and checks noted on a task for whoever does it: one note for each run of the dialog, the oldest first.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/conversation.hpp"

namespace passerelle::store {

using TaskNotes = std::vector<Answers>;

inline constexpr std::size_t most_notes = 20;  // of one task; the oldest but the first go then

std::string seal_notes(const TaskNotes& notes);
TaskNotes read_notes(const std::optional<std::string>& sealed);  // none of NULL

// A run of a dialog only ever learns more: what knows all that the last note knows is that note, grown. Anything else
// is another request, and must not be mixed with it.
void add_note(TaskNotes& notes, const Answers& note);

std::string seal_answers(const Answers& answers);  // as one JSON object

}  // namespace passerelle::store
