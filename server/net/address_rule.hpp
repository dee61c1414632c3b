// Which addresses a configured gateway may turn out to have (SSRF). Pure.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <optional>
#include <string_view>

namespace passerelle::net {

// 'host' as configured: lower case, IPv6 in its brackets.
//   an IP address     that address and no other: whoever wrote it meant it, a private network included
//   localhost         a loopback address
//   any other name    a public unicast address: a name that suddenly stands for this machine, the local network or a
//                     cloud's metadata service (DNS rebinding) is refused; IPv4 inside IPv6 is judged as IPv4
bool may_connect(std::string_view host, const boost::asio::ip::address& address);

// What the host of a URL is when it is an address: "127.0.0.1", "[::1]". Nothing for names, and for spellings that only
// some resolvers take for an address ("127.1", "0x7f000001").
std::optional<boost::asio::ip::address> literal(std::string_view host);

// Outside of every special-purpose block of RFC 6890 and its successors (IANA registries of 2026), multicast included.
bool is_public(const boost::asio::ip::address& address);

}  // namespace passerelle::net
