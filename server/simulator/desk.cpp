// What staff do in a transcript or at a simulated phone, by the same rules as at the real desk.
#include <algorithm>
#include <stdexcept>

#include "base/nearest.hpp"
#include "casework/appointments.hpp"
#include "simulator/simulation.hpp"
#include "store/activity.hpp"
#include "store/address.hpp"
#include "store/contact.hpp"
#include "store/conversation.hpp"
#include "turns/appointment_words.hpp"
#include "turns/remind.hpp"

namespace passerelle::simulator {
namespace {

std::string option(const Do& action, const std::string& name) {
  const auto found = action.options.find(name);
  return found == action.options.end() ? std::string() : found->second;
}

std::optional<std::string> option_if_given(const Do& action, const std::string& name) {
  return action.options.contains(name) ? std::optional(action.options.at(name)) : std::nullopt;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    words.push_back(text.substr(at, comma - at));
    at = comma + 1;
  }
  return words;
}

// What is wrong goes to whoever wrote the line; the transaction leaves nothing behind.
[[noreturn]] void refuse(const casework::FieldError& error) {
  throw std::runtime_error(error.field + ": " + error.what);
}

// What staff know of the person's language, and whether the phone shows latin letters only.
void set_phone(store::Transaction& transaction, AddressId address, const Do& action, const turns::Content& content,
               TimePoint now) {
  if (const auto locale = option_if_given(action, "lang")) {
    const auto& languages = content.association.languages;
    if (std::ranges::find(languages, *locale) == languages.end()) refuse({"lang", suggest(*locale, languages)});
    turns::know_language(transaction, address, *locale, now);
  }
  std::string dates;
  for (const char* name : {"calendar", "clock", "digits"}) {
    if (const auto word = option_if_given(action, name)) dates += std::string(name) + "=" + *word + " ";
  }
  const auto latin_only = option_if_given(action, "latin_only");
  if (!latin_only && dates.empty()) return;
  Conversation conversation = store::load_conversation(transaction, address);
  if (latin_only) conversation.latin_only = *latin_only == "yes";
  const auto style = parse_date_style(to_string(conversation.dates) + ' ' + dates);
  if (!style) refuse({"calendar", "write calendar=persian, clock=ethiopic or digits=native"});
  conversation.dates = *style;
  ++conversation.version;
  store::save_conversation(transaction, address, conversation, now);
}

Contact changed(Contact contact, const Do& action) {
  if (const auto readers = option_if_given(action, "readers")) {
    const auto known = parse_readers(*readers);
    if (!known) refuse({"readers", "write unknown, own or shared"});
    contact.readers = *known;
  }
  if (const auto hours = option_if_given(action, "safe")) {
    contact.safe_hours = parse_safe_hours(*hours);
    if (!contact.safe_hours) refuse({"safe", "write 09:00-11:30"});
  }
  if (action.options.contains("discreet")) contact.discreet = option(action, "discreet") == "yes";
  if (action.options.contains("paused")) contact.paused = option(action, "paused") == "yes";
  if (action.options.contains("code")) contact.code = option(action, "code");
  return contact;
}

}  // namespace

void Simulation::work(store::Transaction& transaction, const Address& person, const Do& action) {
  const casework::Known known{content_->association, {person.channel}, turns::phrasebook(*content_)};
  if (action.action == "contact") {
    const AddressId address = store::find_or_add_address(transaction, person, now());
    store::save_contact(transaction, address, changed(store::load_contact(transaction, address), action), now());
    set_phone(transaction, address, action, *content_, now());
    return;
  }
  if (action.action == "appointment") {
    casework::NewAppointment entered{person,
                                     option(action, "lang"),
                                     *action.time,
                                     option(action, "zone"),
                                     option(action, "site"),
                                     option(action, "with"),
                                     split(option(action, "bring")),
                                     ""};
    for (const casework::FieldError& error : casework::check(transaction, entered, known, now())) refuse(error);
    const casework::Scheduled made = casework::add(transaction, entered, now());
    turns::know_language(transaction, made.appointment.address, entered.language, now());
    appointment_ = made.appointment.invitation;
    return;
  }
  const auto appointment = store::find_appointment(transaction, appointment_);
  if (!appointment) throw std::runtime_error("there is no appointment yet");
  if (action.action == "cancel") {
    const auto cancelled = casework::cancel(transaction, *appointment, now());
    if (!cancelled) throw std::runtime_error(to_string(cancelled.error()));
    note(turns::tell_appointment(transaction, *content_, channels_, *cancelled, "appointment_cancelled", now()).ways);
    return;
  }
  const casework::Move change{*action.time, {}, option_if_given(action, "site"), option_if_given(action, "with")};
  const auto moved = casework::move(transaction, *appointment, change, known, now());
  if (!moved) throw std::runtime_error(to_string(moved.error()));
  note(turns::tell_appointment(transaction, *content_, channels_, moved->appointment, "appointment_moved", now()).ways);
}

}  // namespace passerelle::simulator
