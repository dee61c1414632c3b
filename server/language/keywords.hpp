// The words that mean STOP, START, HELP, DANGER… in every language, and when a text is one of them.
// Source of the lists: locales/<language>.keywords.json (none reviewed by a native speaker yet).
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/finding.hpp"
#include "domain/reading.hpp"
#include "language/manners.hpp"

namespace passerelle::language {

class Keywords {
 public:
  Keywords();
  ~Keywords();
  Keywords(Keywords&&) noexcept;
  Keywords& operator=(Keywords&&) noexcept;

  // One locales/<language>.keywords.json; its form stands in language/keyword_file.hpp. A later file adds to the lists.
  Findings add(const std::string& file, const std::string& json);

  // DANGER words are found anywhere in the text, in order ("…" in a list stands for up to three other words, "frapp*"
  // for any ending) and with one wrong letter where that cannot be another word (language/danger_phrases.hpp), but not
  // inside a phrase listed as harmless ("feu vert"). The others are the whole message: one or more keywords of one
  // intent with nothing around them but thanks, greetings and emoji. STOP in look-alike letters (ЅТОР, ST0P, S T O P)
  // counts; no other spelling is guessed, because one letter makes the opposite (abmelden, anmelden). A stop word
  // marked "in_sentence" is also told, with whole_message = false, among other words: anywhere in texts of up to 8
  // words, in texts of up to 20 only as their first or last word, in capitals, or as an unmistakable phrase. So is an
  // APPOINTMENT question so marked ("quand … rendez-vous"), anywhere in texts of up to 20 words; none is told where a
  // phrase marked "unless" stands in the same family of languages ("annuler", "je ne peux pas venir").
  std::vector<KeywordHit> find(std::string_view original, std::string_view folded,
                               const std::vector<std::string>& tokens) const;

  // For language/read.hpp: without_manners() and only_manners().
  std::pair<std::size_t, std::size_t> without_manners(const std::vector<std::string>& tokens) const;
  Manners only_manners(std::string_view original, const std::vector<std::string>& tokens) const;

 private:
  struct Table;
  std::unique_ptr<Table> table_;
};

// What the server does with the hits, by the rules of product.md (Danger first; STOP; Replies):
// 1 DANGER of any language, even of a list that nobody has reviewed.
// 2 A whole STOP of any language acts, whoever writes it. It asks when nobody is sure of the word in any language: a
//   native speaker should look at it first, or it never stops alone ("wrong number"), or, while its file is a draft, it
//   is of medium confidence and another meaning shares it. It asks as well when it is a YES or NO in the same language
//   or in the person's own. An answer to an open question, or a START, HELP … of the person's own, goes before a
//   stranger's.
// 3 START, HELP, LANGUAGE, CALLBACK and APPOINTMENT of any language, YES and NO of the person's own or of everybody
//   ("1", "OK", 👍) to an open question; nothing where rule 2 would ask. Menus look at reading.number before they look
//   here.
// 4 A stop word of the person's language or of everybody inside a sentence asks.
// 5 An APPOINTMENT question of the person's language inside a sentence acts.
struct Decision {
  enum class Kind { none, act, ask_stop };  // ask_stop: "1 = no more messages"
  Kind kind = Kind::none;
  Intent intent = Intent::help;  // when 'act'
};

// 'locale' is the person's language (any code; unknown ones are accepted), 'question_open' lets YES and NO count.
Decision decide(const Reading& reading, const Locale& locale, bool question_open);

}  // namespace passerelle::language
