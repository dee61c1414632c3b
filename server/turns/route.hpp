// Who gets a text: DANGER, then STOP and START, the other keywords, the open question, else the first dialog.
// Pure: (conversation, reading, content, now) → turn, and the language the answer is written in.
#pragma once

#include "dialog/engine.hpp"
#include "domain/message.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

struct Routed {
  dialog::Turn turn;
  Locale reply_in;  // this turn's language; may differ from the stored one (language.md, 2.5)
};

Routed route(const Content& content, const Conversation& conversation, const Reading& reading,
             InboundMessage::Kind kind, TimePoint now);

}  // namespace passerelle::turns
