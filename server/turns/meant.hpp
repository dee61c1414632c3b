// What somebody who writes in their own words means: a topic that a dialog hears, or a choice of the likeliest.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dialog/engine.hpp"
#include "domain/reading.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

// Which dialog begins, and how.
struct Meant {
  std::string dialog;
  dialog::Opening opening;
};

// The topic's dialog when we are sure; the question which of the two likeliest was meant, a person being the third,
// when we are not and 'may_ask'; nothing when the text resembles no topic. 'known' may be empty.
std::optional<Meant> meant_by(const Content& content, const Reading& reading, const Locale& known, bool may_ask);

// How the dialog begins that hears this topic; nothing when none does any more.
std::optional<Meant> begin_topic(const dialog::Library& library, std::string_view topic);

}  // namespace passerelle::turns
