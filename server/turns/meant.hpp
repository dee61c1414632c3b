// What somebody who writes in their own words means: a topic that a dialog hears, or a choice of the likeliest.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialog/engine.hpp"
#include "domain/reading.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

// The dialog that asks which topic was meant.
inline constexpr const char* meant_dialog = "meant";

// What becomes of a text in somebody's own words.
struct Understood {
  enum class Kind {
    nothing,  // it resembles no topic: the menu
    begins,   // the first topic's dialog begins
    asks,     // which of 'topics' was meant, or a person; 'topics' is one or two
  };
  Kind kind = Kind::nothing;
  std::vector<language::TopicGuess> topics = {};  // the likeliest first; empty for 'nothing'
};

// 'reading' is without manners, 'known' the person's language or empty. One word alone is a topic only where its lists
// hold it, and asked about where it is one of them mistyped.
Understood understand(const Content& content, const Reading& reading, const Locale& known);

// Which dialog begins, and how.
struct Meant {
  std::string dialog;
  dialog::Opening opening;
};

// The topic's dialog, or the question which was meant where 'may_ask'; nothing when the menu is the answer.
std::optional<Meant> meant_by(const Content& content, const Reading& reading, const Locale& known, bool may_ask);

// How the dialog begins that hears this topic; nothing when none does any more.
std::optional<Meant> begin_topic(const dialog::Library& library, std::string_view topic);

}  // namespace passerelle::turns
