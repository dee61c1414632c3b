// A channel of Gammu's daemon, and files as it writes them.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "adapters/registry.hpp"

namespace passerelle::adapters::gammu_test {

inline const TimePoint now = from_ms(1'800'000'000'000);
inline constexpr std::int64_t second = 1'000'000'000;
inline const std::int64_t earlier = to_ms(now) * 1'000'000 - 10 * second;
inline const std::string spool = "/var/spool/gammu";
inline const std::string ref = "0123456789abcdef0123456789abcdef";

inline ChannelSettings settings() {
  ChannelSettings settings;
  settings.name = "modem";
  return settings;
}

inline std::unique_ptr<Channel> channel(const ChannelSettings& of = settings()) {
  return find_gateway("gammu")->make(of).value();
}

inline std::string utf16(std::u16string_view text) {
  std::string bytes = "\xFE\xFF";
  for (const char16_t unit : text) {
    bytes += static_cast<char>(unit >> 8);
    bytes += static_cast<char>(unit & 0xFF);
  }
  return bytes;
}

inline link::File arrived(const std::string& name, const std::string& bytes, std::int64_t changed = earlier) {
  return {spool + "/inbox", "IN20261122_" + name + ".txt", bytes, changed, true};
}

}  // namespace passerelle::adapters::gammu_test
