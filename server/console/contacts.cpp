// Operations on what staff recorded of an address: contact.show, contact.set.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "base/nearest.hpp"
#include "console/arguments.hpp"
#include "console/contact_order.hpp"
#include "console/moment.hpp"
#include "console/operations.hpp"
#include "language/normalize.hpp"
#include "language/read.hpp"
#include "store/address.hpp"
#include "store/alias.hpp"
#include "store/contact.hpp"
#include "store/conversation.hpp"
#include "store/event.hpp"
#include "store/outbound_list.hpp"
#include "store/outbox.hpp"
#include "store/task.hpp"

namespace passerelle::console {
namespace {

constexpr const char* consent_event = "contact.consent";
constexpr const char* dates_event = "contact.dates";
constexpr std::string_view usual = "usual";  // nothing is chosen: as the language and the association have it
constexpr std::string_view no_hours = "always";
constexpr std::string_view no_code = "none";
constexpr std::size_t shortest_code = 4;
constexpr std::size_t longest_code = 40;  // bytes, folded
constexpr std::size_t longest_reason = 2000;

// Of one that cannot be read: put aside and stopped, because what we cannot read may have been a STOP.
Conversation conversation_of(Desk& desk, AddressId address) {
  try {
    return store::load_conversation(desk.transaction, address);
  } catch (const store::UnreadableConversation&) {
    return store::set_aside_conversation(desk.transaction, address, desk.now);
  }
}

// Without putting anything aside: whoever looks changes nothing.
Conversation known_of(Desk& desk, AddressId address) {
  try {
    return store::load_conversation(desk.transaction, address);
  } catch (const store::UnreadableConversation&) {
    Conversation unknown;
    unknown.consent = Consent::stopped;
    return unknown;
  }
}

boost::json::object contact_row(Desk& desk, const Address& address, AddressId id) {
  const Contact contact = store::load_contact(desk.transaction, id);
  const Conversation known = known_of(desk, id);
  boost::json::object row{
      {"address", console::to_string(address)},
      {"language", known.locale.empty() ? "not known" : known.locale},
      {"readers", passerelle::to_string(contact.readers)},
      {"discreet", contact.discreet},
      {"safe_hours", contact.safe_hours ? passerelle::to_string(*contact.safe_hours) : std::string(no_hours)},
      {"code", contact.code.empty() ? "none" : "set"},  // the word itself is said by voice
      {"paused", contact.paused},
      {"consent", passerelle::to_string(known.consent)}};
  const auto changes = store::events_of(desk.transaction, consent_event, id.value);
  if (!changes.empty()) put_moment(row, "consent_changed_by_staff", changes.back().at, desk.content);
  const DateStyle& dates = known.dates;
  row["calendar"] = dates.calendar ? passerelle::to_string(*dates.calendar) : usual;
  row["clock"] = dates.clock ? passerelle::to_string(*dates.clock) : usual;
  row["digits"] = dates.digits ? passerelle::to_string(*dates.digits) : usual;
  if (known.latin_only) row["latin_letters_only"] = true;
  row["waiting"] = store::waiting_for(desk.transaction, id).messages;
  if (boost::json::array then = order_after(desk, id); !then.empty()) row["then"] = std::move(then);
  boost::json::array tasks;
  for (const store::Task& task : store::open_tasks(desk.transaction, id)) tasks.emplace_back(task.kind);
  row["tasks"] = std::move(tasks);
  return row;
}

result<boost::json::object> show(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments, telephony(desk));
  const Address address = given.address("address");
  if (const auto sound = given.sound(); !sound) return sound.error();
  const AddressId id = store::find_address(desk.transaction, address);
  if (id) return contact_row(desk, address, id);
  return Error{fmt::format("nothing is known of {}: nothing has come from or gone to it", console::to_string(address)),
               "address"};
}

// What is to be changed; nothing: it stays.
struct Change {
  std::optional<Readers> readers;
  std::optional<bool> discreet;
  std::optional<std::string> safe_hours;
  std::optional<std::string> code;
  std::optional<bool> paused;
  std::optional<Consent> consent;
  std::optional<std::vector<Address>> then;  // where to write when this address gets nothing, in order
  std::string dates;                         // as parse_date_style reads it
  std::string reason;

  bool empty() const {
    return !readers && !discreet && !safe_hours && !code && !paused && !consent && !then && dates.empty();
  }
};

result<Change> read_change(Arguments& given, const Telephony& telephony) {
  Change change;
  const auto readers = given.word_if_given("readers", {"unknown", "own", "shared"});
  if (readers) change.readers = parse_readers(*readers);
  change.discreet = given.flag_if_given("discreet");
  change.safe_hours = given.text_if_given("safe_hours", "09:00-11:30, or always");
  change.code = given.text_if_given("code", "the word that was agreed, or none");
  change.paused = given.flag_if_given("paused");
  const auto consent = given.word_if_given("consent", {"open", "stopped"});
  if (consent) change.consent = *consent == "open" ? Consent::open : Consent::stopped;
  const auto choose = [&](const char* name, const std::vector<std::string>& valid) {
    if (const auto word = given.word_if_given(name, valid)) change.dates += std::string(name) + "=" + *word + " ";
  };
  choose("calendar", {"usual", "gregorian", "persian", "ethiopic"});
  choose("clock", {"usual", "day", "ethiopic"});
  choose("digits", {"usual", "latin", "native"});
  const std::vector<std::string> then = given.words_if_given("then", "sms:+41791234567,email:a@b.ch, or none");
  change.reason = given.text_if_given("reason", "who asked for it, and how").value_or("");
  if (const auto sound = given.sound(); !sound) return sound.error();
  if (!then.empty()) {
    auto order = read_order(then, telephony);
    if (!order) return order.error();
    change.then = std::move(*order);
  }
  if (change.empty())
    return Error{
        "there is nothing to record: give readers, discreet, safe_hours, code, paused, consent, "
        "then, calendar, clock or digits",
        ""};
  if (change.consent && change.reason.empty())
    return Error{"consent is changed with a reason only: write who asked for it, and how", "reason"};
  if (change.reason.size() > longest_reason) return Error{"the reason is too long: shorten it", "reason"};
  return change;
}

// A word that people write to us anyway would give itself away, or be taken for something else.
result<void> check_code(const Desk& desk, const std::string& code) {
  const Reading reading = language::read(code, desk.content.keywords);
  const bool fits = reading.folded.size() >= shortest_code && reading.folded.size() <= longest_code;
  if (fits && reading.hits.empty() && !reading.number) return {};
  return Error{"the code word must be a word of four letters or more, and none that means something to us, like STOP",
               "code"};
}

result<Contact> changed(const Desk& desk, Contact contact, const Change& change) {
  if (change.readers) contact.readers = *change.readers;
  if (change.discreet) contact.discreet = *change.discreet;
  if (change.paused) contact.paused = *change.paused;
  if (change.safe_hours) {
    contact.safe_hours = parse_safe_hours(*change.safe_hours);
    if (!contact.safe_hours && *change.safe_hours != no_hours)
      return Error{fmt::format("'{}' are no safe hours: write 09:00-11:30, or always", *change.safe_hours),
                   "safe_hours"};
  }
  if (!contact.discreet && change.code && *change.code != no_code)
    return Error{"a code word is for discreet contacts: turn discretion on first", "code"};
  if (!contact.discreet || (change.code && *change.code == no_code)) contact.code.clear();
  if (change.code && *change.code != no_code) {
    if (const auto sound = check_code(desk, *change.code); !sound) return sound.error();
    contact.code = *change.code;
  }
  return contact;
}

// A STOP that staff record reaches what waits, as one that the person writes does.
void change_consent(Desk& desk, AddressId address, Consent consent, const std::string& reason) {
  Conversation conversation = conversation_of(desk, address);
  const boost::json::object detail{{"from", passerelle::to_string(conversation.consent)},
                                   {"to", passerelle::to_string(consent)},
                                   {"reason", reason}};
  store::add_event(desk.transaction, consent_event, address.value, boost::json::serialize(detail), desk.now);
  conversation.consent = consent;
  ++conversation.version;
  store::save_conversation(desk.transaction, address, conversation, desk.now);
  if (consent != Consent::stopped) return;
  store::stop_outbound_to(desk.transaction, address, MessageClass::reminder, "consent", desk.now);
  store::stop_twins(desk.transaction, address, consent, desk.now);
}

// How dates are told to this phone from now on; what the change does not name stays.
void change_dates(Desk& desk, AddressId address, const std::string& change) {
  Conversation conversation = conversation_of(desk, address);
  const std::string from = passerelle::to_string(conversation.dates);
  conversation.dates = parse_date_style(from + ' ' + change).value();
  const boost::json::object detail{{"from", from}, {"to", passerelle::to_string(conversation.dates)}};
  store::add_event(desk.transaction, dates_event, address.value, boost::json::serialize(detail), desk.now);
  ++conversation.version;
  store::save_conversation(desk.transaction, address, conversation, desk.now);
}

// What names us, folded: somebody who reads it on the phone knows who wrote.
std::vector<std::string> names_of(const Association& association) {
  std::vector<std::string> names;
  const auto add = [&names](const std::string& name) {
    std::string folded = language::fold(name);
    if (!folded.empty() && std::ranges::find(names, folded) == names.end()) names.push_back(std::move(folded));
  };
  add(association.name);
  for (const Place& place : association.places) {
    add(place.name);
    add(place.address);
    add(place.phone);
  }
  return names;
}

boost::json::array branded_texts(Desk& desk, AddressId address) {
  const std::vector<std::string> names = names_of(desk.content.association);
  boost::json::array branded;
  for (const store::TextOnPhone& text : store::texts_on_phone(desk.transaction, address)) {
    const std::string folded = language::fold(text.text);
    const auto inside = [&folded](const std::string& name) { return folded.find(name) != std::string::npos; };
    if (std::ranges::none_of(names, inside)) continue;
    boost::json::object row{{"state", passerelle::to_string(text.state)}};
    put_moment(row, "since", text.since, desk.content);
    row["text"] = text.text;
    branded.push_back(std::move(row));
  }
  return branded;
}

// What was written without discretion does not leave any more, and staff learn what stands on the phone already.
void turn_discreet(Desk& desk, AddressId address, boost::json::object& row) {
  row["stopped"] = store::stop_outbound_to(desk.transaction, address, MessageClass::reply, "discreet", desk.now);
  const std::int64_t leaving = store::waiting_for(desk.transaction, address).on_their_way;
  if (leaving > 0) row["on_their_way"] = leaving;
  row["texts_that_name_us"] = branded_texts(desk, address);
}

result<boost::json::object> set(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments, telephony(desk));
  const Address address = given.address("address");
  const auto change = read_change(given, telephony(desk));
  if (!change) return change.error();
  if (!desk.channels.contains(address.channel)) {
    return Error{
        fmt::format("there is no channel '{}'; {}", address.channel, suggest(address.channel, channel_names(desk))),
        "address"};
  }
  const AddressId id = store::find_or_add_address(desk.transaction, address, desk.now);
  const Contact before = store::load_contact(desk.transaction, id);
  const auto after = changed(desk, before, *change);
  if (!after) return after.error();
  store::save_contact(desk.transaction, id, *after, desk.now);
  store::add_event(desk.transaction, "contact.set", id.value, {}, desk.now);
  if (change->consent) change_consent(desk, id, *change->consent, change->reason);
  if (!change->dates.empty()) change_dates(desk, id, change->dates);
  if (change->then) {
    if (const auto ordered = change_order(desk, id, *change->then); !ordered) return ordered.error();
  }
  if (change->discreet.value_or(false) || change->then) {
    const auto hidden = check_hidden(desk, id, change->then ? "then" : "discreet");
    if (!hidden) return hidden.error();
  }
  boost::json::object told;
  if (after->discreet && !before.discreet) turn_discreet(desk, id, told);
  boost::json::object row = contact_row(desk, address, id);
  for (auto& item : told) row[item.key()] = std::move(item.value());
  return row;
}

constexpr std::array<Operation, 2> rows{{{"contact.show", show}, {"contact.set", set}}};

}  // namespace

std::span<const Operation> contact_operations() { return rows; }

}  // namespace passerelle::console
