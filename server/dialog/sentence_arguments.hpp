// What the server tells in sentences by itself: {phone}, {when}, {opening_hours}… Whoever adds one here gives it a
// value in turns/facts or turns/appointment_words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace passerelle::dialog {

struct ArgumentWord {
  std::string_view name;  // with a '*' at its end: whatever begins so
  std::string_view about;
};
const std::vector<ArgumentWord>& argument_words();

bool is_told_by_the_server(std::string_view argument);

}  // namespace passerelle::dialog
