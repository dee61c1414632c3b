// A person with three addresses in an order: "chat", whose window closes after a day, "sms", and "second".
#pragma once

#include <map>
#include <string>
#include <vector>

#include "store/channel_order.hpp"
#include "store/channel_silence.hpp"
#include "store/outbox.hpp"
#include "store/undelivered.hpp"
#include "turns/left_order.hpp"
#include "turns/next_address.hpp"
#include "unit/turns/room.hpp"

namespace passerelle::turns {

using Places = std::vector<std::string>;

class NextAddress : public Room {
 protected:
  NextAddress() {
    for (const char* name : {"chat", "second"}) channels_[name].sends = true;
    channels_["chat"].window = std::chrono::hours(24);
    chat_ = known({"chat", "+41790000011"});
    second_ = known({"second", "+41790000012"});
    const std::vector<AddressId> order = {chat_.id, to().id, second_.id};
    work([&](auto& transaction) { store::set_channel_order(transaction, order, start_); });
  }

  Destination known(const Address& address) {
    Destination found{{}, address};
    work([&](auto& transaction) { found.id = store::find_or_add_address(transaction, address, start_); });
    return found;
  }
  Destination to() { return known(phone_); }
  void heard(TimePoint when) {
    work([&](auto& transaction) { store::set_heard(transaction, chat_.id, when); });
  }
  void note(AddressId id, const Contact& contact) {
    work([&](auto& transaction) { store::save_contact(transaction, id, contact, start_); });
  }
  void stop(AddressId id) {
    work([&](auto& transaction) {
      Conversation conversation = store::load_conversation(transaction, id);
      conversation.consent = Consent::stopped;
      store::save_conversation(transaction, id, conversation, start_);
    });
  }
  Way way(TimePoint now, bool rewritten = false) {
    Way found;
    work([&](auto& transaction) {
      found = way_to(transaction, *content_, channels_, chat_, MessageClass::reminder, rewritten, now);
    });
    return found;
  }
  OutboundId send(const Destination& to, TimePoint now) {
    OutboundId sent;
    work([&](auto& transaction) {
      const OwnMessage message{to, "desk:1", "fr", {MessageClass::reminder, false, false, now + std::chrono::hours(4)}};
      sent = enqueue_own(transaction, *content_, channels_, message, {"Venez demain"}, true, now).messages.at(0);
    });
    return sent;
  }
  void fail(OutboundId message, TimePoint now) {
    work([&](auto& transaction) { store::mark_failed(transaction, message, "needs_template", now); });
    go_on(now);
  }
  void go_on(TimePoint now) {
    work([&](auto& transaction) {
      for (const store::Due& due : store::find_due(transaction, now, 100)) {
        if (!is_about_next_address(due.kind)) continue;
        store::remove_due(transaction, due);
        run_due(transaction, *content_, channels_, due, now);
      }
    });
  }
  OutboundId last() {
    OutboundId found;
    work([&](auto& transaction) {
      store::Statement row(transaction.database(), "SELECT max(id) FROM outbound");
      if (row.next()) found = row.get<OutboundId>(0);
    });
    return found;
  }
  // "chat failed", "sms queued": the messages, the oldest first.
  Places story() {
    Places places;
    work([&](auto& transaction) {
      store::Statement row(transaction.database(),
                           "SELECT id, channel, state FROM outbound WHERE via = 'api' ORDER BY id");
      while (row.next()) {
        ids_[row.get<std::string>(1)] = row.get<OutboundId>(0);
        places.push_back(row.get<std::string>(1) + " " + row.get<std::string>(2));
      }
    });
    return places;
  }
  std::int64_t open_tasks() {
    std::int64_t count = 0;
    work([&](auto& transaction) {
      store::Statement row(transaction.database(), "SELECT count(*) FROM task WHERE closed IS NULL");
      if (row.next()) count = row.get<std::int64_t>(0);
    });
    return count;
  }

  const TimePoint now_ = at("2027-03-22 10:00");
  Destination chat_, second_;
  std::map<std::string, OutboundId> ids_;
};

}  // namespace passerelle::turns
