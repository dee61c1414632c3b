#include <cstdio>

#include "app.hpp"
#include "app_channels.hpp"
#include "base/zone.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "turns/content.hpp"

namespace passerelle::cli {
namespace {

void print(const Findings& findings) {
  for (const Finding& finding : findings) std::fprintf(stderr, "%s\n", to_string(finding).c_str());
}

}  // namespace

int serve(const ConfigSources& sources, const std::string& clock) {
  LoadedConfig loaded = load_config(sources);
  if (!clock.empty()) {
    const auto start = parse_instant(clock);
    if (start)
      loaded.config.clock = *start;
    else
      loaded.findings.push_back({{"--clock", 0, 0}, start.error().what, ""});
  }
  print(loaded.findings);
  return loaded.findings.empty() ? passerelle::serve(loaded.config) : exit_configuration;
}

int check(const ConfigSources& sources) {
  LoadedConfig loaded = load_config(sources);
  Findings findings = std::move(loaded.findings);
  const turns::LoadedContent content =
      turns::load_content({loaded.config.association_dir, loaded.config.content_dirs, {}, ""});
  findings.insert(findings.end(), content.findings.begin(), content.findings.end());
  if (content.content) {
    make_channels(loaded.config, content.content->association, base_url(loaded.config, loaded.config.listen_port),
                  findings);
  }
  print(findings);
  std::printf("%zu findings\n", findings.size());
  return findings.empty() ? exit_ok : exit_configuration;
}

}  // namespace passerelle::cli
