#include "store/attachment.hpp"

#include "base/crypto.hpp"
#include "store/inbound_attachments.hpp"
#include "store/statement.hpp"

namespace passerelle::store {

void add_attachments(Transaction& transaction, InboundId inbound, AddressId address, const InboundMessage& message,
                     TimePoint now) {
  for (std::size_t number = 0; number < message.attachments.size(); ++number) {
    Statement(transaction.database(),
              "INSERT INTO attachment (ref, inbound, number, address, channel, next_at, not_after, state_at)"
              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?6)",
              crypto::random_ref(), inbound, static_cast<std::int64_t>(number), address, message.from.channel, now,
              now + attachment_lasts)
        .run();
  }
  if (!message.attachments.empty()) transaction.note_media(message.from.channel);
}

std::optional<WaitingAttachment> due_attachment(Transaction& transaction, const std::string& channel, TimePoint now) {
  Statement row(transaction.database(),
                "SELECT a.id, a.ref, a.address, i.attachments, a.number, a.attempt, a.not_after"
                " FROM attachment a JOIN inbound i ON i.id = a.inbound"
                " WHERE a.channel = ?1 AND a.state = 'waiting' AND a.next_at <= ?2 ORDER BY a.next_at, a.id LIMIT 1",
                channel, now);
  if (!row.next()) return std::nullopt;
  WaitingAttachment found{row.get<AttachmentId>(0), row.get<std::string>(1), row.get<AddressId>(2), {},
                          row.get<std::int64_t>(5), row.get<TimePoint>(6)};
  const std::vector<Attachment> all = read_attachments(row.get<std::string>(3));
  const auto number = row.get<std::size_t>(4);
  if (number < all.size()) found.attachment = all[number];
  return found;
}

std::optional<TimePoint> next_attachment(Transaction& transaction, const std::string& channel) {
  Statement row(transaction.database(), "SELECT min(next_at) FROM attachment WHERE channel = ?1 AND state = 'waiting'",
                channel);
  return row.next() ? row.get<std::optional<TimePoint>>(0) : std::nullopt;
}

std::int64_t kept_bytes(Transaction& transaction) {
  Statement row(transaction.database(), "SELECT sum(bytes) FROM attachment WHERE state = 'kept'");
  return row.next() ? row.get<std::int64_t>(0) : 0;
}

std::int64_t kept_bytes_of(Transaction& transaction, AddressId address) {
  Statement row(transaction.database(), "SELECT sum(bytes) FROM attachment WHERE state = 'kept' AND address = ?1",
                address);
  return row.next() ? row.get<std::int64_t>(0) : 0;
}

bool keep_attachment(Transaction& transaction, AttachmentId id, const FileFacts& file, TimePoint now) {
  Statement(transaction.database(),
            "UPDATE attachment SET state = 'kept', why = NULL, type = ?2, bytes = ?3, digest = ?4, state_at = ?5"
            " WHERE id = ?1 AND state = 'waiting'",
            id, file.type, file.bytes, file.digest, now)
      .run();
  return transaction.database().changes() == 1;
}

void postpone_attachment(Transaction& transaction, AttachmentId id, TimePoint at, const std::string& why) {
  Statement(transaction.database(),
            "UPDATE attachment SET attempt = attempt + 1, next_at = ?2, why = ?3 WHERE id = ?1 AND state = 'waiting'",
            id, at, why)
      .run();
}

void lose_attachment(Transaction& transaction, AttachmentId id, const std::string& why, TimePoint now) {
  Statement(transaction.database(),
            "UPDATE attachment SET state = 'lost', why = ?2, state_at = ?3 WHERE id = ?1 AND state = 'waiting'", id,
            why, now)
      .run();
}

void erase_attachment(Transaction& transaction, AttachmentId id, TimePoint now) {
  Statement row(transaction.database(),
                "UPDATE attachment SET state = 'erased', why = NULL, type = NULL, digest = NULL, state_at = ?2"
                " WHERE id = ?1 RETURNING channel",
                id, now);
  if (row.next()) transaction.note_media(row.get<std::string>(0));
}

std::vector<ErasedFile> erased_files(Transaction& transaction, std::int64_t limit) {
  Statement row(transaction.database(),
                "SELECT id, ref FROM attachment WHERE state = 'erased' AND bytes IS NOT NULL ORDER BY id LIMIT ?1",
                limit);
  std::vector<ErasedFile> found;
  while (row.next()) found.push_back({row.get<AttachmentId>(0), row.get<std::string>(1)});
  return found;
}

void forget_file(Transaction& transaction, AttachmentId id) {
  Statement(transaction.database(), "UPDATE attachment SET bytes = NULL WHERE id = ?1 AND state = 'erased'", id).run();
}

std::vector<std::string> refs_kept(Transaction& transaction, const std::vector<std::string>& refs) {
  std::vector<std::string> kept;
  for (const std::string& ref : refs) {
    Statement row(transaction.database(), "SELECT 1 FROM attachment WHERE ref = ?1 AND state = 'kept'", ref);
    if (row.next()) kept.push_back(ref);
  }
  return kept;
}

}  // namespace passerelle::store
