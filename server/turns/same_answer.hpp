// Knows a conversation with a machine by our side of it: whoever makes us say the same again and again hears nothing.
#pragma once

#include "domain/conversation.hpp"
#include "turns/compose.hpp"

namespace passerelle::turns {

// True: these texts are what we have said twice in a row, the last time less than ten minutes ago. Then they are not to
// be said. 'last' becomes what has been said; silence changes nothing.
bool says_the_same_again(const Texts& texts, LastAnswer& last, TimePoint now);

}  // namespace passerelle::turns
