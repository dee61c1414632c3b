#include "adapters/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/crypto.hpp"
#include "domain/utf8.hpp"

namespace passerelle::adapters {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

bool is_xml_character(char32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  return c != 0xFFFE && c != 0xFFFF;  // surrogates never come out of UTF-8
}

// A carriage return would come back as a line feed, and white space in an attribute as a space, were they not escaped.
std::string_view xml_entity(char32_t c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&apos;";
    case '\r': return "&#13;";
    default: return {};
  }
}

bool is_letter_or_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// What stands for itself in XML whatever stands beside it: nearly all of a text in Latin letters.
constexpr std::array<bool, 256> plain_in_xml = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = ' '; c < 0x7F; ++c) plain[c] = c != '&' && c != '<' && c != '>' && c != '"' && c != '\'';
  plain['\n'] = true;
  return plain;
}();

int base64_digit(char c) {
  static constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto found = digits.find(c);
  return found == std::string_view::npos ? -1 : static_cast<int>(found);
}

}  // namespace

void append_utf8(std::string& text, char32_t c) {
  const auto put = [&](char32_t byte) { text += static_cast<char>(byte); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xC0 | c >> 6);
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3F));
    put(0x80 | (c >> 6 & 0x3F));
  }
  put(0x80 | (c & 0x3F));
}

bool is_plain(std::string_view text, std::size_t longest) {
  if (text.empty() || text.size() > longest) return false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    if (!c.valid || c.value < 0x20 || (c.value >= 0x7F && c.value < 0xA0)) return false;
    at += c.size;
  }
  return true;
}

bool is_ascii_word(std::string_view text, std::size_t longest) {
  const auto is_word = [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; };
  return !text.empty() && text.size() <= longest && std::ranges::all_of(text, is_word);
}

std::optional<std::string> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text.substr(0, text.find('='))) {
    const int digit = base64_digit(c);
    if (digit < 0) return std::nullopt;
    bits = (bits << 6 | static_cast<std::uint32_t>(digit)) & 0xFFFFFU;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>(bits >> held & 0xFFU);
  }
  if (crypto::base64(out) != text) return std::nullopt;  // padding in the middle, stray bits
  return out;
}

std::string xml_escape(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    while (at < text.size() && plain_in_xml[static_cast<unsigned char>(text[at])]) ++at;
    out.append(text, begin, at - begin);
    if (at == text.size()) break;
    const CodePoint c = code_point_at(text, at);
    const std::string_view entity = xml_entity(c.value);
    if (!entity.empty()) {
      out.append(entity);
    } else if (is_xml_character(c.value)) {
      out.append(c.valid ? text.substr(at, c.size) : replacement);
    }
    at += c.size;
  }
  return out;
}

}  // namespace passerelle::adapters
