#include "adapters/whatsapp/address.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "adapters/json_fields.hpp"

namespace passerelle::adapters::whatsapp {
namespace {

namespace json = boost::json;

constexpr std::string_view id_mark = "bsuid:";
constexpr std::size_t longest_id = 160;  // two letters of a country, perhaps "ENT", and up to 128 letters and digits
constexpr std::size_t shortest_number = 5;
constexpr std::size_t longest_number = 15;  // E.164

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

bool is_scoped_id(std::string_view text) {
  if (text.size() < 4 || text.size() > longest_id || text[2] != '.') return false;
  if (!is_capital(text[0]) || !is_capital(text[1])) return false;
  const auto is_fit = [](char c) { return c == '.' || is_digit(c) || is_capital(c) || (c >= 'a' && c <= 'z'); };
  return std::ranges::all_of(text.substr(3), is_fit);
}

std::string first_address(const json::object& object, std::string_view number, std::string_view id) {
  std::string address = address_of(view_at(object, number));
  return address.empty() ? address_of(view_at(object, id)) : address;
}

}  // namespace

std::string address_of(std::string_view given) {
  if (is_scoped_id(given)) return std::string(id_mark).append(given);
  if (given.starts_with('+')) given.remove_prefix(1);
  const bool is_number = given.size() >= shortest_number && given.size() <= longest_number && given.front() != '0' &&
                         std::ranges::all_of(given, is_digit);
  return is_number ? "+" + std::string(given) : std::string();
}

std::string sender_of(const json::object& message, const json::object& value) {
  std::string address = first_address(message, "from", "from_user_id");
  const auto contacts = items_at(value, "contacts");
  if (!address.empty() || contacts.size() != 1 || !contacts.front().is_object()) return address;
  return first_address(contacts.front().get_object(), "wa_id", "user_id");
}

std::string other_name_of(const json::object& message, const json::object& value) {
  const std::string number = address_of(view_at(message, "from"));
  std::string id = address_of(view_at(message, "from_user_id"));
  const auto contacts = items_at(value, "contacts");
  // The contact beside the message is its sender where it has the same number, and is the only one.
  if (id.empty() && contacts.size() == 1 && contacts.front().is_object()) {
    const json::object& contact = contacts.front().get_object();
    if (address_of(view_at(contact, "wa_id")) == number) id = address_of(view_at(contact, "user_id"));
  }
  return number.starts_with('+') && id.starts_with(id_mark) ? id : std::string();
}

void put_recipient(json::object& request, std::string_view address) {
  if (address.starts_with(id_mark)) {
    request["recipient"] = address.substr(id_mark.size());
    return;
  }
  if (address.starts_with('+')) address.remove_prefix(1);
  request["to"] = address;
}

}  // namespace passerelle::adapters::whatsapp
