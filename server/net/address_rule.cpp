#include "net/address_rule.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>
#include <cstdint>
#include <cstring>
#include <optional>

namespace passerelle::net {
namespace {

namespace ip = boost::asio::ip;

struct Block4 {
  std::uint32_t base;
  int bits;
};

constexpr std::uint32_t v4(std::uint32_t a, std::uint32_t b, std::uint32_t c) { return a << 24 | b << 16 | c << 8; }

constexpr auto special4 = std::to_array<Block4>({
    {v4(0, 0, 0), 8},
    {v4(10, 0, 0), 8},
    {v4(100, 64, 0), 10},
    {v4(127, 0, 0), 8},
    {v4(169, 254, 0), 16},
    {v4(172, 16, 0), 12},
    {v4(192, 0, 0), 24},
    {v4(192, 0, 2), 24},
    {v4(192, 31, 196), 24},
    {v4(192, 52, 193), 24},
    {v4(192, 88, 99), 24},
    {v4(192, 168, 0), 16},
    {v4(192, 175, 48), 24},
    {v4(198, 18, 0), 15},
    {v4(198, 51, 100), 24},
    {v4(203, 0, 113), 24},
    {v4(224, 0, 0), 3},  // multicast, reserved and broadcast
});

struct Block6 {
  std::array<std::uint8_t, 8> base;  // no block below is longer
  int bits;
};

// Within 2000::/3, the only global unicast space; all outside of it is refused anyway.
constexpr auto special6 = std::to_array<Block6>({
    {{0x20, 0x01, 0x00, 0x00}, 23},        // 2001::/23: Teredo, ORCHID, benchmarking
    {{0x20, 0x01, 0x0d, 0xb8}, 32},        // documentation
    {{0x26, 0x20, 0x00, 0x4f, 0x80}, 48},  // direct delegation AS112
    {{0x3f, 0xff, 0x00, 0x00}, 20},        // documentation
});

bool is_public4(std::uint32_t address) {
  return std::ranges::none_of(special4,
                              [&](const Block4& block) { return (address ^ block.base) >> (32 - block.bits) == 0; });
}

bool begins_with(const ip::address_v6::bytes_type& bytes, const Block6& block) {
  for (int bit = 0; bit < block.bits; ++bit) {
    const auto at = static_cast<std::size_t>(bit / 8);
    const int mask = 0x80 >> (bit % 8);
    if (((bytes[at] ^ block.base[at]) & mask) != 0) return false;
  }
  return true;
}

std::uint32_t four_bytes(const ip::address_v6::bytes_type& bytes, std::size_t at) {
  return static_cast<std::uint32_t>(bytes[at]) << 24 | static_cast<std::uint32_t>(bytes[at + 1]) << 16 |
         static_cast<std::uint32_t>(bytes[at + 2]) << 8 | bytes[at + 3];
}

bool is_zero(const ip::address_v6::bytes_type& bytes, std::size_t from, std::size_t to) {
  return std::all_of(bytes.begin() + static_cast<std::ptrdiff_t>(from), bytes.begin() + static_cast<std::ptrdiff_t>(to),
                     [](unsigned char byte) { return byte == 0; });
}

// The IPv4 address that a mapped, NAT64 or 6to4 address leads to.
std::optional<std::uint32_t> embedded4(const ip::address_v6::bytes_type& bytes) {
  const bool mapped = is_zero(bytes, 0, 10) && bytes[10] == 0xFF && bytes[11] == 0xFF;
  const bool nat64 = bytes[0] == 0 && bytes[1] == 0x64 && bytes[2] == 0xFF && bytes[3] == 0x9B && is_zero(bytes, 4, 12);
  if (mapped || nat64) return four_bytes(bytes, 12);
  if (bytes[0] == 0x20 && bytes[1] == 0x02) return four_bytes(bytes, 2);
  return std::nullopt;
}

bool is_public6(const ip::address_v6& address) {
  const ip::address_v6::bytes_type bytes = address.to_bytes();
  if (const auto inner = embedded4(bytes)) return is_public4(*inner);
  if ((bytes[0] & 0xE0) != 0x20 || address.scope_id() != 0) return false;
  return std::ranges::none_of(special6, [&](const Block6& block) { return begins_with(bytes, block); });
}

}  // namespace

std::optional<ip::address> literal(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  boost::system::error_code error;
  const ip::address address = ip::make_address(host, error);
  return error ? std::nullopt : std::optional(address);
}

bool is_public(const ip::address& address) {
  return address.is_v4() ? is_public4(address.to_v4().to_uint()) : is_public6(address.to_v6());
}

bool may_connect(std::string_view host, const ip::address& address) {
  if (const auto meant = literal(host)) return *meant == address;
  if (host == "localhost") return address.is_loopback();
  return is_public(address);
}

}  // namespace passerelle::net
