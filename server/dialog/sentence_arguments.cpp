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
      {"service_name", "of the service that is picked", "service"},
      {"service_address", "", "service"},
      {"service_open", "yes or no", "service"},
      {"service_closes", "the hour; while it is open", "service"},
      {"service_opens", "day and time; while it is closed", "service"},
      {"service_hours", "", "service"},
      {"service_phone", "", "service"},
      {"service_languages", "", "service"},
      {"service_cost", "free, paid or ask", "service"},
      {"service_places", "how many are free", "service"},
      {"page_text", "of the information page that is kept as 'page'", "page"},
      {"page_again", "the same in other words", "page"},
  };
  return words;
}

const ArgumentWord* find_argument(std::string_view name) {
  const auto found = std::ranges::find_if(argument_words(), [name](const ArgumentWord& word) {
    const bool begins = word.name.ends_with('*');
    return begins ? name.starts_with(word.name.substr(0, word.name.size() - 1)) : name == word.name;
  });
  return found == argument_words().end() ? nullptr : &*found;
}

}  // namespace passerelle::dialog
