// Names that belong together: a gateway may tell of one sender, in one event, an id that stays and a telephone number
// (Signal's uuid, WhatsApp's business-scoped id, and the number that people may hide). Both then lead to one address:
// one conversation, one consent, one STOP.
//
// Only what the gateway itself tells in one event counts; not that two names were told one after the other, that they
// write alike, or that staff took them for one person (that is store/channel_order.hpp). The id is who somebody is, and
// the number is what they have at the moment:
//   - A number that nobody had becomes a name of the account; one that it had before is not its own any more.
//   - A number without an account, whose conversation we have, is this account's from now on: whoever answers from it
//     is whom we wrote to.
//   - A number that another account had (recycled, or a new SIM) goes to the new one, and its conversation does not:
//     the former holder's address takes the name of their account, and a task "number_moved" tells staff.
//   - Two names that have had a conversation each are not merged, since one of them may have been another person's.
//     They are twins: a STOP on one is a STOP on both, because both reach one telephone; START opens only where it was
//     said. A task "two_threads" tells staff.
//   - When the number of two twins is another's, or the account has another one, the number's conversation ends: it may
//     have been anybody's. Its address is called "former:<id>", which nothing reaches, gets no message any more as
//     after a STOP, and is nobody's twin; a task "number_moved" tells staff. The account's conversation goes on.
//   - An address keeps its name, by which staff know it and where what we write goes, until the number is another's.
//   - What the gateway told earlier (webhooks come late, and again for days) changes nothing that it told later.
#pragma once

#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/conversation.hpp"
#include "domain/message.hpp"
#include "store/address.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

// The address that a new message belongs to, added where it is missing, and heard from; learns what its gateway tells
// of names.
HeardFrom address_of_sender(Transaction& transaction, const InboundMessage& message, TimePoint now);

// The address that goes by this name; none: nobody does, or only as its own name (address.hpp looks there).
AddressId find_alias(Transaction& transaction, const Address& address);

std::vector<AddressId> twins_of(Transaction& transaction, AddressId address);
// A STOP was said at 'address', or recorded of it: the twins get it, too. Never makes a consent wider.
void stop_twins(Transaction& transaction, AddressId address, Consent consent, TimePoint now);

}  // namespace passerelle::store
