#include "dialog/vocabulary.hpp"

namespace passerelle::dialog {
namespace {

template <class Word>
std::vector<std::string> names_of(const std::vector<Word>& words) {
  std::vector<std::string> names;
  for (const Word& word : words) names.emplace_back(word.name);
  return names;
}

}  // namespace

const std::vector<FactWord>& fact_words() {
  static const std::vector<FactWord> words{
      {"open_now", true, "the association's main place is open"},
      {"on_duty", true, "somebody is on duty now who can be called"},
      {"shared_phone", true, "staff have recorded that several people read this phone"},
      {"appointments", false, "coming appointments of this phone"},
      {"areas", false, "towns in which there is a service for the need that was kept"},
      {"services_left", false, "services for the need that were not picked yet"},
      {"service", true, "a service is picked"},
      {"free_places", false, "free places at the service that is picked; not known when nobody counts them"},
      {"pages", false, "information pages that may be told"},
      {"page", true, "the page that was chosen may be told"},
  };
  return words;
}

const std::vector<ListWord>& list_words() {
  static const std::vector<ListWord> words{
      {"places", "the association's own places"},
      {"needs", "needs for which the directory has a service"},
      {"areas", "towns in which there is a service for the need that was kept"},
      {"pages", "information pages that may be told"},
      {"topics", "what a question in the person's own words may have meant"},
      {"questions", "the open questions that a text could be an answer to"},
  };
  return words;
}

const std::vector<PickWord>& pick_words() {
  static const std::vector<PickWord> words{
      {"service", "the best service for what was kept as need, audience and area"},
  };
  return words;
}

std::vector<std::string> fact_names() { return names_of(fact_words()); }
std::vector<std::string> list_names() { return names_of(list_words()); }
std::vector<std::string> pick_names() { return names_of(pick_words()); }

}  // namespace passerelle::dialog
