#include "adapters/pressed.hpp"

#include <string>

#include "domain/press.hpp"

namespace passerelle::adapters {

void note_press(std::string_view payload, InboundMessage& message) {
  const auto press = read_press(payload);
  if (!press) return;
  message.payload = payload;
  message.words = InboundMessage::Words::pressed;
  message.kind = InboundMessage::Kind::text;
  if (message.text.empty() || message.text == payload) message.text = std::to_string(press->number);
}

}  // namespace passerelle::adapters
