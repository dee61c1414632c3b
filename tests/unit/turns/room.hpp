// A store in memory, the demo association, one channel that sends, and a phone: where the tests of turns happen.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "casework/appointments.hpp"
#include "store/activity.hpp"
#include "store/address.hpp"
#include "store/channel_state.hpp"
#include "store/contact.hpp"
#include "store/conversation.hpp"
#include "store/due.hpp"
#include "store/event.hpp"
#include "store/sealed.hpp"
#include "store/statement.hpp"
#include "store/task.hpp"
#include "support/demo.hpp"
#include "turns/enqueue.hpp"
#include "turns/remind.hpp"

namespace passerelle::turns {

inline TimePoint at(std::string_view civil) { return to_instant(parse_civil(civil).value(), "Europe/Zurich"); }

// A row of the queue, or an inline reply.
struct Row {
  std::string cause, text, locale, state, why, encoding;
  MessageClass message_class = MessageClass::reply;
  std::optional<TimePoint> not_after, next_at;
};

using Kinds = std::vector<std::string>;

class Room : public ::testing::Test {
 protected:
  Room() { channels_["sms"].sends = true; }

  // One transaction, as an operation of staff or a message of a person is. Not inside another.
  void work(const std::function<void(store::Transaction&)>& what) {
    const result<void> done = store::transact_now(*writer_, what);
    EXPECT_TRUE(done) << to_string(done.error());
  }

  AddressId address() {
    AddressId found;
    work([&](auto& transaction) { found = store::find_or_add_address(transaction, phone_, start_); });
    return found;
  }
  Destination to() { return {address(), phone_}; }

  // --- what is known of the phone ---
  void record(const Contact& contact) {
    const AddressId id = address();
    work([&](auto& transaction) { store::save_contact(transaction, id, contact, start_); });
  }
  Contact contact() {
    const AddressId id = address();
    Contact found;
    work([&](auto& transaction) { found = store::load_contact(transaction, id); });
    return found;
  }
  Conversation conversation() {
    const AddressId id = address();
    Conversation found;
    work([&](auto& transaction) { found = store::load_conversation(transaction, id); });
    return found;
  }
  void set(const std::function<void(Conversation&)>& change) {
    const AddressId id = address();
    work([&](auto& transaction) {
      Conversation conversation = store::load_conversation(transaction, id);
      change(conversation);
      ++conversation.version;
      store::save_conversation(transaction, id, conversation, start_);
    });
  }
  void reads(const Locale& locale) {
    set([&](Conversation& conversation) { conversation.locale = locale; });
  }
  void wants(Consent consent) {
    set([&](Conversation& conversation) { conversation.consent = consent; });
  }
  void break_conversation() {
    work([](auto& transaction) {
      store::Statement(transaction.database(),
                       "UPDATE conversation SET state = CAST(x'00000000' || '{\"format\":2}' AS BLOB)")
          .run();
    });
  }

  // --- what happens ---
  TakenIn say(const std::string& text, TimePoint now, bool muted = false) {
    InboundMessage message = passerelle::testing::text_from(phone_.user, text, "in-" + std::to_string(++said_));
    message.sent_at = now;
    return receive(message, now, muted);
  }
  TakenIn receive(const InboundMessage& message, TimePoint now, bool muted = false, bool by_webhook = true) {
    const Reading reading = language::read(message.text, content_->keywords);
    TakenIn taken;
    work([&](auto& transaction) {
      const Arrival arrival{message, reading, std::nullopt, muted, channels_["sms"], by_webhook};
      taken = take_in(transaction, *content_, arrival, now);
    });
    return taken;
  }
  Appointment appoint(std::string_view when, const std::function<void(casework::NewAppointment&)>& change = {}) {
    casework::NewAppointment entered;
    entered.to = phone_;
    entered.at = parse_civil(when).value();
    entered.zone = "Europe/Zurich";
    entered.place = "valmoret";
    entered.with = "Anne";
    entered.bring = {"papers"};
    if (change) change(entered);
    Appointment made;
    work([&](auto& transaction) { made = casework::add(transaction, entered, start_).appointment; });
    return made;
  }
  Appointment found(const Appointment& appointment) {
    std::optional<Appointment> read;
    work([&](auto& transaction) { read = store::find_appointment(transaction, appointment.invitation); });
    return read.value();
  }
  void run(const Appointment& appointment, const std::string& kind, TimePoint now) {
    work([&](auto& transaction) {
      run_due(transaction, *content_, channels_, {now, "remind." + kind, appointment.invitation.value}, now);
    });
  }
  // As schedule does it: each row at its own time, and gone afterwards.
  void pass_until(TimePoint until) {
    work([&](auto& transaction) {
      for (auto due = store::find_due(transaction, until, 1); !due.empty();
           due = store::find_due(transaction, until, 1)) {
        store::remove_due(transaction, due.front());
        run_due(transaction, *content_, channels_, due.front(), due.front().at);
      }
    });
  }
  // The gateway takes all that is queued.
  void leave() {
    work([](auto& transaction) {
      store::Statement(transaction.database(),
                       "UPDATE outbound SET state = 'sent' WHERE state = 'queued' AND via = 'api'")
          .run();
    });
  }
  Departed tell(const Appointment& appointment, std::string_view dialog, TimePoint now) {
    Departed departed;
    work([&](auto& transaction) {
      departed = tell_appointment(transaction, *content_, channels_, appointment, dialog, now);
    });
    return departed;
  }
  Appointment move(const Appointment& appointment, std::string_view when, TimePoint now) {
    const casework::Known known{content_->association, {"sms"}, {"papers"}};
    Appointment moved;
    work([&](auto& transaction) {
      const auto read = store::find_appointment(transaction, appointment.invitation);
      moved =
          casework::move(transaction, *read, {parse_civil(when).value(), {}, {}, {}}, known, now).value().appointment;
    });
    return moved;
  }
  Appointment cancel(const Appointment& appointment, TimePoint now) {
    Appointment cancelled;
    work([&](auto& transaction) {
      cancelled =
          casework::cancel(transaction, *store::find_appointment(transaction, appointment.invitation), now).value();
    });
    return cancelled;
  }

  // --- what came of it ---
  std::vector<Row> rows(const std::string& via = "api") {
    std::vector<Row> found;
    work([&](auto& transaction) {
      store::Statement row(transaction.database(),
                           "SELECT cause, text, locale, state, why, encoding, class, not_after, next_at FROM outbound"
                           " WHERE via = ?1 ORDER BY id",
                           via);
      while (row.next()) {
        found.push_back({row.get<std::string>(0), store::unseal(row.get<std::string>(1)), row.get<std::string>(2),
                         row.get<std::string>(3), row.get<std::string>(4), row.get<std::string>(5),
                         static_cast<MessageClass>(row.get<std::int64_t>(6)), row.get<std::optional<TimePoint>>(7),
                         row.get<std::optional<TimePoint>>(8)});
      }
    });
    return found;
  }
  Kinds tasks() {
    const AddressId id = address();
    Kinds kinds;
    work([&](auto& transaction) {
      for (const auto& task : store::open_tasks(transaction, id)) kinds.push_back(task.kind);
    });
    return kinds;
  }
  void close_tasks() {
    work([](auto& transaction) { store::Statement(transaction.database(), "UPDATE task SET closed = 1").run(); });
  }
  std::vector<store::Due> due(const Appointment& appointment) {
    std::vector<store::Due> found;
    work([&](auto& transaction) { found = store::due_of(transaction, appointment.invitation.value); });
    return found;
  }
  std::vector<std::string> events(const std::string& kind, std::int64_t ref) {
    std::vector<std::string> details;
    work([&](auto& transaction) {
      for (const auto& event : store::events_of(transaction, kind, ref)) details.push_back(event.detail);
    });
    return details;
  }
  // "two_days past": the reminders of this appointment that were skipped, and why.
  Kinds skipped(const Appointment& appointment) {
    Kinds found;
    for (const std::string& detail : events("reminder.skipped", appointment.invitation.value)) {
      const auto value = [&](const std::string& name) {
        const auto from = detail.find("\"" + name + "\":\"");
        if (from == std::string::npos) return std::string("?");
        const auto begin = from + name.size() + 4;
        return detail.substr(begin, detail.find('"', begin) - begin);
      };
      found.push_back(value("reminder") + " " + value("why"));
    }
    return found;
  }
  std::int64_t count_events(const std::string& kind) {
    std::int64_t count = 0;
    work([&](auto& transaction) {
      store::Statement row(transaction.database(), "SELECT count(*) FROM event WHERE kind = ?1", kind);
      if (row.next()) count = row.get<std::int64_t>(0);
    });
    return count;
  }

  const Address phone_{"sms", "+33639980150"};
  const TimePoint start_ = at("2027-04-01 10:00");
  const std::shared_ptr<const Content> content_ = passerelle::testing::demo_content();
  ChannelBook channels_;

 private:
  std::unique_ptr<store::Writer> writer_ = passerelle::testing::memory_store();
  int said_ = 0;
};

}  // namespace passerelle::turns
