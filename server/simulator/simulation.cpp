#include "simulator/simulation.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/log.hpp"
#include "casework/directory.hpp"
#include "language/read.hpp"
#include "store/activity.hpp"
#include "store/address.hpp"
#include "store/contact.hpp"
#include "store/conversation.hpp"
#include "store/due.hpp"
#include "store/outbound_list.hpp"
#include "store/outbox.hpp"
#include "turns/remind.hpp"

namespace passerelle::simulator {
namespace {

constexpr std::size_t most_listed = 50;
constexpr std::size_t most_steps = 10'000;  // of time, in one go

}  // namespace

result<std::unique_ptr<Simulation>> Simulation::open(std::shared_ptr<const turns::Content> content, TimePoint start,
                                                     Between between) {
  auto writer = store::Writer::open_in_memory();
  if (!writer) return writer.error();
  const auto seeded = store::transact_now(**writer, [&](store::Transaction& transaction) {
    casework::seed_directory(transaction, content->services, start);
  });
  if (!seeded) return seeded.error();
  return std::unique_ptr<Simulation>(new Simulation(std::move(content), std::move(*writer), start, between));
}

result<void> Simulation::transact(const std::function<void(store::Transaction&)>& work) {
  return store::transact_now(*writer_, [&work](store::Transaction& transaction) {
    const log::Rehearsal rehearsal;
    work(transaction);
  });
}

result<turns::TakenIn> Simulation::say(const Address& from, const std::string& text, InboundMessage::Kind kind) {
  InboundMessage message;
  message.from = from;
  message.kind = kind;
  message.provider_id = "sim-" + std::to_string(++sent_);
  message.sent_at = now();
  channels_[from.channel].sends = true;
  const Reading reading = language::read(text, content_->keywords);
  message.text = reading.original;
  std::optional<turns::SessionCopy> copy;
  if (const auto kept = copies_.find(from); between_ == Between::kept && kept != copies_.end()) copy = kept->second;

  turns::TakenIn taken;
  const auto done = transact([&](store::Transaction& transaction) {
    taken = turns::take_in(transaction, *content_, {message, reading, copy, false, channels_[from.channel]}, now());
  });
  if (!done) return done.error();
  note(taken.ways);
  if (taken.conversation) {
    copies_.insert_or_assign(from, turns::SessionCopy{*taken.conversation, now()});
    const auto again = passerelle::load_conversation(save(*taken.conversation));
    if (!again || *again != *taken.conversation)
      return Error{"the conversation does not survive being saved and loaded", ""};
  }
  return taken;
}

result<void> Simulation::know_language(const Address& from, const Locale& locale) {
  return transact([&](store::Transaction& transaction) {
    const AddressId address = store::find_or_add_address(transaction, from, now());
    Conversation conversation = store::load_conversation(transaction, address);
    conversation.locale = locale;
    conversation.locale_chosen = true;
    ++conversation.version;
    store::save_conversation(transaction, address, conversation, now());
  });
}

std::optional<TimePoint> Simulation::next(store::Transaction& transaction) {
  std::optional<TimePoint> next = store::next_due(transaction);
  for (const auto& [name, facts] : channels_) {
    const auto departure = store::next_departure(transaction, name);
    if (departure && (!next || *departure < *next)) next = departure;
  }
  return next;
}

// What is due now, and what may leave now: a phone that is always on.
void Simulation::pump(store::Transaction& transaction, std::vector<OutboundMessage>& arrived) {
  constexpr std::size_t most = 100;
  for (const store::Due& due : store::find_due(transaction, now(), most)) {
    store::remove_due(transaction, due);
    note(turns::run_due(transaction, *content_, channels_, due, now()));
  }
  for (const auto& [name, facts] : channels_) {
    for (auto taken = store::take(transaction, name, MessageClass::crisis, MessageClass::notice, most, now(), now());
         !taken.empty();
         taken = store::take(transaction, name, MessageClass::crisis, MessageClass::notice, most, now(), now())) {
      for (store::Taken& one : taken) {
        store::mark_accepted(transaction, {one.message.id}, name, "", now());
        one.message.gloss = store::gloss_of(transaction, one.message.id);
        arrived.push_back(std::move(one.message));
      }
    }
  }
}

result<std::vector<OutboundMessage>> Simulation::pass_until(TimePoint time) {
  std::vector<OutboundMessage> arrived;
  const auto done = transact([&](store::Transaction& transaction) {
    std::size_t steps = 0;
    for (auto at = next(transaction); at && *at <= time; at = next(transaction)) {
      if (++steps > most_steps) throw std::runtime_error("what is due comes again and again at the same time");
      if (*at > now()) clock_.set(*at);
      pump(transaction, arrived);
    }
    clock_.set(time);
  });
  if (!done) return done.error();
  return arrived;
}

result<std::vector<OutboundMessage>> Simulation::act(const Address& person, const Do& action) {
  std::vector<OutboundMessage> arrived;
  channels_[person.channel].sends = true;
  const auto done = transact([&](store::Transaction& transaction) {
    work(transaction, person, action);
    pump(transaction, arrived);
  });
  if (!done) return done.error();
  return arrived;
}

result<std::vector<Simulation::Coming>> Simulation::coming() {
  constexpr std::chrono::hours far{24 * 365 * 20};
  std::vector<Coming> coming;
  const auto done = transact([&](store::Transaction& transaction) {
    for (const store::Due& due : store::find_due(transaction, now() + far, most_listed))
      coming.push_back({due.at, due.kind});
    for (const auto& [name, facts] : channels_) {
      if (const auto departure = store::next_departure(transaction, name)) coming.push_back({*departure, ""});
    }
  });
  if (!done) return done.error();
  std::ranges::sort(coming, {}, &Coming::at);
  return coming;
}

result<Simulation::State> Simulation::state(const Address& from, const std::vector<std::string>& case_kinds) {
  State state;
  const auto done = transact([&](store::Transaction& transaction) {
    const AddressId address = store::find_or_add_address(transaction, from, now());
    state.conversation = store::load_conversation(transaction, address);
    state.appointment = store::find_appointment(transaction, appointment_);
    state.contact = store::load_contact(transaction, address);
    state.tasks = store::open_tasks(transaction, address);
    state.listed = store::newest_tasks(transaction, most_listed);
    state.files = store::cases_of(transaction, address);
    for (const std::string& kind : case_kinds) state.cases[kind] = store::count_cases(transaction, kind);
  });
  if (!done) return done.error();
  return state;
}

}  // namespace passerelle::simulator
