// libFuzzer: a line that names a region, then anything as its telephone number. What is read is E.164, reads again as
// itself, and its form for people has the same digits.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "domain/phone.hpp"
#include "domain/phone_address.hpp"

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace passerelle;
  const std::string all(reinterpret_cast<const char*>(data), size);
  const std::string region = all.substr(0, all.find('\n'));
  const std::string typed = all.substr(std::min(all.size(), region.size() + 1));
  const Sender sender = sender_of(typed, region);
  expect(sender == Sender::person || !why_not_written_to(sender).empty());
  static_cast<void>(check_callable(typed, region));
  const auto number = read_phone(typed, region);
  expect(number || !number.error().what.empty());
  if (!number) return 0;
  expect(number->e164.size() >= 3 && number->e164.size() <= 16 && number->e164[0] == '+' && number->e164[1] != '0');
  expect(std::all_of(number->e164.begin() + 1, number->e164.end(), is_digit));
  if (number->kind != PhoneKind::unknown) expect(read_phone(number->e164, "").value().e164 == number->e164);
  std::string digits = for_people(number->e164);
  std::erase_if(digits, [](char c) { return !is_digit(c); });
  expect("+" + digits == number->e164);
  return 0;
}
