#include "simulator/simulation.hpp"

#include "language/read.hpp"
#include "store/address.hpp"
#include "store/conversation.hpp"

namespace passerelle::simulator {

result<std::unique_ptr<Simulation>> Simulation::open(std::shared_ptr<const turns::Content> content, TimePoint start,
                                                     Between between) {
  auto writer = store::Writer::open_in_memory();
  if (!writer) return writer.error();
  return std::unique_ptr<Simulation>(new Simulation(std::move(content), std::move(*writer), start, between));
}

result<turns::TakenIn> Simulation::say(const Address& from, const std::string& text, InboundMessage::Kind kind) {
  InboundMessage message;
  message.from = from;
  message.kind = kind;
  message.provider_id = "sim-" + std::to_string(++sent_);
  message.text = text;
  message.sent_at = now();
  const Reading reading = language::read(text, content_->keywords);
  std::optional<Conversation> copy;
  if (const auto kept = copies_.find(from); between_ == Between::kept && kept != copies_.end()) copy = kept->second;

  turns::TakenIn taken;
  const auto done = store::transact_now(*writer_, [&](store::Transaction& transaction) {
    taken = turns::take_in(transaction, *content_, {message, reading, copy, false}, now());
  });
  if (!done) return done.error();
  if (taken.conversation) {
    copies_.insert_or_assign(from, *taken.conversation);
    const auto again = passerelle::load_conversation(save(*taken.conversation));
    if (!again || *again != *taken.conversation)
      return Error{"the conversation does not survive being saved and loaded", ""};
  }
  return taken;
}

result<void> Simulation::know_language(const Address& from, const Locale& locale) {
  return store::transact_now(*writer_, [&](store::Transaction& transaction) {
    const AddressId address = store::find_or_add_address(transaction, from, now());
    Conversation conversation = store::load_conversation(transaction, address);
    conversation.locale = locale;
    conversation.locale_chosen = true;
    ++conversation.version;
    store::save_conversation(transaction, address, conversation, now());
  });
}

result<Simulation::State> Simulation::state(const Address& from, const std::vector<std::string>& case_kinds) {
  State state;
  const auto done = store::transact_now(*writer_, [&](store::Transaction& transaction) {
    const AddressId address = store::find_or_add_address(transaction, from, now());
    state.conversation = store::load_conversation(transaction, address);
    state.tasks = store::open_tasks(transaction, address);
    for (const std::string& kind : case_kinds) state.cases[kind] = store::count_cases(transaction, kind);
  });
  if (!done) return done.error();
  return state;
}

}  // namespace passerelle::simulator
