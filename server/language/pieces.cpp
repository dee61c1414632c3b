#include "language/pieces.hpp"

namespace passerelle::language {
namespace {

bool starts_with_han(std::string_view token) {
  const auto lead = static_cast<unsigned char>(token.front());
  return lead >= 0xE3 && lead <= 0xE9;
}

}  // namespace

std::vector<std::string> pieces(const std::vector<std::string>& tokens) {
  std::vector<std::string> out;
  out.reserve(tokens.size());
  for (const std::string& token : tokens) {
    if (!starts_with_han(token)) {
      out.push_back(token);
      continue;
    }
    for (std::size_t from = 0; from < token.size();) {
      std::size_t to = from + 1;
      while (to < token.size() && (static_cast<unsigned char>(token[to]) & 0xC0) == 0x80) ++to;
      out.push_back(token.substr(from, to - from));
      from = to;
    }
  }
  return out;
}

}  // namespace passerelle::language
