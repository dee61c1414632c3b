// Channels: what waits in them, what stops them, and what each gateway is known to do behind one's back.
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <set>

#include "adapters/registry.hpp"
#include "base/file.hpp"
#include "doctor.hpp"

namespace passerelle::doctor {
namespace {

constexpr auto queue_time = std::chrono::minutes(15);
constexpr auto pause_time = std::chrono::hours(24);

void none(const House& house, Troubles& to) {
  if (!house.config().channels.empty() || !house.loaded.findings.empty()) return;
  to.push_back({house.sources.file, "there is no channel: nobody can write to this server",
                "add a [[channel]]; docs/GATEWAYS.md lists the gateways"});
}

void traps(const House& house, Troubles& to) {
  for (const ChannelConfig& channel : house.config().channels) {
    const adapters::Gateway* gateway = adapters::find_gateway(channel.gateway);
    if (gateway == nullptr || gateway->traps == nullptr || !house.channels.contains(channel.settings.name)) continue;
    adapters::ChannelSettings settings = channel.settings;
    settings.callback_url =
        hook_urls(house.config(), base_url(house.config(), house.config().listen_port)).at(settings.name);
    adapters::PeerFiles files;
    for (const std::string& key : gateway->peer_files) {
      const auto named = settings.values.find(key);
      if (named == settings.values.end() || named->second.empty()) continue;
      const auto text = read_file(named->second);
      if (text)
        files[key] = *text;
      else
        to.push_back({"channel " + settings.name, named->second + " " + text.error().what,
                      "correct '" + key + "', or let this user read the file"});
    }
    for (const adapters::Trap& trap : gateway->traps(settings, files))
      to.push_back({"channel " + settings.name, trap.what, trap.remedy, !trap.certain});
  }
}

// Folders that are shared with a program on this machine, as the adapter names them.
void folders(const House& house, Troubles& to) {
  constexpr std::string_view scheme = "file:";
  for (const auto& [name, channel] : house.channels) {
    const std::string url = channel->traits().api_url;
    if (!url.starts_with(scheme)) continue;
    const std::string folder = url.substr(scheme.size() + (url.starts_with("file://") ? 2 : 0));
    if (access(folder.c_str(), R_OK | W_OK | X_OK) == 0) continue;
    to.push_back({"channel " + name, folder + " is missing, or closed to this user",
                  "make it, and put the server's user into the group that owns it"});
  }
}

void paused(const House& house, Troubles& to) {
  if (!house.records) return;
  for (const auto& [name, state] : house.records->channels) {
    if (state.paused_at && *state.paused_at + pause_time < house.now) {
      to.push_back({"channel " + name,
                    fmt::format("paused for {} ({})", long_ago(house.now - *state.paused_at), state.why),
                    "mend what paused it, then: passerelle channel resume " + name});
    }
    if (state.drained_at && *state.drained_at + pause_time < house.now) {
      to.push_back({"channel " + name,
                    "drained for " + long_ago(house.now - *state.drained_at) + ": nothing new leaves by it",
                    "if that is over: passerelle channel resume " + name});
    }
  }
}

// Told at once, however short: nothing leaves by this channel, and only a person can mend a refusal.
void sign_in(const House& house, Troubles& to) {
  constexpr std::string_view mark = "sign_in ";
  std::set<std::string> refused;
  for (const auto& [name, state] : house.records ? house.records->channels : decltype(Records::channels)()) {
    if (!state.paused_at || !state.why.starts_with(mark)) continue;
    refused.insert(name);
    to.push_back(
        {"channel " + name,
         "the gateway refused our sign-in (" + state.why.substr(mark.size()) + "), and messages wait",
         "correct the account and its secret, start the server again, then: passerelle channel resume " + name});
  }
  for (const auto& [name, sending] : house.sending) {
    if (!sending.signed_out || refused.contains(name)) continue;
    to.push_back({"channel " + name, "the gateway gives us no token, and messages wait for one",
                  "find out why: passerelle channel test " + name});
  }
}

void queue(const House& house, Troubles& to) {
  if (!house.records) return;
  for (const store::WaitingMessages& row : house.records->waiting) {
    if (!row.could_go || *row.could_go + queue_time > house.now) continue;
    to.push_back({"channel " + row.channel,
                  fmt::format("{} messages wait, the oldest for {} longer than it had to", row.count,
                              long_ago(house.now - *row.could_go)),
                  house.server_answers ? "find out why: passerelle channel test " + row.channel
                                       : "start the server: passerelle serve"});
  }
}

void uncertain(const House& house, Troubles& to) {
  if (!house.records) return;
  for (const store::ByState& row : house.records->outbound) {
    if (row.state != "uncertain") continue;
    to.push_back({"channel " + row.channel, fmt::format("of {} messages nobody knows whether they arrived", row.count),
                  "see them: passerelle send list; 'send again REF' is your decision", true});
  }
}

void failing(const House& house, Troubles& to) {
  for (const auto& [name, sending] : house.sending) {
    if (!sending.failing && sending.link_troubles == 0) continue;
    to.push_back(
        {"channel " + name,
         sending.failing ? "the gateway fails, and is tried once a minute" : "asking the gateway for messages fails",
         "find out why: passerelle channel test " + name});
  }
}

}  // namespace

std::span<const Check> channel_checks() {
  static constexpr auto rows = std::to_array<Check>({
      {"channel.none", "whether there is a channel", none},
      {"channel.traps", "what each gateway is known to do, by its settings and its own configuration", traps},
      {"channel.folder", "folders that are shared with a gateway's program", folders},
      {"channel.paused", "channels that are paused or drained for more than a day", paused},
      {"channel.sign_in", "gateways that give us no token", sign_in},
      {"channel.queue", "messages that could have left 15 minutes ago", queue},
      {"channel.uncertain", "messages of which nobody knows whether they arrived", uncertain},
      {"channel.failing", "gateways that fail, as the running server sees them", failing},
  });
  return rows;
}

}  // namespace passerelle::doctor
