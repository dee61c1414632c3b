// Attachments as staff see them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/address.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

struct ListedAttachment {
  AttachmentId id;
  std::string ref;
  Address from;
  TimePoint received{};                         // the message, by our clock
  std::string text;                             // of the message; empty: it is the attachment alone
  std::string state;                            // waiting, kept, lost, erased
  std::string why;                              // of lost, or of the wait
  std::string type;                             // kept: image/jpeg
  std::int64_t bytes = 0;                       // kept
  std::string digest;                           // kept: SHA-256 in hex
  std::optional<TimePoint> next_at, not_after;  // waiting
};

// The newest first: of one sender, or of all.
std::vector<ListedAttachment> newest_attachments(Transaction& transaction, std::int64_t limit,
                                                 std::optional<AddressId> from = {});
// Those of a message and of what its sender wrote up to another one, in their order; not more than 20.
std::vector<ListedAttachment> attachments_among(Transaction& transaction, InboundId first, InboundId last);
// Whose ref begins with 'ref', at most two: enough to know that it names one.
std::vector<ListedAttachment> attachments_named(Transaction& transaction, const std::string& ref);

}  // namespace passerelle::store
