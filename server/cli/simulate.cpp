#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "base/log.hpp"
#include "base/nearest.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/findings.hpp"
#include "cli/replay.hpp"
#include "simulator/simulation.hpp"

namespace passerelle::cli {
namespace {

std::shared_ptr<const turns::Content> content_of(const ContentOptions& options) {
  turns::LoadedContent loaded = turns::load_content({options.association(), options.content_dirs, {}, ""});
  print_findings(loaded.findings);
  return loaded.content;
}

// "+2d", "+3h", "+30m": how far.
std::optional<std::chrono::minutes> parse_step(const std::string& text) {
  char* unit = nullptr;
  const long count = text.starts_with("+") ? std::strtol(text.c_str() + 1, &unit, 10) : 0;
  if (count <= 0 || count > 100'000 || unit == nullptr) return std::nullopt;
  const std::string name = unit;
  if (name == "d") return std::chrono::hours(24 * count);
  if (name == "h") return std::chrono::hours(count);
  if (name == "m") return std::chrono::minutes(count);
  return std::nullopt;
}

void print(const result<std::vector<OutboundMessage>>& arrived) {
  if (!arrived) std::fprintf(stderr, "passerelle: %s\n", to_string(arrived.error()).c_str());
  if (!arrived) return;
  for (const OutboundMessage& message : *arrived) std::printf("%s\n", message.text.c_str());
}

void command_line(const std::string& line, const Address& person, simulator::Simulation& simulation) {
  if (line.starts_with("/do ")) {
    const auto action = simulator::parse_do(line.substr(4));
    return print(action ? simulation.act(person, *action) : result<std::vector<OutboundMessage>>(action.error()));
  }
  const auto step = line.starts_with("/at ") ? parse_step(line.substr(4)) : std::nullopt;
  if (!step) {
    std::puts(
        "/at +2d, /at +3h or /at +30m lets time pass; /do appointment 2027-03-28 14:30 with=Anne, /do move …,\n"
        "/do cancel or /do contact readers=own is what staff do");
    return;
  }
  print(simulation.pass_until(simulation.now() + *step));
  std::printf("%s\n", format_instant(simulation.now()).c_str());
}

int talk(simulator::Simulation& simulation, const Address& person) {
  const bool terminal = isatty(STDIN_FILENO) == 1;
  for (std::string line; (terminal && std::fputs("> ", stdout), std::fflush(stdout), std::getline(std::cin, line));) {
    if (line.starts_with("/")) {
      command_line(line, person, simulation);
      continue;
    }
    const auto taken = simulation.say(person, line);
    if (!taken) {
      std::fprintf(stderr, "passerelle: %s\n", to_string(taken.error()).c_str());
      return exit_failed;
    }
    for (const OutboundMessage& reply : taken->replies) std::printf("%s\n", reply.text.c_str());
  }
  return exit_ok;
}

}  // namespace

int simulate(const SimulateOptions& options) {
  log::set_level(log::Level::error);
  const auto content = content_of(options.content);
  if (!content) return exit_configuration;
  if (!options.scripts.empty()) return replay_files(content, options.scripts).failed == 0 ? exit_ok : exit_failed;
  const auto& languages = content->association.languages;
  if (!options.locale.empty() && std::find(languages.begin(), languages.end(), options.locale) == languages.end()) {
    std::fprintf(stderr,
                 "passerelle: this association does not write in '%s' (languages: in its association.yaml); %s\n",
                 options.locale.c_str(), suggest(options.locale, languages).c_str());
    return exit_usage;
  }
  auto simulation = simulator::Simulation::open(content, SystemClock().now(), simulator::Between::reloaded);
  if (!simulation) throw std::runtime_error(to_string(simulation.error()));
  const Address person{"simulator", "+41790000001"};
  if (!options.locale.empty()) {
    if (const auto known = (*simulation)->know_language(person, options.locale); !known) return exit_failed;
  }
  return talk(**simulation, person);
}

}  // namespace passerelle::cli
