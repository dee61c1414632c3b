// 'doctor': one table of checks, each a look at one thing that can be wrong, told in one line with its remedy.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app_channels.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "config.hpp"
#include "domain/service.hpp"
#include "live/examine.hpp"
#include "store/channel_state.hpp"
#include "store/gauges.hpp"
#include "store/health.hpp"
#include "turns/content.hpp"

namespace passerelle::doctor {

struct Trouble {
  std::string where;                             // a file, a key, a channel; may be empty
  std::string what;                              // "other users of this machine can read it"
  std::string remedy;                            // in one line
  bool note = false;                             // worth knowing, and nothing is wrong
  std::function<result<void>()> mend = nullptr;  // what --fix does: only what takes nothing from anybody
};
using Troubles = std::vector<Trouble>;

// What the running server tells of a channel.
struct Sending {
  bool failing = false;
  bool signed_out = false;
  std::uint64_t link_troubles = 0;
};

// What the database tells; only where it opens, is undamaged and has this program's schema.
struct Records {
  std::vector<store::ByState> inbound, outbound;
  std::vector<store::WaitingMessages> waiting;
  std::vector<store::OpenTasks> tasks;
  store::DueRows due;
  std::map<std::string, store::ChannelState> channels;  // of the configured ones
  std::vector<Service> services;
};

// All that the checks look at, gathered once: nothing here waits for the network.
struct House {
  ConfigSources sources;
  LoadedConfig loaded;
  turns::LoadedContent content;
  Findings channel_findings;
  Channels channels;
  TimePoint now{};
  bool server_answers = false;
  std::map<std::string, Sending> sending;       // by channel, of a server that answers
  std::optional<live::Examined> redis;          // nothing: there is none
  std::optional<result<store::Health>> health;  // nothing: there is no database yet
  std::optional<Records> records;

  const Config& config() const { return loaded.config; }
};

// All of it but what only the running server and a Redis know.
House gather(const ConfigSources& sources, TimePoint now);

struct Check {
  std::string_view id;        // "data.mode"
  std::string_view looks_at;  // for the documentation and --json
  void (*look)(const House& house, Troubles& troubles);
};

std::span<const Check> checks();  // in the order in which they are told

// Of configuration and files; the checks of each live in a file of that name.
std::span<const Check> file_checks();
std::span<const Check> store_checks();
std::span<const Check> work_checks();
std::span<const Check> network_checks();
std::span<const Check> channel_checks();
std::span<const Check> backup_checks();
std::span<const Check> redis_checks();

// Permission bits, as chmod wants them: "600".
std::string octal(unsigned mode);
// "chmod 600 PATH", and its mending, for a path that has bits of 'never'. Nothing where it has none or is not there.
std::optional<Trouble> too_open(const std::string& path, unsigned never, const std::string& what);
// Mends whose a file is. Both follow no link, and touch no file that has a second name: root mends in a folder of
// others.
result<void> give_to(const std::string& path, unsigned user, unsigned group);
// In the words of a person: "3 days", "5 hours", "20 minutes".
std::string long_ago(std::chrono::milliseconds time);

}  // namespace passerelle::doctor
