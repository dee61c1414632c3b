#include "turns/meant.hpp"

#include <algorithm>

#include "turns/facts.hpp"
#include "turns/knowledge.hpp"

namespace passerelle::turns {
namespace {

constexpr const char* meant_dialog = "meant";
constexpr std::string_view human_dialog = "human";
constexpr std::string_view menu_dialog = "first_contact";  // hears what asks for nothing yet
constexpr std::size_t most_offered = 2;

// Whoever finds neither fitting chooses a person: the first topic by which the dialog for that is begun.
std::string persons_topic(const dialog::Library& library) {
  const dialog::Dialog* human = library.find(human_dialog);
  return human == nullptr || human->heard.empty() ? std::string() : human->heard.front().topic();
}

bool says_something(const Reading& reading) {
  const auto word = [](const std::string& token) { return token.find_first_not_of("0123456789") != std::string::npos; };
  return std::ranges::count_if(reading.tokens, word) >= 2;
}

// What would have us call somebody is asked back first: "do not call me" has the same words.
bool acts_at_once(const dialog::Library& library, const std::string& topic) {
  const dialog::Dialog* dialog = library.hearer(topic).dialog;
  return dialog != nullptr && (dialog->ref.name == "callback" || dialog->ref.name == "new_number");
}

bool leads_to(std::string_view name, const dialog::Library& library, const std::string& topic) {
  const dialog::Dialog* dialog = library.hearer(topic).dialog;
  return dialog != nullptr && dialog->ref.name == name;
}

// One word alone is a question only where it is listed as such: "dentiste", but not "quoi".
std::optional<Meant> one_word(const Content& content, const Reading& reading, const std::string& topic,
                              const Locale& known) {
  const dialog::Heard* heard = content.library.hearer(topic).heard;
  const dialog::MenuWords& all = menu_words(content, known);
  const auto listed = [&](const dialog::WordsKey& like) {
    const auto words = all.find(like.key);
    return words != all.end() && std::ranges::find(words->second, reading.folded) != words->second.end();
  };
  const bool is_word = heard != nullptr && std::ranges::any_of(heard->like, listed);
  return is_word ? begin_topic(content.library, topic) : std::nullopt;
}

}  // namespace

std::optional<Meant> begin_topic(const dialog::Library& library, std::string_view topic) {
  const auto [dialog, heard] = library.hearer(topic);
  if (dialog == nullptr) return std::nullopt;
  Meant meant{dialog->ref.name, {.answers = {}, .expires = {}, .step = heard->step}};
  if (!heard->keep.empty()) meant.opening.answers[heard->keep] = heard->value;
  return meant;
}

std::optional<Meant> meant_by(const Content& content, const Reading& reading, const Locale& known, bool may_ask) {
  const std::vector<language::TopicGuess> guesses =
      content.topics.guess(reading, known, content.association.site_language);
  // What asks for nothing yet gets the first menu, as whatever resembles no topic does.
  if (guesses.empty() || leads_to(menu_dialog, content.library, guesses.front().topic)) return std::nullopt;
  if (!says_something(reading)) return one_word(content, reading, guesses.front().topic, known);
  const bool sure = guesses.front().confidence >= language::sure_of_topic;
  if (sure && !acts_at_once(content.library, guesses.front().topic))
    return begin_topic(content.library, guesses.front().topic);
  if (!may_ask || content.library.find(meant_dialog) == nullptr) return std::nullopt;
  std::vector<std::string> topics;
  for (const language::TopicGuess& guess : guesses) {
    const bool apart =
        leads_to(human_dialog, content.library, guess.topic) || leads_to(menu_dialog, content.library, guess.topic);
    if (topics.size() < most_offered && !apart) topics.push_back(guess.topic);
  }
  if (topics.empty()) return begin_topic(content.library, guesses.front().topic);
  if (std::string person = persons_topic(content.library); !person.empty()) topics.push_back(std::move(person));
  return Meant{meant_dialog,
               {.answers = {{dialog::text_answer, reading.original}, {topics_answer, join_names(topics)}},
                .expires = {},
                .step = {}}};
}

}  // namespace passerelle::turns
