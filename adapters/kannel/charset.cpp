#include "adapters/kannel/charset.hpp"

#include "adapters/text.hpp"
#include "base/http.hpp"
#include "domain/utf8.hpp"

namespace passerelle::adapters::kannel {
namespace {

constexpr char32_t replacement = 0xFFFD;

bool is_high(char32_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool is_low(char32_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

// A byte that is left over at the end is a unit that was cut, and so U+FFFD.
char32_t unit_at(std::string_view bytes, std::size_t at) {
  if (at + 1 >= bytes.size()) return replacement;
  return static_cast<char32_t>(static_cast<unsigned char>(bytes[at]) << 8 | static_cast<unsigned char>(bytes[at + 1]));
}

std::string from_utf16be(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    char32_t c = unit_at(bytes, at);
    const char32_t next = at + 2 < bytes.size() ? unit_at(bytes, at + 2) : 0;
    if (is_high(c) && is_low(next)) {
      c = 0x10000 + ((c - 0xD800) << 10) + (next - 0xDC00);
      at += 2;
    }
    append_utf8(out, is_high(c) || is_low(c) ? replacement : c);
  }
  return out;
}

std::string from_latin1(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (const char c : bytes) append_utf8(out, static_cast<unsigned char>(c));
  return out;
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  for (const std::string_view one : names) {
    if (same_field_name(name, one)) return true;
  }
  return false;
}

}  // namespace

std::string to_utf8(std::string_view bytes, std::string_view charset) {
  if (is_one_of(charset, {"utf-16be", "utf-16", "ucs-2", "iso-10646-ucs-2"})) return from_utf16be(bytes);
  if (is_one_of(charset, {"", "utf-8", "utf8"}) || is_utf8(bytes)) return valid_utf8(bytes);
  return from_latin1(bytes);
}

std::string_view charset_of(std::string_view content_type) {
  constexpr std::string_view key = "charset=";
  while (!content_type.empty()) {
    std::string_view part = content_type.substr(0, content_type.find(';'));
    content_type.remove_prefix(std::min(content_type.size(), part.size() + 1));
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!same_field_name(part.substr(0, key.size()), key)) continue;
    part.remove_prefix(key.size());
    if (part.size() >= 2 && part.front() == '"' && part.back() == '"') part = part.substr(1, part.size() - 2);
    return part;
  }
  return {};
}

}  // namespace passerelle::adapters::kannel
