// What the server tells in sentences by itself: {phone}, {when}, {opening_hours}… Whoever adds one here gives it a
// value in turns/facts, turns/appointment_words or turns/words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace passerelle::dialog {

struct ArgumentWord {
  std::string_view name;  // with a '*' at its end: whatever begins so
  std::string_view about;
  std::string_view needs = {};  // what must be kept under this name for it
};
const std::vector<ArgumentWord>& argument_words();

const ArgumentWord* find_argument(std::string_view name);  // null: the server does not tell it

}  // namespace passerelle::dialog
