// Ids are types: a TaskId cannot be passed where an InboundId belongs.
#pragma once

#include <compare>
#include <cstdint>

namespace passerelle {

template <class Noun>
struct Id {
  std::int64_t value = 0;  // SQLite rowid; 0 is "none yet"

  friend auto operator<=>(const Id&, const Id&) = default;
  explicit operator bool() const { return value != 0; }
};

using AddressId = Id<struct AddressNoun>;
using InboundId = Id<struct InboundNoun>;
using OutboundId = Id<struct OutboundNoun>;
using TaskId = Id<struct TaskNoun>;
using CaseId = Id<struct CaseNoun>;
using ActivityId = Id<struct ActivityNoun>;
using InvitationId = Id<struct InvitationNoun>;
using PersonId = Id<struct PersonNoun>;
using AttachmentId = Id<struct AttachmentNoun>;

}  // namespace passerelle
