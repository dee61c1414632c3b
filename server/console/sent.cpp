// Operations on messages that are there: send.list, send.again, send.cancel.
#include <fmt/format.h>

#include <array>
#include <boost/json/array.hpp>

#include "base/nearest.hpp"
#include "console/arguments.hpp"
#include "console/message_row.hpp"
#include "console/moment.hpp"
#include "console/operations.hpp"
#include "store/address.hpp"
#include "store/event.hpp"
#include "store/outbound_list.hpp"
#include "store/outbox.hpp"
#include "turns/send.hpp"

namespace passerelle::console {
namespace {

constexpr std::int64_t usual_messages = 50;
constexpr std::int64_t most_messages = 1000;
constexpr std::string_view ref_example = "the beginning of its ref, as 'send list' shows it";

result<std::vector<Delivery>> read_states(const std::vector<std::string>& words) {
  std::vector<Delivery> states;
  for (const std::string& word : words) {
    Delivery state = Delivery::queued;
    if (!parse_delivery(word, state)) {
      const std::vector<std::string> valid{"queued", "sent",    "delivered", "read",
                                           "failed", "expired", "stopped",   "uncertain"};
      return Error{fmt::format("'state' cannot be '{}': {}", word, suggest(word, valid)), "state"};
    }
    states.push_back(state);
  }
  return states;
}

result<boost::json::object> list(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments, telephony(desk));
  const auto states = read_states(given.words_if_given("state", "uncertain,failed"));
  const auto address = given.address_if_given("to");
  store::MessageFilter filter;
  filter.limit = given.number_if_given("limit", 1, most_messages).value_or(usual_messages);
  if (const auto sound = given.sound(); !sound) return sound.error();
  if (!states) return states.error();
  filter.states = *states;
  if (address) {
    filter.address = store::find_address(desk.transaction, *address);
    if (!*filter.address) return Error{fmt::format("nothing has come from or gone to {}", to_string(*address)), "to"};
  }
  boost::json::array rows;
  for (const store::ListedMessage& message : store::newest_messages(desk.transaction, filter)) {
    rows.push_back(message_row(desk, message));
  }
  return boost::json::object{{"messages", std::move(rows)}};
}

result<boost::json::object> again(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments);
  const std::string ref = given.text("ref", ref_example);
  const auto end = end_of_sending(desk, given);
  if (const auto sound = given.sound(); !sound) return sound.error();
  if (!end) return end.error();
  const auto before = named_message(desk, ref);
  if (!before) return before.error();
  const auto departed = turns::resend(desk.transaction, desk.content, desk.channels, *before, *end, desk.now);
  if (!departed) return departed.error();
  if (departed->kind == turns::Departed::Kind::withheld) {
    const std::string_view meaning = explain(departed->why);
    return Error{fmt::format("the rules hold it back ({}){}{}", departed->why, meaning.empty() ? "" : ": ", meaning),
                 "ref"};
  }
  store::add_event(desk.transaction, "message.sent_again", before->id.value, std::string(to_string(before->state)),
                   desk.now);
  boost::json::object row = message_row(desk, *store::find_message(desk.transaction, before->id));
  row["was"] = to_string(before->state);
  if (before->state == Delivery::uncertain)
    row["risk"] = "nobody knows whether it arrived the first time: the person may get it twice";
  return row;
}

result<boost::json::object> cancel(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments);
  const std::string ref = given.text("ref", ref_example);
  if (const auto sound = given.sound(); !sound) return sound.error();
  const auto message = named_message(desk, ref);
  if (!message) return message.error();
  if (!store::stop_outbound(desk.transaction, message->id, "staff", desk.now)) {
    const bool leaving = message->state == Delivery::queued;
    return Error{leaving ? std::string("it is on its way, and cannot be stopped any more")
                         : fmt::format("it is {}: only what is queued can be stopped", to_string(message->state)),
                 "ref"};
  }
  store::add_event(desk.transaction, "message.cancelled", message->id.value, {}, desk.now);
  return message_row(desk, *store::find_message(desk.transaction, message->id));
}

constexpr std::array<Operation, 3> rows{{{"send.list", list}, {"send.again", again}, {"send.cancel", cancel}}};

}  // namespace

std::span<const Operation> sent_operations() { return rows; }

}  // namespace passerelle::console
