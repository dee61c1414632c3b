#include "console/message_row.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/json/array.hpp>
#include <utility>

#include "console/moment.hpp"
#include "domain/gate.hpp"
#include "language/segments.hpp"
#include "turns/enqueue.hpp"
#include "turns/facts.hpp"
#include "turns/next_address.hpp"

namespace passerelle::console {
namespace {

constexpr std::size_t shortest_ref = 4;
constexpr std::chrono::hours usual_end{48};

constexpr std::array<std::pair<std::string_view, std::string_view>, 19> reasons{
    {{why_consent, "the person has stopped our messages: call, or write a letter"},
     {why_paused, "the person wrote what may mean danger: read it, then unpause the contact"},
     {why_safe_hours, "messages reach this phone in its safe hours only"},
     {why_quiet_hours, "nothing that we start leaves at night"},
     {why_not_after, "its time had passed"},
     {"monthly_cap", "the channel's monthly cap is reached: raise it, or call"},
     {turns::why_country, "a number of a country that this channel does not write to; see its 'countries'"},
     {turns::why_no_person, "a machine reads there and no person, or whoever writes pays dear: ask for another number"},
     {turns::why_drained, "the channel is being drained: nothing new leaves by it until it is resumed"},
     {turns::because_failed, "the other address certainly did not get it"},
     {turns::because_not_taken, "the other address's gateway did not take it in time, and does not get it any more"},
     {turns::because_stalled,
      "nobody told in time whether it arrived at the other address: it may have been told twice"},
     {turns::because_silent, "the other address's gateway has told nothing any more of the last messages that it took"},
     {turns::because_window, "the person has not written there within a day, and only then may we write there freely"},
     {"arrived_elsewhere", "the person has got it at another address meanwhile"},
     {"left_order", "staff have taken this address out of the person's order"},
     {"discreet", "the contact has become discreet"},
     {why_names_us, "this is a discreet contact, and the channel shows who writes: call, in their safe hours"},
     {"staff", "staff stopped it"}}};

}  // namespace

boost::json::object message_row(Desk& desk, const store::ListedMessage& message) {
  boost::json::object row{{"ref", message.ref},
                          {"state", to_string(message.state)},
                          {"address", to_string(message.to)},
                          {"class", to_string(message.message_class)}};
  if (message.on_its_way) row["on_its_way"] = true;
  if (!message.why.empty()) row["why"] = message.why;
  put_moment(row, "created", message.created, desk.content);
  put_moment(row, "since", message.since, desk.content);
  if (message.next_at && *message.next_at > desk.now) put_moment(row, "next", *message.next_at, desk.content);
  if (message.not_after) put_moment(row, "until", *message.not_after, desk.content);
  if (message.instead_of) {
    row["instead_of"] = to_string(*message.instead_of);
    row["because"] = message.because;
    if (const auto meaning = explain(message.because); !meaning.empty()) row["because_meaning"] = meaning;
  }
  row["attempts"] = message.attempts;
  if (message.requests > 1) row["parts_taken"] = fmt::format("{} of {}", message.requests_taken, message.requests);
  boost::json::array receipts;
  for (const std::string& receipt : store::receipts_of(desk.transaction, message.id)) {
    receipts.emplace_back(receipt);
  }
  row["receipts"] = std::move(receipts);
  row["encoding"] = language::to_string(message.encoding);
  row["segments"] = message.segments;
  const auto channel = desk.channels.find(message.to.channel);
  if (channel != desk.channels.end() && channel->second.policy.price.micros > 0) {
    const Money price = price_to(channel->second.policy, message.to.user);
    row["cost"] = to_string(Money{message.segments * price.micros, price.currency});
  }
  row["language"] = message.locale;
  row["text"] = message.text;
  if (!message.gloss.empty()) row["gloss"] = message.gloss;
  return row;
}

std::string_view explain(std::string_view why) {
  for (const auto& [reason, meaning] : reasons) {
    if (reason == why) return meaning;
  }
  return {};
}

result<store::ListedMessage> named_message(Desk& desk, const std::string& ref) {
  if (ref.size() < shortest_ref) {
    return Error{fmt::format("'{}' is too short to name a message: write at least {} characters", ref, shortest_ref),
                 "ref"};
  }
  const auto found = store::messages_named(desk.transaction, ref);
  if (found.empty()) return Error{fmt::format("no message has the ref '{}'", ref), "ref"};
  if (found.size() > 1) return Error{fmt::format("several messages begin with '{}': write more of it", ref), "ref"};
  return *store::find_message(desk.transaction, found.front());
}

result<TimePoint> end_of_sending(Desk& desk, Arguments& given) {
  const auto until = given.civil_if_given("until");
  if (!until) return desk.now + usual_end;
  const TimePoint end = to_instant(*until, turns::site_zone(desk.content));
  if (end <= desk.now) return Error{"'until' has passed already", "until"};
  return end;
}

}  // namespace passerelle::console
