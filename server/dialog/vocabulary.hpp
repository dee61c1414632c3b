// The closed vocabulary of what dialogs may ask of the server: facts to branch on, lists to choose from, and what is
// picked for the person. Whoever adds a word here gives it a meaning in turns/knowledge.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace passerelle::dialog {

struct FactWord {
  std::string_view name;
  bool yes_no = false;  // else it is a number
  std::string_view about;
};
const std::vector<FactWord>& fact_words();

struct ListWord {
  std::string_view name;  // also the argument of the question that shows it: {needs}
  std::string_view about;
};
const std::vector<ListWord>& list_words();

struct PickWord {
  std::string_view name;
  std::string_view about;
};
const std::vector<PickWord>& pick_words();

std::vector<std::string> fact_names();
std::vector<std::string> list_names();
std::vector<std::string> pick_names();

}  // namespace passerelle::dialog
