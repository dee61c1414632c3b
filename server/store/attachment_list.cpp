#include "store/attachment_list.hpp"

#include "store/sealed.hpp"
#include "store/statement.hpp"

namespace passerelle::store {
namespace {

ListedAttachment read(const Statement& row) {
  ListedAttachment one;
  one.id = row.get<AttachmentId>(0);
  one.ref = row.get<std::string>(1);
  one.from = {row.get<std::string>(2), unseal(row.get<std::string>(3))};
  one.received = row.get<TimePoint>(4);
  one.text = unseal(row.get<std::string>(5));
  one.state = row.get<std::string>(6);
  one.why = row.get<std::string>(7);
  one.type = row.get<std::string>(8);
  one.bytes = row.get<std::int64_t>(9);
  one.digest = row.get<std::string>(10);
  if (one.state != "waiting") return one;
  one.next_at = row.get<TimePoint>(11);
  one.not_after = row.get<TimePoint>(12);
  return one;
}

std::vector<ListedAttachment> read_all(Statement& row) {
  std::vector<ListedAttachment> found;
  while (row.next()) found.push_back(read(row));
  return found;
}

}  // namespace

std::vector<ListedAttachment> newest_attachments(Transaction& transaction, std::int64_t limit,
                                                 std::optional<AddressId> from) {
  Statement row(transaction.database(),
                "SELECT a.id, a.ref, p.channel, p.user, i.received_at, i.text, a.state, a.why, a.type, a.bytes,"
                " a.digest, a.next_at, a.not_after FROM attachment a JOIN inbound i ON i.id = a.inbound"
                " JOIN address p ON p.id = a.address WHERE ?2 IS NULL OR a.address = ?2 ORDER BY a.id DESC LIMIT ?1",
                limit, from);
  return read_all(row);
}

std::vector<ListedAttachment> attachments_among(Transaction& transaction, InboundId first, InboundId last) {
  Statement row(transaction.database(),
                "SELECT a.id, a.ref, p.channel, p.user, i.received_at, i.text, a.state, a.why, a.type, a.bytes,"
                " a.digest, a.next_at, a.not_after FROM attachment a JOIN inbound i ON i.id = a.inbound"
                " JOIN address p ON p.id = a.address WHERE a.inbound BETWEEN ?1 AND ?2"
                " AND a.address = (SELECT address FROM inbound WHERE id = ?1) ORDER BY a.inbound, a.number LIMIT 20",
                first, last);
  return read_all(row);
}

std::vector<ListedAttachment> attachments_named(Transaction& transaction, const std::string& ref) {
  // Refs are lower-case hex digits, and 'g' follows 'f': the unique index finds the beginning.
  Statement row(transaction.database(),
                "SELECT a.id, a.ref, p.channel, p.user, i.received_at, i.text, a.state, a.why, a.type, a.bytes,"
                " a.digest, a.next_at, a.not_after FROM attachment a JOIN inbound i ON i.id = a.inbound"
                " JOIN address p ON p.id = a.address WHERE a.ref >= ?1 AND a.ref < ?1 || 'g' ORDER BY a.ref LIMIT 2",
                ref);
  return read_all(row);
}

}  // namespace passerelle::store
