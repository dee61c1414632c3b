// A button that was pressed: what of it is kept, whatever the gateway.
#pragma once

#include <string_view>

#include "domain/message.hpp"

namespace passerelle::adapters {

// Of a row whose words are too long for a title, we put them below it (interactive.hpp): where the payload is one of
// ours, they are what the person chose.
std::string_view words_of_row(std::string_view payload, std::string_view title, std::string_view description);

// Where the payload is one of ours, the message is that answer, and its words are only what people see of it: the
// number, where the gateway tells no words. Of any other button the words count, as ever.
void note_press(std::string_view payload, InboundMessage& message);

}  // namespace passerelle::adapters
