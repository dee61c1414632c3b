// TaskNotes of a task: what one run of a dialog learns grows; another request is another note.
#include "store/task_note.hpp"

#include <gtest/gtest.h>

namespace passerelle::store {
namespace {

TEST(TaskNote, a_run_of_a_dialog_only_learns_more) {
  TaskNotes notes;
  add_note(notes, {{"problem", "water"}});
  add_note(notes, {{"problem", "water"}, {"people", "4"}});
  EXPECT_EQ(notes, (TaskNotes{{{"problem", "water"}, {"people", "4"}}}));
}

TEST(TaskNote, another_request_of_the_same_kind_is_never_mixed_with_the_first) {
  TaskNotes notes;
  add_note(notes, {{"problem", "water"}, {"words", "in room 12"}});
  add_note(notes, {{"problem", "heating"}});
  add_note(notes, {{"writer", "Ali"}});
  add_note(notes, {{"writer", "Sara"}});
  EXPECT_EQ(notes, (TaskNotes{{{"problem", "water"}, {"words", "in room 12"}},
                              {{"problem", "heating"}},
                              {{"writer", "Ali"}},
                              {{"writer", "Sara"}}}));
}

TEST(TaskNote, somebody_who_asks_without_end_keeps_the_first_and_the_newest) {
  TaskNotes notes;
  for (int i = 0; i < 50; ++i) add_note(notes, {{"writer", std::to_string(i)}});
  ASSERT_EQ(notes.size(), most_notes);
  EXPECT_EQ(notes.front().at("writer"), "0");
  EXPECT_EQ(notes.back().at("writer"), "49");
  EXPECT_EQ(read_notes(seal_notes(notes)), notes);
}

}  // namespace
}  // namespace passerelle::store
