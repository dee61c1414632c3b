#include "turns/meant.hpp"

#include <algorithm>

#include "language/typo.hpp"
#include "turns/declined.hpp"
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

// Sure enough to begin without asking.
bool begins(const Content& content, const std::vector<TopicGuess>& guesses) {
  if (guesses.empty() || guesses.front().confidence < language::sure_of_topic) return false;
  const auto [dialog, heard] = content.library.hearer(guesses.front().topic);
  return dialog != nullptr && dialog->ref.name != menu_dialog && !heard->ask_first;
}

// "I do not need a doctor, I need a lawyer": what a text asks for beside what it declines, which begins nothing.
std::vector<TopicGuess> wanted_beside(const Content& content, const Declined& text, const Locale& known) {
  if (!says_something(text.rest)) return {};
  const Locale& site = content.association.site_language;
  std::vector<TopicGuess> wanted = content.topics.guess(text.rest, known, site);
  const std::vector<TopicGuess> declined = content.topics.guess(text.declined, known, site);
  if (!declined.empty())
    std::erase_if(wanted, [&](const TopicGuess& each) { return each.topic == declined.front().topic; });
  return wanted;
}

// Which of these was meant, the likeliest first; nothing where all of them are offered anyway.
Understood ask_which(const Content& content, const std::vector<TopicGuess>& guesses) {
  Understood understood{Understood::Kind::asks, {}};
  for (const TopicGuess& guess : guesses) {
    const dialog::Dialog* leads_to = content.library.hearer(guess.topic).dialog;
    const bool apart = leads_to == nullptr || is_apart(leads_to->ref.name);
    const bool offered =
        std::ranges::find(understood.topics, guess.topic, &TopicGuess::topic) != understood.topics.end();
    if (understood.topics.size() < most_offered && !apart && !offered) understood.topics.push_back(guess);
  }
  return understood.topics.empty() ? Understood{} : understood;
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
  const dialog::Dialog* dialog = content.library.hearer(guesses.front().topic).dialog;
  // What asks for nothing yet gets the first menu, as whatever resembles no topic does.
  if (dialog == nullptr || dialog->ref.name == menu_dialog) return {};
  const std::optional<Declined> refusal = declined(content, reading, known);
  std::vector<TopicGuess> likely = refusal ? wanted_beside(content, *refusal, known) : guesses;
  if (begins(content, likely)) return {Understood::Kind::begins, {likely.front()}};
  if (refusal) likely.insert(likely.end(), guesses.begin(), guesses.end());
  return ask_which(content, likely);
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
