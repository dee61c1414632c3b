// The words that mean STOP, START, HELP, DANGER… in every language, and when a text is one of them.
// Source of the lists: locales/<language>.keywords.json (none reviewed by a native speaker yet).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/finding.hpp"
#include "domain/reading.hpp"

namespace passerelle::language {

class Keywords {
 public:
  Keywords();
  ~Keywords();
  Keywords(Keywords&&) noexcept;
  Keywords& operator=(Keywords&&) noexcept;

  // One file: {"language": "fr", "status": "draft", "keywords": {"STOP": [{"text", "form", "confidence"}]}}.
  Findings add(const std::string& file, const std::string& json);

  // DANGER is found anywhere in the text as whole words; the others as the whole message.
  std::vector<KeywordHit> find(std::string_view original, std::string_view folded, const std::vector<std::string>& tokens) const;

 private:
  struct Table;
  std::unique_ptr<Table> table_;
};

// What the server does with the hits, by the rules of product.md (Danger first; STOP; Replies):
struct Decision {
  enum class Kind { none, act, ask_stop };  // ask_stop: "1 = no more messages"
  Kind kind = Kind::none;
  Intent intent = Intent::help;  // when 'act'
};

// 'locale' is the person's language (any code; unknown ones are accepted), 'question_open' lets YES and NO count.
Decision decide(const Reading& reading, const Locale& locale, bool question_open);

}  // namespace passerelle::language
