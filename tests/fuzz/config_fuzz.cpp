// libFuzzer: no configuration whatever may crash the reader, and each finding stands inside the file.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "config.hpp"

namespace {

using namespace passerelle;

void require(bool holds) {
  if (!holds) std::abort();
}

// A file without a disk: the reader takes a path.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view text) : descriptor_(memfd_create("fuzz", MFD_CLOEXEC)) {
    require(descriptor_ >= 0 && ::write(descriptor_, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  // Secrets in files would open whatever path the fuzzer invents.
  if (input.find("_file") != std::string_view::npos) return 0;
  // The first line is a --set, the rest the file.
  const auto line = std::min(input.find('\n'), input.size());
  const std::string_view text = input.substr(std::min(line + 1, input.size()));
  const MemoryFile file(text);
  const LoadedConfig loaded = load_config({file.path(), {std::string(input.substr(0, line))}, "", ""});
  const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
  for (const Finding& finding : loaded.findings) {
    require(!finding.what.empty() && !finding.at.file.empty());
    require(finding.at.line >= 0 && finding.at.line <= lines + 1);
  }
  if (loaded.findings.empty()) {
    for (const ChannelConfig& channel : loaded.config.channels)
      require(!channel.settings.name.empty() && channel.policy.parallel > 0 && channel.policy.price.micros >= 0);
  }
  return 0;
}
