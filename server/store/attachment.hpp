// What people showed us: what is still to be fetched from the gateway, and what is known of the files that were.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/address.hpp"
#include "domain/message.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

// How long a gateway is asked for a file: WhatsApp keeps one for a week, Vonage for two days.
inline constexpr std::chrono::hours attachment_lasts{72};

// Rows for a message that has just been remembered; its channel is told (Notes::media).
void add_attachments(Transaction& transaction, InboundId inbound, AddressId address, const InboundMessage& message,
                     TimePoint now);

struct WaitingAttachment {
  AttachmentId id;
  std::string ref;  // names the file
  AddressId address;
  Attachment attachment;  // where it is at the gateway
  std::int64_t attempt = 0;
  TimePoint not_after{};
};
// The first of a channel that is due; nothing: none is.
std::optional<WaitingAttachment> due_attachment(Transaction& transaction, const std::string& channel, TimePoint now);
std::optional<TimePoint> next_attachment(Transaction& transaction, const std::string& channel);

// Bytes of the files that are kept: of all, and of one sender.
std::int64_t kept_bytes(Transaction& transaction);
std::int64_t kept_bytes_of(Transaction& transaction, AddressId address);

struct FileFacts {
  std::string type;  // by its bytes
  std::int64_t bytes = 0;
  std::string digest;  // SHA-256 in hex
};
// Only what waits changes: staff may have erased it meanwhile. False: it did not wait any more.
bool keep_attachment(Transaction& transaction, AttachmentId id, const FileFacts& file, TimePoint now);
void postpone_attachment(Transaction& transaction, AttachmentId id, TimePoint at, const std::string& why);
void lose_attachment(Transaction& transaction, AttachmentId id, const std::string& why, TimePoint now);

// Staff want it gone. What waited is not fetched; of what is kept the file goes next (Notes::media).
void erase_attachment(Transaction& transaction, AttachmentId id, TimePoint now);
struct ErasedFile {
  AttachmentId id;
  std::string ref;
};
std::vector<ErasedFile> erased_files(Transaction& transaction, std::int64_t limit);
void forget_file(Transaction& transaction, AttachmentId id);  // it is gone
// Of these refs, those whose file is meant to be there.
std::vector<std::string> refs_kept(Transaction& transaction, const std::vector<std::string>& refs);

}  // namespace passerelle::store
