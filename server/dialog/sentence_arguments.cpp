#include "dialog/sentence_arguments.hpp"

#include <algorithm>

namespace passerelle::dialog {

const std::vector<ArgumentWord>& argument_words() {
  static const std::vector<ArgumentWord> words{
      {"association", "its name"},
      {"emergency_numbers", "of its country"},
      {"languages", "the language menu, line by line"},
      {"open_now", "yes or no: whether the main place is open"},
      {"next_opening", "day and time; only while the main place is closed"},
      {"opening_hours", "of the main place"},
      {"phone", "of the main place"},
      {"place_name", "of the main place"},
      {"place_address", "of the main place"},
      {"when", "day and time of an appointment"},
      {"with", "whom the appointment is with"},
      {"site_name", "where the appointment is"},
      {"site_address", "where the appointment is"},
      {"bring_*", "yes: what the appointment needs, by the keys bring.* of locales/"},
      {"no_appointment", "yes or no: whether none is to come"},
  };
  return words;
}

bool is_told_by_the_server(std::string_view argument) {
  return std::ranges::any_of(argument_words(), [argument](const ArgumentWord& word) {
    const bool begins = word.name.ends_with('*');
    return begins ? argument.starts_with(word.name.substr(0, word.name.size() - 1)) : argument == word.name;
  });
}

}  // namespace passerelle::dialog
