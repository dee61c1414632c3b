// When a message cannot be told to one address of a person, it is told to the next one that staff have recorded, and in
// the end a person is asked to call. Of each message one cause stays: the next one's is "<cause>><address>", so that no
// address is told the same twice. Replies stay where the person wrote.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "domain/message.hpp"
#include "store/due.hpp"
#include "store/transaction.hpp"
#include "turns/channel_book.hpp"
#include "turns/content.hpp"
#include "turns/enqueue.hpp"

namespace passerelle::turns {

// Why a message goes to another address: they stand beside it, for staff.
inline constexpr const char* because_failed = "failed";
inline constexpr const char* because_not_taken = "not_taken";
inline constexpr const char* because_stalled = "receipt_stalled";
inline constexpr const char* because_silent = "channel_silent";
inline constexpr const char* because_window = "window_closed";

// A STOP to one address of a person is not got around by another one, and nobody knows who else reads those of a
// discreet contact. Why nothing of this class may go on among the addresses of this one's order; empty: it may.
std::string closed_order(store::Transaction& transaction, const Content& content, AddressId address,
                         MessageClass message_class, TimePoint now);

// Where a message that we start goes: to 'to', or, where nothing can be written there now (its window is closed, its
// channel drained, gone or silent), to the next address of the same person where it can.
struct Way {
  Destination to;
  AddressId instead_of = {};  // none: it goes where it was to go
  std::string because = {};
};
// Whether the person has not written there for so long that the gateway takes nothing but approved texts from us.
bool window_is_closed(store::Transaction& transaction, const ChannelFacts& channel, AddressId address, TimePoint now);
// Whether there is an approved text that tells there what is to be told.
using Speaks = std::function<bool(const Destination&)>;

// 'rewritten': it will be written anew for whoever reads the other address. If not, what was meant for a phone of the
// person's own goes only to another one.
Way way_to(store::Transaction& transaction, const Content& content, const ChannelBook& channels, const Destination& to,
           MessageClass message_class, bool rewritten, TimePoint now, const Speaks& speaks = {});

// Due rows; their ref is a message.
bool is_about_next_address(std::string_view due_kind);
// "undelivered" (store/undelivered.hpp): it certainly failed. "receipt_late": nobody has told what became of it within
// the channel's time; then it may be told twice, and the second message says so. The question of a reminder goes along.
void try_next_address(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
                      const store::Due& due, TimePoint now);

}  // namespace passerelle::turns
