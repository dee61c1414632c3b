#include "dialog/match.hpp"

#include <algorithm>

#include "dialog/language_menu.hpp"
#include "dialog/text.hpp"
#include "dialog/typed.hpp"

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

bool is_word(const std::string& key, const Answer& answer, const Facts& facts) {
  if (key.empty()) return false;
  const auto words = facts.words.find(key);
  return words != facts.words.end() && is_one_of(words->second, answer.reading);
}

// What was chosen of the list that the question showed: its number there, or a name.
std::optional<std::string> chosen(const OnOneOf& test, const Answer& answer, const Frame& frame, const Facts& facts) {
  if (const auto number = answer.reading.number) {
    const bool listed = *number >= 1 && static_cast<std::size_t>(*number) <= frame.offered.size();
    return listed ? std::optional(frame.offered[static_cast<std::size_t>(*number) - 1]) : std::nullopt;
  }
  for (const Choice& choice : facts.knowledge.list(test.list, frame.answers)) {
    const bool listed = std::ranges::find(frame.offered, choice.id) != frame.offered.end();
    if (listed && is_one_of(choice.names, answer.reading)) return choice.id;
  }
  return std::nullopt;
}

// Whether an answer fits a test, and what of it is kept: nothing for a miss, an empty text where nothing is kept.
struct Fits {
  const Answer& answer;
  const Frame& frame;
  const Facts& facts;

  using Kept = std::optional<std::string>;

  Kept operator()(const OnNumber& test) const {
    const bool fits = answer.reading.number == test.number || is_word(test.words, answer, facts);
    return fits ? Kept(test.value) : std::nullopt;
  }
  Kept operator()(const OnYes& test) const { return when(answer.yes == true || is_word(test.words, answer, facts)); }
  Kept operator()(const OnNo& test) const { return when(answer.yes == false || is_word(test.words, answer, facts)); }
  Kept operator()(const OnLanguage&) const {
    return when(chosen_language(answer, frame, facts) != nullptr || wants_other_languages(answer, frame));
  }
  Kept operator()(const OnOneOf& test) const { return chosen(test, answer, frame, facts); }
  Kept operator()(const OnCount& test) const {
    const auto count = typed_count(answer.reading);
    return count && *count >= test.from && *count <= test.to ? Kept(std::to_string(*count)) : std::nullopt;
  }
  Kept operator()(const OnDate& test) const {
    const auto numeric = typed_date(answer.reading, test.range, facts.today);
    return numeric || !answer.moment ? numeric : typed_date(*answer.moment, test.range, facts.today);
  }
  Kept operator()(const OnMoment&) const {
    return answer.moment ? typed_moment(*answer.moment, facts.today) : std::nullopt;
  }
  Kept operator()(const OnPhone&) const { return typed_phone(answer.reading, facts.dialled_in); }
  Kept operator()(const OnMedia&) const { return answer.media.empty() ? std::nullopt : Kept(answer.media); }
  Kept operator()(const OnText&) const {
    std::string text = kept_text(answer.reading);
    return text.empty() ? std::nullopt : Kept(std::move(text));
  }

 private:
  static Kept when(bool fits) { return fits ? Kept("") : std::nullopt; }
};

}  // namespace

const Category* match(const Step& step, const Frame& frame, const Answer& answer, const Facts& facts) {
  const Fits fits{answer, frame, facts};
  const auto found = std::ranges::find_if(
      step.categories, [&](const Category& each) { return std::visit(fits, each.test).has_value(); });
  return found == step.categories.end() ? nullptr : &*found;
}

std::string kept(const Test& test, const Answer& answer, const Frame& frame, const Facts& facts) {
  return std::visit(Fits{answer, frame, facts}, test).value_or("");
}

const LanguageChoice* chosen_language(const Answer& answer, const Frame& frame, const Facts& facts) {
  const auto& languages = facts.languages;
  const auto number = answer.reading.number;
  // Questions that were asked before lists were kept with them: all languages, in their order.
  if (number && frame.offered.empty()) {
    const bool listed = *number >= 1 && static_cast<std::size_t>(*number) <= languages.size();
    return listed ? &languages[static_cast<std::size_t>(*number) - 1] : nullptr;
  }
  const std::string* id = number ? offered_at(frame.offered, *number) : nullptr;
  const auto found = std::ranges::find_if(languages, [&](const LanguageChoice& each) {
    return number ? id != nullptr && each.locale == *id : is_one_of(each.names, answer.reading);
  });
  return found == languages.end() ? nullptr : &*found;
}

bool wants_other_languages(const Answer& answer, const Frame& frame) {
  const std::string* id = answer.reading.number ? offered_at(frame.offered, *answer.reading.number) : nullptr;
  return id != nullptr && leads_to_others(*id);
}

std::string kept_text(const Reading& reading) {
  return std::string(trim(at_most(trim(reading.original), longest_kept)));
}

}  // namespace passerelle::dialog
