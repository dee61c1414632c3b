// Questions that nobody answers: when their time has come, the dialog goes on by itself ('unanswered').
#pragma once

#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "domain/conversation.hpp"
#include "store/transaction.hpp"
#include "turns/channel_book.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

// Of the due rows; their ref is an address.
inline constexpr std::string_view question_due = "question";

// Keeps the due row of a conversation's next time-out in step with it. Call it wherever a conversation is saved.
void plan_time_out(store::Transaction& transaction, AddressId address, const Conversation& before,
                   const Conversation& next);

// Lets the question of this address give up whose time has come first. What is said then is a message that we start.
// While the rules hold it, tasks open already and the question waits on, so that a late answer finds it; a turn that
// asks again waits as a whole. What the rules withhold is not said. A discreet contact is told nothing. Gives the ways
// that the dialog took.
std::vector<dialog::Taken> time_out(store::Transaction& transaction, const Content& content,
                                    const ChannelBook& channels, AddressId address, TimePoint now);

}  // namespace passerelle::turns
