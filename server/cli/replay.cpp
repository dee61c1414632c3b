#include "cli/replay.hpp"

#include <cstdio>

#include "base/file.hpp"
#include "cli/findings.hpp"
#include "simulator/replay.hpp"

namespace passerelle::cli {
namespace {

Findings replay_file(const std::shared_ptr<const turns::Content>& content, const std::string& file,
                     std::set<dialog::Taken>& ways) {
  const auto text = read_file(file);
  if (!text) return {{{file, 0, 0}, text.error().what, ""}};
  simulator::ParsedTranscript parsed = simulator::parse_transcript(file, *text);
  if (!parsed.findings.empty()) return std::move(parsed.findings);
  for (const auto between : {simulator::Between::kept, simulator::Between::reloaded}) {
    simulator::Replayed replayed = simulator::replay(parsed.transcript, content, between);
    ways.merge(replayed.ways);
    if (!replayed.findings.empty()) return std::move(replayed.findings);
  }
  return {};
}

}  // namespace

Replays replay_files(const std::shared_ptr<const turns::Content>& content, const std::vector<std::string>& files) {
  Replays all;
  for (const std::string& file : files) {
    const Findings findings = replay_file(content, file, all.ways);
    print_findings(findings);
    std::printf("%s %s\n", findings.empty() ? "passed" : "FAILED", file.c_str());
    all.failed += findings.empty() ? 0 : 1;
  }
  std::printf("%zu passed, %d failed\n", files.size() - static_cast<std::size_t>(all.failed), all.failed);
  return all;
}

}  // namespace passerelle::cli
