#include "turns/meant.hpp"

#include <algorithm>

#include "language/typo.hpp"
#include "turns/facts.hpp"
#include "turns/knowledge.hpp"

namespace passerelle::turns {
namespace {

using language::TopicGuess;

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

// A person is offered beside any topics; and what asks for nothing yet gets the menu.
bool is_apart(std::string_view dialog) { return dialog == human_dialog || dialog == menu_dialog; }

template <class Fits>
bool lists(const dialog::Heard& heard, const dialog::MenuWords& all, const Fits& fits) {
  return std::ranges::any_of(heard.like, [&](const dialog::WordsKey& like) {
    const auto words = all.find(like.key);
    return words != all.end() && std::ranges::any_of(words->second, fits);
  });
}

// "dentiste" is a question, "quoi" is none, and "dentsite" may be one.
Understood one_word(const Content& content, const Reading& reading, const std::vector<TopicGuess>& guesses,
                    const Locale& known) {
  const dialog::MenuWords& all = menu_words(content, known);
  if (!guesses.empty()) {
    const dialog::Heard* heard = content.library.hearer(guesses.front().topic).heard;
    const auto same = [&](const std::string& word) { return word == reading.folded; };
    if (heard != nullptr && lists(*heard, all, same))
      return {heard->ask_first ? Understood::Kind::asks : Understood::Kind::begins, {guesses.front()}};
  }
  Understood understood{Understood::Kind::asks, {}};
  const auto mistyped = [&](const std::string& word) { return language::is_typo(reading.folded, word); };
  for (const auto& [name, dialog] : content.library.all()) {
    for (const dialog::Heard& heard : dialog->heard) {
      if (!is_apart(name) && lists(heard, all, mistyped))
        understood.topics.push_back({heard.topic(), language::worth_asking});
    }
  }
  // Near to several words it is near to none.
  return understood.topics.empty() || understood.topics.size() > most_offered ? Understood{} : understood;
}

}  // namespace

std::optional<Meant> begin_topic(const dialog::Library& library, std::string_view topic) {
  const auto [dialog, heard] = library.hearer(topic);
  if (dialog == nullptr) return std::nullopt;
  Meant meant{dialog->ref.name, {.answers = {}, .expires = {}, .step = heard->step}};
  if (!heard->keep.empty()) meant.opening.answers[heard->keep] = heard->value;
  return meant;
}

Understood understand(const Content& content, const Reading& reading, const Locale& known) {
  const std::vector<TopicGuess> guesses = content.topics.guess(reading, known, content.association.site_language);
  if (!says_something(reading)) return one_word(content, reading, guesses, known);
  if (guesses.empty()) return {};
  const auto [dialog, heard] = content.library.hearer(guesses.front().topic);
  // What asks for nothing yet gets the first menu, as whatever resembles no topic does.
  if (dialog == nullptr || dialog->ref.name == menu_dialog) return {};
  if (guesses.front().confidence >= language::sure_of_topic && !heard->ask_first)
    return {Understood::Kind::begins, {guesses.front()}};
  Understood understood{Understood::Kind::asks, {}};
  for (const TopicGuess& guess : guesses) {
    const dialog::Dialog* leads_to = content.library.hearer(guess.topic).dialog;
    const bool apart = leads_to == nullptr || is_apart(leads_to->ref.name);
    if (understood.topics.size() < most_offered && !apart) understood.topics.push_back(guess);
  }
  return understood.topics.empty() ? Understood{} : understood;
}

std::optional<Meant> meant_by(const Content& content, const Reading& reading, const Locale& known, bool may_ask) {
  const Understood understood = understand(content, reading, known);
  if (understood.kind == Understood::Kind::begins) return begin_topic(content.library, understood.topics.front().topic);
  if (understood.kind == Understood::Kind::nothing || !may_ask || content.library.find(meant_dialog) == nullptr)
    return std::nullopt;
  std::vector<std::string> topics;
  for (const TopicGuess& guess : understood.topics) topics.push_back(guess.topic);
  if (std::string person = persons_topic(content.library); !person.empty()) topics.push_back(std::move(person));
  return Meant{meant_dialog,
               {.answers = {{dialog::text_answer, reading.original}, {topics_answer, join_names(topics)}},
                .expires = {},
                .step = {}}};
}

}  // namespace passerelle::turns
