// Sentences of a turn as texts: rendered in the reader's language, with the site's beside drafts that are critical.
// The only caller of language::render.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialog/engine.hpp"
#include "domain/message.hpp"
#include "language/render.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

// A message as it will stand on the phone, and the same in the site's language, for staff: empty where it is in that
// language. Of what was parted into several messages the first one has the words of all.
struct Text {
  Text(std::string words) : text(std::move(words)) {}  // NOLINT: a text without a gloss is a text
  Text(const char* words) : text(words) {}             // NOLINT

  std::string text;
  std::string gloss = {};
  Buttons buttons = {};                     // where it ends in a question that can be answered by one
  std::optional<FilledText> approved = {};  // it is one that the gateway has approved
};
using Texts = std::vector<Text>;

// The sentences of one turn as they will stand on the phone. 'latin_line_told' of the conversation is set when the
// line for phones without our letters was added. Sentences that need an unknown or expired fact are left out. Answers
// to what 'conversation' is asked at 'now' become buttons.
Texts compose(const Content& content, const std::vector<dialog::SayEffect>& says, const Locale& reply_in,
              Conversation& conversation, TimePoint now);
// The same for a phone that is watched: nothing but the sentences, as a friend would write them. The line for phones
// without our letters would tell that a machine writes, and so would buttons.
Texts compose_discreetly(const Content& content, const std::vector<dialog::SayEffect>& says, const Locale& reply_in,
                         const Conversation& conversation, TimePoint now);

// One sentence by itself, as a part of another; empty when it cannot be told.
std::string tell(const Content& content, const dialog::SayEffect& say, const Locale& reply_in, TimePoint now);
// …with values of its own, and no facts: a phrase that staff filled in.
std::string tell_with(const Content& content, std::string_view key, const language::Values& values,
                      const Locale& locale);

}  // namespace passerelle::turns
