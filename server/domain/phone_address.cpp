#include "domain/phone_address.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

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

// 'number' is asked for only where it tells something.
template <class Number>
Sender judge(const result<DialledDigits>& dialled, Number number) {
  if (!dialled) return Sender::name;
  if (dialled->digits.size() <= longest_short_code) return Sender::short_code;
  const auto& read = number();
  return read && read->kind == PhoneKind::premium ? Sender::premium : Sender::person;
}

template <class Number>
std::string country_by_code(std::string_view address, Number number) {
  if (!address.starts_with('+')) return {};
  const auto code = find_code(address.substr(1));
  if (!code || code->first == code->second) return {};
  if (code->second.find(' ') == std::string_view::npos) return std::string(code->second);
  const auto& read = number();
  return read ? read->region : std::string();
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
  if (of_another_service(user)) return Sender::person;
  return judge(read_dialled(user), [&] { return read_phone(user, country); });
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
  return country_by_code(user, [&] { return read_phone(user, ""); });
}

// The number is read once: this is on the road of every message.
PhoneSender read_sender(std::string_view user, std::string_view country) {
  PhoneSender found{std::string(user), Sender::person, {}};
  if (of_another_service(user)) {
    found.country = country_of(user);
    return found;
  }
  const auto dialled = read_dialled(user);
  std::optional<result<PhoneNumber>> known;
  const auto number = [&]() -> const result<PhoneNumber>& {
    if (!known) known = read_phone(user, country);
    return *known;
  };
  found.sender = judge(dialled, number);
  if (found.sender == Sender::person) {
    // What a gateway gives with a + is E.164: nobody has typed a prefix of home into it that could be taken off.
    const auto plain = [&] {
      return number() && (number()->kind != PhoneKind::unknown || number()->form == PhoneForm::international);
    };
    if (dialled->plus)
      found.address = "+" + dialled->digits;
    else if (plain())
      found.address = number()->e164;
    if (found.address.size() <= longest_short_code + 1 && found.address.starts_with('+'))
      found.sender = Sender::short_code;
  }
  // Of the same digits, whoever reads them.
  const bool same = known && *known && (*known)->e164 == found.address;
  found.country = same ? country_by_code(found.address, number) : country_of(found.address);
  return found;
}

}  // namespace passerelle
