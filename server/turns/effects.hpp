// What a turn does besides talking: tasks, cases and answers to invitations, written in its transaction.
#pragma once

#include <vector>

#include "dialog/engine.hpp"
#include "store/transaction.hpp"

namespace passerelle::turns {

struct Done {
  std::vector<dialog::SayEffect> says;  // what is still to be said
  bool crisis = false;                  // somebody cried for help
  bool recorded = false;                // an answer to an invitation, or a case: the person must read that it was taken
};

// 'inbound': the message that the turn answers; none when time has started it. An answer to an invitation that comes
// too late, or to what was cancelled meanwhile, is for a person to read, and that is all that is said then.
Done do_effects(store::Transaction& transaction, AddressId address, InboundId inbound,
                std::vector<dialog::Effect> effects, TimePoint now);

}  // namespace passerelle::turns
