// Who gets a text: DANGER, then STOP and START, the open question, the other keywords, else the first dialog.
// Pure: (conversation, reading, content, now) → turn, and the language the answer is written in.
#pragma once

#include "dialog/engine.hpp"
#include "domain/message.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

struct Routed {
  dialog::Turn turn;
  Locale reply_in;  // this turn's language; may differ from the stored one (reply_language.hpp)
};

// What was sent, besides what the reading tells.
struct Sent {
  InboundMessage::Kind kind = InboundMessage::Kind::text;
  std::string media = {};         // the number of the message, when it brought a photo, a voice or a file
  bool person_called = false;     // a human was called for this address not long ago: further words belong to that
  bool appointment_near = false;  // within the next days, and we have told them
  std::string country = {};       // whose phone it was sent with: "FR"; empty: not known
  TimePoint written{};            // the gateway's time; it may have come late. 0: now
  std::string payload = {};       // of a button of ours that was pressed
  std::size_t buttons = 0;        // that the channel can show below one message
};

// What the turn may use beside the content: the dialogs, with the versions that this conversation began with, and what
// the server knows at this moment. Both outlive the call.
struct AtHand {
  const dialog::Library& library;
  const dialog::Knowledge& knowledge = dialog::nothing_known();
};

Routed route(const Content& content, const AtHand& at_hand, const Conversation& conversation, const Reading& reading,
             const Sent& sent, TimePoint now);

}  // namespace passerelle::turns
