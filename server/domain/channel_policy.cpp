#include "domain/channel_policy.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/phone_address.hpp"

namespace passerelle {

std::string to_string(const Money& money) {
  constexpr std::int64_t in_one = 1'000'000;
  constexpr std::size_t fewest_decimals = 2;
  std::string fraction = fmt::format("{:06}", money.micros % in_one);
  while (fraction.size() > fewest_decimals && fraction.back() == '0') fraction.pop_back();
  const std::string currency = money.currency.empty() ? std::string() : " " + money.currency;
  return fmt::format("{}.{}{}", money.micros / in_one, fraction, currency);
}

bool reaches(const ChannelPolicy& policy, std::string_view user) {
  if (policy.countries.empty()) return true;
  const std::string country = country_of(user);
  return std::ranges::find(policy.countries, country) != policy.countries.end();
}

Money price_to(const ChannelPolicy& policy, std::string_view user) {
  const PrefixPrice* best = nullptr;
  for (const PrefixPrice& each : policy.price_for) {
    if (user.starts_with(each.prefix) && (best == nullptr || each.prefix.size() > best->prefix.size())) best = &each;
  }
  return best == nullptr ? policy.price : best->price;
}

}  // namespace passerelle
