#include "base/finding.hpp"

#include <fmt/format.h>

namespace passerelle {

std::string to_string(const Position& position) {
  if (position.line == 0) return position.file;
  return fmt::format("{}:{}:{}", position.file, position.line, position.column);
}

std::string to_string(const Finding& finding) {
  const std::string first = to_string(finding.at) + ": " + finding.what;
  return finding.remedy.empty() ? first : first + "; " + finding.remedy;
}

Position position_of(const std::string& file, const std::string& text, std::size_t offset) {
  Position at{file, 1, 1};
  for (std::size_t i = 0; i < offset && i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '\n') {
      ++at.line;
      at.column = 1;
    } else if ((byte & 0xC0) != 0x80) {
      ++at.column;
    }
  }
  return at;
}

}  // namespace passerelle
