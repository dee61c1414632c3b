#include "store/conversation.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "store/alias.hpp"
#include "store/event.hpp"
#include "store/outbox.hpp"
#include "store/sealed.hpp"
#include "store/statement.hpp"

namespace passerelle::store {
namespace {

// How much may be sent.
int width(Consent consent) {
  switch (consent) {
    case Consent::open: return 2;
    case Consent::reminders_only: return 1;
    case Consent::stopped: return 0;
  }
  return 0;
}

}  // namespace

Conversation load_conversation(Transaction& transaction, AddressId address) {
  Statement statement(transaction.database(), "SELECT state FROM conversation WHERE address = ?1", address);
  if (!statement.next()) return {};
  result<Conversation> loaded = passerelle::load_conversation(unseal(statement.get<std::string>(0)));
  if (!loaded)
    throw UnreadableConversation(fmt::format("conversation of address {}: {}", address.value, loaded.error().what));
  return std::move(*loaded);
}

std::uint64_t conversation_version(Transaction& transaction, AddressId address) {
  Statement statement(transaction.database(), "SELECT version FROM conversation WHERE address = ?1", address);
  return statement.next() ? statement.get<std::uint64_t>(0) : 0;
}

std::optional<ConversationMark> conversation_mark(Transaction& transaction, AddressId address) {
  Statement statement(transaction.database(), "SELECT version, changed_at FROM conversation WHERE address = ?1",
                      address);
  if (!statement.next()) return std::nullopt;
  return ConversationMark{statement.get<std::uint64_t>(0), statement.get<TimePoint>(1)};
}

Conversation set_aside_conversation(Transaction& transaction, AddressId address, TimePoint now) {
  Database& database = transaction.database();
  Statement(database,
            "INSERT INTO event (at, kind, ref, detail)"
            " SELECT ?2, 'conversation.unreadable', address, state FROM conversation WHERE address = ?1",
            address, now)
      .run();
  Conversation fresh;
  fresh.consent = Consent::stopped;
  fresh.version = conversation_version(transaction, address);
  return fresh;
}

// A version lower than the stored one was computed from an old copy: saving it would undo a turn. Most are there
// already, so that an update comes first: an insert that finds the row in its way costs more.
void save_conversation(Transaction& transaction, AddressId address, const Conversation& conversation, TimePoint now) {
  const std::string state = seal(save(conversation));
  const auto version = static_cast<std::int64_t>(conversation.version);
  Database& database = transaction.database();
  Statement(database,
            "UPDATE conversation SET version = ?2, state = ?3, changed_at = ?4 WHERE address = ?1 AND version <= ?2",
            lent, address, version, Blob{state}, now)
      .run();
  if (database.changes() == 1) return;
  Statement(database,
            "INSERT INTO conversation (address, version, state, changed_at) VALUES (?1, ?2, ?3, ?4)"
            " ON CONFLICT (address) DO NOTHING",
            lent, address, version, Blob{state}, now)
      .run();
  if (database.changes() == 1) return;
  throw std::logic_error(fmt::format("conversation of address {}: version {} is older than the stored one",
                                     address.value, conversation.version));
}

Consent consent_of(Transaction& transaction, AddressId address) {
  try {
    return load_conversation(transaction, address).consent;
  } catch (const UnreadableConversation&) {
    return Consent::stopped;
  }
}

void narrow_consent(Transaction& transaction, AddressId address, Consent consent, const std::string& by,
                    TimePoint now) {
  Conversation conversation;
  try {
    conversation = load_conversation(transaction, address);
  } catch (const UnreadableConversation&) {
    conversation = set_aside_conversation(transaction, address, now);  // counts as stopped
  }
  if (width(conversation.consent) <= width(consent)) return;
  conversation.consent = consent;
  ++conversation.version;
  save_conversation(transaction, address, conversation, now);
  add_event(transaction, "contact.opted_out", address.value, by, now);
  const MessageClass from = consent == Consent::stopped ? MessageClass::reminder : MessageClass::shift;
  stop_outbound_to(transaction, address, from, "consent", now);
}

void record_opt_out(Transaction& transaction, AddressId address, TimePoint now) {
  narrow_consent(transaction, address, Consent::stopped, "gateway", now);
  stop_twins(transaction, address, Consent::stopped, now);
}

}  // namespace passerelle::store
