// Operations on the channels: channel.list, channel.pause, channel.resume, channel.drain, channel.templates.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>

#include "base/nearest.hpp"
#include "console/arguments.hpp"
#include "console/moment.hpp"
#include "console/operations.hpp"
#include "store/channel_silence.hpp"
#include "store/channel_state.hpp"
#include "store/event.hpp"
#include "store/gauges.hpp"
#include "store/outbox.hpp"
#include "turns/enqueue.hpp"

namespace passerelle::console {
namespace {

constexpr const char* by_staff = "staff";

void put_money(Desk& desk, const std::string& name, const ChannelPolicy& policy, boost::json::object& row) {
  if (policy.price.micros == 0) return;
  const store::Spending spent = store::spending(desk.transaction, name, turns::spending_month(desk.content, desk.now));
  row["price"] = to_string(policy.price);
  boost::json::array others;
  for (const auto& [prefix, price] : policy.price_for) others.emplace_back(prefix + " " + to_string(price));
  if (!others.empty()) row["price_for"] = std::move(others);
  row["segments_this_month"] = spent.segments;
  row["spent_this_month"] = to_string(Money{spent.micros, policy.price.currency});
  if (policy.monthly_cap.micros > 0) row["monthly_cap"] = to_string(policy.monthly_cap);
}

boost::json::object channel_row(Desk& desk, const std::string& name, const turns::ChannelFacts& facts) {
  const store::ChannelState state = store::load_channel_state(desk.transaction, name);
  boost::json::object row{{"name", name},
                          {"sends", facts.sends},
                          {"replies", facts.inline_replies ? "inline" : "api"},
                          {"paused", state.paused_at.has_value()}};
  if (state.paused_at) {
    row["why"] = state.why;
    put_moment(row, "since", *state.paused_at, desk.content);
  }
  if (state.drained_at) row["drained"] = true;
  if (store::is_silent(desk.transaction, name, facts.policy.receipt_within, desk.now)) row["silent"] = true;
  row["waiting"] = store::count_waiting(desk.transaction, name);
  for (const store::WaitingMessages& waiting : store::waiting_messages(desk.transaction, desk.now)) {
    // Those that are held for later, by the rules, have not been kept waiting.
    if (waiting.channel == name && waiting.could_go)
      put_moment(row, "oldest_waits_since", *waiting.could_go, desk.content);
  }
  if (facts.policy.per_hour > 0) row["per_hour"] = facts.policy.per_hour;
  put_money(desk, name, facts.policy, row);
  return row;
}

result<boost::json::object> list(Desk& desk, const boost::json::object& arguments) {
  if (const auto sound = Arguments(arguments).sound(); !sound) return sound.error();
  boost::json::array rows;
  for (const auto& [name, facts] : desk.channels) rows.push_back(channel_row(desk, name, facts));
  return boost::json::object{{"channels", std::move(rows)}};
}

result<turns::ChannelBook::const_iterator> named(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments);
  const std::string name = given.text("name", "the channel's name, as 'channel list' shows it");
  if (const auto sound = given.sound(); !sound) return sound.error();
  const auto found = desk.channels.find(name);
  if (found != desk.channels.end()) return found;
  std::vector<std::string> names;
  for (const auto& [each, facts] : desk.channels) names.push_back(each);
  const std::string remedy = names.empty() ? "the configuration names none" : suggest(name, names);
  return Error{fmt::format("there is no channel '{}'; {}", name, remedy), "name"};
}

result<boost::json::object> pause(Desk& desk, const boost::json::object& arguments) {
  const auto channel = named(desk, arguments);
  if (!channel) return channel.error();
  const auto& [name, facts] = **channel;
  if (!facts.sends)
    return Error{fmt::format("nothing leaves by '{}' but answers to what comes in: take it out of the configuration to "
                             "stop those",
                             name),
                 "name"};
  if (!store::load_channel_state(desk.transaction, name).paused_at) {
    store::pause_channel(desk.transaction, name, by_staff, desk.now);
    store::add_event(desk.transaction, "channel.paused", 0, name + " " + by_staff, desk.now);
  }
  return channel_row(desk, name, facts);
}

result<boost::json::object> resume(Desk& desk, const boost::json::object& arguments) {
  const auto channel = named(desk, arguments);
  if (!channel) return channel.error();
  const auto& [name, facts] = **channel;
  const store::ChannelState state = store::load_channel_state(desk.transaction, name);
  if (state.paused_at || state.drained_at) {
    store::resume_channel(desk.transaction, name);
    store::add_event(desk.transaction, "channel.resumed", 0, name, desk.now);
  }
  return channel_row(desk, name, facts);
}

// Takes nothing more that we start; what waits leaves. Whoever writes to us is still answered. 'ok': nothing waits.
result<boost::json::object> drain(Desk& desk, const boost::json::object& arguments) {
  const auto channel = named(desk, arguments);
  if (!channel) return channel.error();
  const auto& [name, facts] = **channel;
  if (!facts.sends) return Error{fmt::format("nothing leaves by '{}' but answers to what comes in", name), "name"};
  if (!store::load_channel_state(desk.transaction, name).drained_at) {
    store::drain_channel(desk.transaction, name, desk.now);
    store::add_event(desk.transaction, "channel.drained", 0, name, desk.now);
  }
  boost::json::object row = channel_row(desk, name, facts);
  row["ok"] = row.at("waiting") == 0;
  return row;
}

// What a person gets who has not written for so long that only approved texts may be sent, by kind and language.
boost::json::object approved_row(const turns::ChannelFacts& facts, const std::string& kind, const Locale& language) {
  const auto found = std::ranges::find_if(
      facts.approved, [&](const ApprovedText& each) { return each.kind == kind && each.language == language; });
  const bool none = found == facts.approved.end();
  const bool usable = !none && found->status == ApprovedText::Status::approved;
  boost::json::object row{{"for", kind},
                          {"language", language},
                          {"status", none ? "none" : to_string(found->status)},
                          {"then", usable ? "this template" : "the person's next address"}};
  if (none) return row;
  row["name"] = found->name;
  row["body"] = found->body;
  return row;
}

result<boost::json::object> templates(Desk& desk, const boost::json::object& arguments) {
  const auto channel = named(desk, arguments);
  if (!channel) return channel.error();
  const auto& [name, facts] = **channel;
  if (facts.window == std::chrono::hours(0))
    return Error{fmt::format("the gateway of '{}' lets us write at any time: it needs no templates", name), "name"};
  boost::json::array list;
  for (const std::string& kind : approved_kinds()) {
    for (const Locale& language : desk.content.association.languages)
      list.push_back(approved_row(facts, kind, language));
  }
  return boost::json::object{{"name", name}, {"templates", std::move(list)}};
}

constexpr std::array<Operation, 5> rows{{{"channel.list", list},
                                         {"channel.pause", pause},
                                         {"channel.resume", resume},
                                         {"channel.drain", drain},
                                         {"channel.templates", templates}}};

}  // namespace

std::span<const Operation> channel_operations() { return rows; }

}  // namespace passerelle::console
