// A button that was pressed: what of it is kept, whatever the gateway.
#pragma once

#include <string_view>

#include "domain/message.hpp"

namespace passerelle::adapters {

// Where the payload is one of ours, the message is that answer, and its words are only what people see of it: the
// number, where the gateway tells no words. Of any other button the words count, as ever.
void note_press(std::string_view payload, InboundMessage& message);

}  // namespace passerelle::adapters
