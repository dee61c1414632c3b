#include "casework/hsds_words.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

#include "base/crypto.hpp"

namespace passerelle::casework {

std::string uuid_of(std::string_view thing) {
  std::string hex = crypto::hex(crypto::sha256(thing)).substr(0, 32);
  hex[12] = '8';  // RFC 9562: made by a rule of our own
  hex[16] = "89ab"[hex[16] % 4];
  for (const std::size_t at : {20, 16, 12, 8}) hex.insert(at, "-");
  return hex;
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f');
    if (dash ? text[i] != '-' : !hex) return false;
  }
  return true;
}

// Line breaks and the like become blanks: what is told is one line.
std::string text_of(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return {};
  std::string text(value->get_string());
  std::ranges::replace_if(text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; }, ' ');
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::vector<const boost::json::object*> objects_of(const boost::json::object& object, std::string_view name) {
  std::vector<const boost::json::object*> found;
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_array()) return found;
  for (const boost::json::value& item : value->get_array()) {
    if (item.is_object()) found.push_back(&item.get_object());
  }
  return found;
}

const boost::json::object* object_of(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value == nullptr ? nullptr : value->if_object();
}

}  // namespace passerelle::casework
