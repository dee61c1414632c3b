// A list of languages that is too long for one message, in parts: the last line of each part leads to the next one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::dialog {

// The list of this name is the menu of languages; its ids are their codes.
inline constexpr std::string_view languages_list = "languages";

// The list with a line for the others after the first 'at_once' languages; as it is where no more than one would be
// left out. That line has a number like the languages, and its id says which part it leads to ("+1" on the first). As
// long as the question waits every number means the same, whichever part is on the phone.
std::vector<std::string> in_parts(std::vector<std::string> languages, std::size_t at_once);
bool leads_to_others(std::string_view id);

// The id with this number; null when there is none.
const std::string* offered_at(const std::vector<std::string>& offered, int number);
// The places in the list that its part shows, in the order of the lines.
std::vector<std::size_t> shown_part(const std::vector<std::string>& offered);
// After the last part comes the first.
std::vector<std::string> next_part(std::vector<std::string> offered);

}  // namespace passerelle::dialog
