#include "net/field_syntax.hpp"

#include <algorithm>

namespace passerelle::net {
namespace {

bool is_token_character(char c) {
  static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         marks.find(c) != std::string_view::npos;
}

}  // namespace

bool is_sendable(const HttpField& field) {
  const auto is_control = [](char c) { return (c >= '\0' && c < ' ' && c != '\t') || c == '\x7f'; };
  return !field.name.empty() && std::all_of(field.name.begin(), field.name.end(), is_token_character) &&
         std::none_of(field.value.begin(), field.value.end(), is_control);
}

bool is_framing(std::string_view name) {
  return same_field_name(name, "Content-Length") || same_field_name(name, "Transfer-Encoding") ||
         same_field_name(name, "Connection");
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  out += value;
  out += "\r\n";
}

}  // namespace passerelle::net
