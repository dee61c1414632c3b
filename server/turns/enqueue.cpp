#include "turns/enqueue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "base/crypto.hpp"
#include "base/log.hpp"
#include "domain/phone_address.hpp"
#include "domain/utf8.hpp"
#include "language/segments.hpp"
#include "store/channel_state.hpp"
#include "store/contact.hpp"
#include "store/conversation.hpp"
#include "store/due.hpp"
#include "store/event.hpp"
#include "store/outbox.hpp"
#include "store/undelivered.hpp"
#include "turns/facts.hpp"

namespace passerelle::turns {
namespace {

constexpr auto inline_lease = std::chrono::seconds(30);  // how long an inline answer may take to be written
constexpr int reply_cap_percent = 120;                   // of the monthly cap: whoever asks is answered a little longer
constexpr int most_months = 12;                          // ahead that a cap may hold something
constexpr const char* why_cap = "monthly_cap";
constexpr const char* why_channel = "channel_cannot_send";

std::string month_of(CivilTime civil) { return date::format("%Y-%m", civil); }

TimePoint next_month(CivilTime civil, std::string_view zone) {
  const date::year_month_day day{date::floor<date::days>(civil)};
  const date::year_month_day first = (day.year() / day.month() + date::months(1)) / date::day(1);
  return to_instant(date::local_days(first) + std::chrono::hours(8), zone);
}

// "RAPPEL (nous appelons)": the brackets only explain, and the whole line stands in the text.
std::string fitting(const std::string& label, std::size_t longest) {
  const std::size_t bracket = label.rfind(" (");
  if (code_point_count(label) <= longest || bracket == std::string::npos || !label.ends_with(')')) return label;
  return label.substr(0, bracket);
}

// All of them or none: of half of the answers nobody would know that there are others.
Buttons shown(Buttons buttons, const ButtonLimits& limits) {
  for (Button& each : buttons.list) each.label = fitting(each.label, limits.longest_label);
  const auto fits = [&](const Button& each) { return code_point_count(each.label) <= limits.longest_label; };
  return buttons.list.size() <= limits.most && std::ranges::all_of(buttons.list, fits) ? buttons : Buttons();
}

OutboundMessage make_message(const Address& to, std::string cause, const Locale& locale, const Text& text,
                             const ButtonLimits& limits) {
  OutboundMessage message;
  message.ref = crypto::grouped_ref();
  message.to = to;
  message.cause = std::move(cause);
  message.locale = locale;
  message.text = text.text;
  message.gloss = text.gloss;
  message.approved = text.approved;
  if (!message.approved) message.buttons = shown(text.buttons, limits);
  language::Segments segments = language::segments(text.text);
  message.encoding = segments.encoding;
  message.parts = std::move(segments.parts);
  return message;
}

// The monthly cap holds back what we start first, then replies, and never a crisis.
bool over_cap(store::Transaction& transaction, const Address& to, const ChannelPolicy& policy, const Cost& cost,
              MessageClass message_class, const std::string& month) {
  if (policy.monthly_cap.micros <= 0 || message_class == MessageClass::crisis) return false;
  const int percent = message_class == MessageClass::reply ? reply_cap_percent : 100;
  const store::Spending spent = store::spending(transaction, to.channel, month);
  return spent.micros + cost.money.micros > policy.monthly_cap.micros / 100 * percent;
}

void spend(store::Transaction& transaction, const std::string& channel, const ChannelPolicy& policy, const Cost& cost,
           const std::string& month) {
  if (policy.price.micros <= 0) return;  // nobody asks what has no price
  store::add_spending(transaction, channel, month, {cost.segments, cost.money.micros});
}

void keep_reason(store::Transaction& transaction, const OwnMessage& message, const char* event, const std::string& why,
                 TimePoint now) {
  log::info(event, {{"address", message.to.id.value}, {"cause", message.cause}, {"why", why}});
  store::add_event(transaction, event, message.to.id.value, message.cause + " " + why, now);
}

void await_receipt(store::Transaction& transaction, OutboundId message, const ChannelPolicy& policy, TimePoint from) {
  if (policy.receipt_within > std::chrono::minutes(0))
    store::add_due(transaction, {from + policy.receipt_within, receipt_due, message.value});
}

Departed withhold(store::Transaction& transaction, const OwnMessage& message, const std::string& why, TimePoint now) {
  keep_reason(transaction, message, "message.withheld", why, now);
  if (message.departing.message_class != MessageClass::notice)
    store::reach_otherwise(transaction, message.to.id, {}, now);
  return {Departed::Kind::withheld, why, {}, {}};
}

}  // namespace

Cost cost_of(const Texts& texts, const ChannelPolicy& policy, const Address& to) {
  Cost cost;
  for (const Text& text : texts) {
    const language::Segments segments = language::segments(text.text);
    cost.segments += static_cast<std::int64_t>(segments.parts.size());
    if (segments.encoding == Encoding::ucs2) cost.encoding = Encoding::ucs2;
  }
  const Money price = price_to(policy, to.user);
  cost.money = {cost.segments * price.micros, price.currency};
  return cost;
}

std::string spending_month(const Content& content, TimePoint now) {
  return month_of(to_civil(now, site_zone(content)));
}

GateDecision foresee(store::Transaction& transaction, const Content& content, const ChannelFacts& channel,
                     const OwnMessage& message, const Texts& texts, TimePoint now) {
  if (channel.telephones && sender_of(message.to.address.user, content.association.country) != Sender::person)
    return Withhold{Delivery::stopped, why_no_person};
  if (channel.telephones && !reaches(channel.policy, message.to.address.user))
    return Withhold{Delivery::stopped, why_country};
  const Contact contact = store::load_contact(transaction, message.to.id);
  const std::string_view zone = site_zone(content);
  const Recipient recipient{store::consent_of(transaction, message.to.id), contact, zone, message.zone,
                            shows_us(channel, message.to.address)};
  const GateDecision decision = gate(message.departing, recipient, now);
  if (std::holds_alternative<Withhold>(decision)) return decision;
  // What is held for the morning costs then, too.
  const auto* held = std::get_if<Hold>(&decision);
  const TimePoint earliest = held != nullptr ? held->until : now;
  const Cost cost = cost_of(texts, channel.policy, message.to.address);
  const MessageClass message_class = message.departing.message_class;
  TimePoint from = earliest;
  for (int month = 0; month < most_months; ++month) {
    if (!over_cap(transaction, message.to.address, channel.policy, cost, message_class, spending_month(content, from)))
      break;
    from = next_month(to_civil(from, zone), zone);
  }
  if (from == earliest) return decision;
  // The rules of that day: its safe hours, and whether it comes too late.
  const GateDecision then = gate(message.departing, recipient, from);
  if (const auto* later = std::get_if<Hold>(&then)) from = later->until;
  if (const auto* no = std::get_if<Withhold>(&then)) return Withhold{no->state, why_cap};
  return Hold{from, why_cap};
}

std::vector<OutboundMessage> enqueue_replies(store::Transaction& transaction, const Content& content,
                                             const Destination& to, InboundId inbound, const Locale& locale,
                                             const Texts& texts, const ReplyRoad& road, TimePoint now) {
  if (texts.empty()) return {};
  const ChannelPolicy& policy = road.channel.policy;
  const std::string month = policy.price.micros > 0 ? spending_month(content, now) : std::string();
  const Cost cost = policy.price.micros > 0 ? cost_of(texts, policy, to.address) : Cost{};
  const MessageClass message_class = road.crisis ? MessageClass::crisis : MessageClass::reply;
  if (over_cap(transaction, to.address, policy, cost, message_class, month)) {
    log::warning("reply.over_cap", {{"ch", to.address.channel}, {"inbound", inbound.value}});
    store::reach_otherwise(transaction, to.id, inbound, now);
    return {};
  }
  std::vector<OutboundMessage> replies;
  for (const Text& text : texts) {
    std::string cause = fmt::format("in:{}:{}{}", inbound.value, road.again ? "again:" : "", replies.size());
    OutboundMessage message = make_message(to.address, std::move(cause), locale, text, road.channel.buttons);
    message.message_class = message_class;
    if (road.via == store::Via::inline_reply) {
      store::insert_outbound(transaction, to.id, message, store::inline_until(now + inline_lease), now);
    } else {
      message.not_after = now + road.lasts;
      store::insert_outbound(transaction, to.id, message, {}, now);
    }
    replies.push_back(std::move(message));
  }
  spend(transaction, to.address.channel, policy, cost, month);
  return replies;
}

Departed enqueue_own(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
                     const OwnMessage& message, const Texts& texts, bool insert_held, TimePoint now) {
  if (store::has_outbound(transaction, message.cause)) return {Departed::Kind::repeated, "", {}, {}};
  const auto channel = channels.find(message.to.address.channel);
  if (channel == channels.end() || !channel->second.sends) return withhold(transaction, message, why_channel, now);
  if (store::load_channel_state(transaction, message.to.address.channel).drained_at)
    return withhold(transaction, message, why_drained, now);
  const ChannelPolicy& policy = channel->second.policy;
  const Cost cost = cost_of(texts, policy, message.to.address);
  const GateDecision decision = foresee(transaction, content, channel->second, message, texts, now);
  if (const auto* no = std::get_if<Withhold>(&decision)) return withhold(transaction, message, no->why, now);

  store::Departure departure;
  departure.instead_of = message.instead_of;
  departure.because = message.because;
  Departed departed;
  if (const auto* held = std::get_if<Hold>(&decision)) {
    keep_reason(transaction, message, "message.held", held->why, now);
    departed = {Departed::Kind::held, held->why, held->until, {}};
    if (!insert_held) return departed;
    departure.not_before = held->until;
    departure.why = held->why;
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string cause = i == 0 ? message.cause : fmt::format("{}:{}", message.cause, i);
    OutboundMessage row = make_message(message.to.address, cause, message.locale, texts[i], channel->second.buttons);
    row.message_class = message.departing.message_class;
    row.not_after = message.departing.not_after;
    store::insert_outbound(transaction, message.to.id, row, departure, now);
    await_receipt(transaction, row.id, policy, departed.until.value_or(now));
    departed.messages.push_back(row.id);
  }
  // It costs when it leaves: what waits for the next month must not eat up what replies may cost in this one.
  spend(transaction, message.to.address.channel, policy, cost, spending_month(content, departed.until.value_or(now)));
  return departed;
}

Departed enqueue_again(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
                       const OwnMessage& message, OutboundId row, const std::string& text, TimePoint now) {
  const auto channel = channels.find(message.to.address.channel);
  if (channel == channels.end() || !channel->second.sends) return {Departed::Kind::withheld, why_channel, {}, {}};
  if (store::load_channel_state(transaction, message.to.address.channel).drained_at)
    return {Departed::Kind::withheld, why_drained, {}, {}};
  const GateDecision decision = foresee(transaction, content, channel->second, message, {text}, now);
  if (const auto* no = std::get_if<Withhold>(&decision)) return {Departed::Kind::withheld, no->why, {}, {}};
  if (!store::send_again(transaction, row, message.departing.not_after, now))
    throw std::logic_error("a message is sent again that is in no state for it");
  const ChannelPolicy& policy = channel->second.policy;
  const auto* held = std::get_if<Hold>(&decision);
  spend(transaction, message.to.address.channel, policy, cost_of({text}, policy, message.to.address),
        spending_month(content, held == nullptr ? now : held->until));
  await_receipt(transaction, row, policy, held == nullptr ? now : held->until);
  if (held == nullptr) return {Departed::Kind::queued, "", {}, {row}};
  store::mark_waiting(transaction, row, held->why, held->until);
  return {Departed::Kind::held, held->why, held->until, {row}};
}

}  // namespace passerelle::turns
