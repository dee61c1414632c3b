#include "domain/phone_address.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/numbering_plan.hpp"
#include "domain/phone.hpp"
#include "domain/phone_text.hpp"

namespace passerelle {
namespace {

constexpr std::size_t shortest_short_code = 2;
constexpr std::size_t longest_short_code = 6;  // digits; numbers that can be reached from abroad are longer

bool is_mobile(PhoneKind kind) { return kind == PhoneKind::mobile || kind == PhoneKind::fixed_or_mobile; }

// "whatsapp:+41…", "messenger:…": people of another service that the same gateway carries.
bool of_another_service(std::string_view user) { return user.find(':') != std::string_view::npos; }

Sender sender_of(std::string_view user, const result<DialledDigits>& dialled, std::string_view country) {
  if (!dialled) return Sender::name;
  if (dialled->digits.size() <= longest_short_code) return Sender::short_code;
  const auto number = read_phone(user, country);
  return number && number->kind == PhoneKind::premium ? Sender::premium : Sender::person;
}

}  // namespace

result<std::string> address_number(std::string_view typed, std::string_view country, std::string_view example) {
  const auto number = read_phone(typed, country);
  if (!number) return Error{fmt::format("{}: write {}", number.error().what, example), ""};
  if (number->form == PhoneForm::international) return number->e164;
  if (number->form == PhoneForm::national && is_mobile(number->kind)) return number->e164;
  return Error{fmt::format("lacks the country's code, and could be another country's number: write {}", example), ""};
}

result<void> check_callable(std::string_view typed, std::string_view country) {
  const auto dialled = read_dialled(typed);
  if (dialled && !dialled->plus && dialled->digits.size() >= shortest_short_code &&
      dialled->digits.size() <= longest_short_code)
    return {};
  const auto number = read_phone(typed, country);
  if (number) return {};
  return number.error();
}

std::string_view to_string(Sender sender) {
  switch (sender) {
    case Sender::person: return "person";
    case Sender::short_code: return "short_code";
    case Sender::name: return "sender_name";
    case Sender::premium: return "premium_number";
  }
  return "person";
}

Sender sender_of(std::string_view user, std::string_view country) {
  return of_another_service(user) ? Sender::person : sender_of(user, read_dialled(user), country);
}

std::string_view why_not_written_to(Sender sender) {
  switch (sender) {
    case Sender::person: return "";
    case Sender::short_code: return "is a short code, where a machine reads and no person";
    case Sender::name: return "is a sender's name and no number: nothing can be sent there";
    case Sender::premium: return "is a premium-rate number: who writes there pays dear, and no person reads it";
  }
  return "";
}

std::string country_of(std::string_view user) {
  user.remove_prefix(user.rfind(':') + 1);
  if (!user.starts_with('+')) return {};
  const auto code = find_code(user.substr(1));
  if (!code || code->first == code->second) return {};
  if (code->second.find(' ') == std::string_view::npos) return std::string(code->second);
  const auto number = read_phone(user, "");
  return number ? number->region : std::string();
}

std::string sender_address(std::string_view user, std::string_view country) {
  if (of_another_service(user)) return std::string(user);
  const auto dialled = read_dialled(user);
  if (sender_of(user, dialled, country) != Sender::person) return std::string(user);
  // What a gateway gives with a + is E.164: nobody has typed a prefix of home into it that could be taken off.
  if (dialled->plus) return "+" + dialled->digits;
  const auto number = read_phone(user, country);
  const bool plain = number && (number->kind != PhoneKind::unknown || number->form == PhoneForm::international);
  return plain ? number->e164 : std::string(user);
}

}  // namespace passerelle
