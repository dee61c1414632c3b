// The menu of languages: the likely ones first, and no more at a time than a short message holds.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "dialog/engine.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

// How somebody writes to us.
struct Reached {
  std::string_view country = {};  // of the telephone: "ER"; empty: not known
  std::size_t buttons = 0;        // that the channel can show
};

// All that this phone can show. What the text may be in, then the languages of its script, what we know of the person,
// what is spoken in the telephone's country, and the rest as the association lists them: that is what its people use.
std::vector<Locale> likely_first(const Content& content, const Conversation& conversation, const Reading& reading,
                                 std::string_view country);

// The language of the association that is most spoken in a country; empty where none is.
Locale language_of(const Content& content, std::string_view country);

// The server's knowledge, and the menu of languages for this text. All references outlive it; the conversation is read
// when the menu is asked for.
class KnowsLanguages final : public dialog::Knowledge {
 public:
  KnowsLanguages(const dialog::Knowledge& others, const Content& content, const Conversation& conversation,
                 const Reading& reading, Reached reached)
      : others_(others), content_(content), conversation_(conversation), reading_(reading), reached_(reached) {}

  std::optional<std::int64_t> fact(std::string_view name, const Answers& kept) const override {
    return others_.fact(name, kept);
  }
  std::vector<dialog::Choice> list(std::string_view name, const Answers& kept) const override;
  std::optional<std::string> pick(std::string_view what, const Answers& kept) const override {
    return others_.pick(what, kept);
  }

 private:
  std::size_t at_once(const std::vector<Locale>& languages) const;

  const dialog::Knowledge& others_;
  const Content& content_;
  const Conversation& conversation_;
  const Reading& reading_;
  const Reached reached_;
};

}  // namespace passerelle::turns
