// libFuzzer: any bytes are cut into parts that make up the text again, and none of which needs two messages.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "language/segments.hpp"

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using passerelle::language::segments;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto found = segments(text);
  expect(!found.parts.empty());
  std::string joined;
  for (const std::string& part : found.parts) {
    expect(!part.empty() || found.parts.size() == 1);
    expect(segments(part).parts.size() == 1);
    joined += part;
  }
  expect(joined == text);
  return 0;
}
