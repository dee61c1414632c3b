// Questions that are not on the phone yet: nobody can have answered them. A reminder that waits for its gateway is open
// in the conversation from the moment it is queued; until it leaves, a "2" is for something else.
#pragma once

#include <vector>

#include "domain/conversation.hpp"
#include "store/transaction.hpp"

namespace passerelle::turns {

// Takes the frames of such questions out of the conversation.
std::vector<Frame> take_unheard(store::Transaction& transaction, Conversation& conversation);

// Puts them back on top, where they will arrive.
void put_back(std::vector<Frame> unheard, Conversation& conversation);

}  // namespace passerelle::turns
