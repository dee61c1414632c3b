#include "adapters/pressed.hpp"

#include <string>

#include "domain/press.hpp"

namespace passerelle::adapters {

std::string_view words_of_row(std::string_view payload, std::string_view title, std::string_view description) {
  return description.empty() || !read_press(payload) ? title : description;
}

void note_press(std::string_view payload, InboundMessage& message) {
  const auto press = read_press(payload);
  if (!press) return;
  message.payload = payload;
  message.words = InboundMessage::Words::pressed;
  message.kind = InboundMessage::Kind::text;
  if (message.text.empty() || message.text == payload) message.text = std::to_string(press->number);
}

}  // namespace passerelle::adapters
