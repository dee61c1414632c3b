#include "dialog/match.hpp"

#include <algorithm>

#include "dialog/text.hpp"

namespace passerelle::dialog {
namespace {

constexpr std::size_t longest_kept = 500;

// The tokens of the message are the words of 'entry' and nothing else.
bool same_words(std::string_view entry, const std::vector<std::string>& tokens) {
  for (const std::string& token : tokens) {
    while (entry.starts_with(' ')) entry.remove_prefix(1);
    if (token.empty() || !entry.starts_with(token)) return false;
    entry.remove_prefix(token.size());
    if (!entry.empty() && !entry.starts_with(' ')) return false;
  }
  return !tokens.empty() && entry.find_first_not_of(' ') == std::string_view::npos;
}

bool is_whole_message(std::string_view entry, const Reading& reading) {
  return !entry.empty() && (entry == reading.folded || same_words(entry, reading.tokens));
}

bool is_one_of(const std::vector<std::string>& entries, const Reading& reading) {
  return std::ranges::any_of(entries, [&](const std::string& entry) { return is_whole_message(entry, reading); });
}

struct Fits {
  const Answer& answer;
  const Facts& facts;

  bool operator()(const OnNumber& test) const {
    if (answer.reading.number == test.number) return true;
    if (test.words.empty()) return false;
    const auto words = facts.words.find(test.words);
    return words != facts.words.end() && is_one_of(words->second, answer.reading);
  }
  bool operator()(const OnYes&) const { return answer.yes == true; }
  bool operator()(const OnNo&) const { return answer.yes == false; }
  bool operator()(const OnLanguage&) const { return chosen_language(answer, facts) != nullptr; }
  bool operator()(const OnText&) const { return !trim(answer.reading.original).empty(); }
};

}  // namespace

const Category* match(const Step& step, const Answer& answer, const Facts& facts) {
  const Fits fits{answer, facts};
  const auto found =
      std::ranges::find_if(step.categories, [&](const Category& each) { return std::visit(fits, each.test); });
  return found == step.categories.end() ? nullptr : &*found;
}

const LanguageChoice* chosen_language(const Answer& answer, const Facts& facts) {
  if (const auto number = answer.reading.number) {
    const bool listed = *number >= 1 && static_cast<std::size_t>(*number) <= facts.languages.size();
    return listed ? &facts.languages[static_cast<std::size_t>(*number) - 1] : nullptr;
  }
  const auto found = std::ranges::find_if(
      facts.languages, [&](const LanguageChoice& each) { return is_one_of(each.names, answer.reading); });
  return found == facts.languages.end() ? nullptr : &*found;
}

std::string kept_text(const Reading& reading) {
  return std::string(trim(at_most(trim(reading.original), longest_kept)));
}

}  // namespace passerelle::dialog
