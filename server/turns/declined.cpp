#include "turns/declined.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "language/families.hpp"
#include "language/normalize.hpp"
#include "turns/facts.hpp"

namespace passerelle::turns {
namespace {

constexpr std::string_view list_key = "meant.declined";
constexpr double likely_language = 0.08;    // as language/topics.cpp compares with examples
constexpr std::size_t longest_text = 2000;  // bytes that are looked at; a longer letter is no refusal

constexpr std::array<std::string_view, 12> ends = {".", ",", ";", "!", ":", "\n", "،", "؛", "።", "፣", "፤", "۔"};
constexpr std::array<std::string_view, 3> asks = {"?", "؟", "፧"};

struct Clause {
  std::string text;  // folded
  bool question = false;
};

std::size_t sign_at(std::string_view text, const auto& signs) {
  const auto found = std::ranges::find_if(signs, [&](std::string_view sign) { return text.starts_with(sign); });
  return found == signs.end() ? 0 : found->size();
}

std::vector<Clause> clauses_of(std::string_view text) {
  std::vector<Clause> clauses;
  std::size_t begin = 0;
  const auto end_at = [&](std::size_t at, bool question) {
    std::string folded = language::fold(text.substr(begin, at - begin));
    if (!folded.empty()) clauses.push_back({std::move(folded), question});
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t asked = sign_at(text.substr(at), asks);
    const std::size_t sign = asked > 0 ? asked : sign_at(text.substr(at), ends);
    if (sign > 0) {
      end_at(at, asked > 0);
      begin = at + sign;
    }
    at += std::max<std::size_t>(1, sign);
  }
  end_at(text.size(), false);
  return clauses;
}

class Refusals {
 public:
  Refusals(const Content& content, const Reading& reading, const Locale& known) {
    add(menu_words(content, known));  // the site's and English among them
    for (const auto& [locale, words] : content.words) {
      const auto likely = [&](const LanguageScore& score) {
        return score.confidence >= likely_language && language::family(score.locale) == language::family(locale);
      };
      if (locale != known && std::ranges::any_of(reading.scores, likely)) add(words);
    }
  }

  bool any_in(const Clause& clause) const {
    const std::string framed = " " + clause.text + " ";
    const auto stands = [&](const std::string* phrase) {
      const std::size_t at = framed.find(*phrase);
      return at != std::string::npos && framed[at - 1] == ' ' && framed[at + phrase->size()] == ' ';
    };
    return !clause.question && std::ranges::any_of(phrases_, stands);
  }

 private:
  void add(const dialog::MenuWords& words) {
    const auto found = words.find(list_key);
    if (found == words.end()) return;
    for (const std::string& phrase : found->second) phrases_.push_back(&phrase);
  }

  std::vector<const std::string*> phrases_;
};

void append(Reading& to, const Clause& clause) { to.folded += (to.folded.empty() ? "" : " ") + clause.text; }

}  // namespace

std::optional<Declined> declined(const Content& content, const Reading& reading, const Locale& known) {
  if (reading.original.size() > longest_text) return std::nullopt;
  const Refusals refusals(content, reading, known);
  Declined parts;
  for (const Clause& clause : clauses_of(reading.original))
    append(refusals.any_in(clause) ? parts.declined : parts.rest, clause);
  if (parts.declined.folded.empty()) return std::nullopt;
  for (Reading* part : {&parts.declined, &parts.rest}) {
    part->original = part->folded;
    part->tokens = language::tokens(part->folded);
    part->scores = reading.scores;
  }
  return parts;
}

}  // namespace passerelle::turns
