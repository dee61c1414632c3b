#include "net/address_rule.hpp"

#include <gtest/gtest.h>

namespace passerelle::net {
namespace {

boost::asio::ip::address address(const char* text) { return boost::asio::ip::make_address(text); }

// What a name of the internet must not stand for (guarantees.md, S5).
constexpr const char* forbidden[] = {
    // this host, loopback, private, link-local and the metadata services that live there
    "0.0.0.0", "0.1.2.3", "127.0.0.1", "127.1.2.3", "127.255.255.255", "10.0.0.1", "10.255.255.255", "172.16.0.1",
    "172.31.255.255", "192.168.0.1", "192.168.255.255", "169.254.0.1", "169.254.169.254", "169.254.170.2", "100.64.0.1",
    "100.100.100.200", "100.127.255.255",
    // protocol assignments, documentation, benchmarking, anycast relays, AS112
    "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.31.196.1", "192.52.193.1", "192.175.48.1",
    "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9",
    // multicast, reserved, broadcast
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    // IPv6: unspecified, loopback, IPv4-compatible and mapped
    "::", "::1", "::7f00:1", "::10.0.0.1", "::ffff:127.0.0.1", "::ffff:10.1.2.3", "::ffff:169.254.169.254",
    "::ffff:192.168.1.1", "::ffff:0.0.0.0",
    // NAT64, local NAT64, discard, dummy
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "64:ff9b:1::8.8.8.8", "100::1", "100:0:0:1::1",
    // Teredo, ORCHID, benchmarking, documentation, 6to4 around private addresses, AS112
    "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1",
    "2002:7f00:1::1", "2002:a00:1::1", "2002:c0a8:101::1", "2002:a9fe:a9fe::1", "2620:4f:8000::1", "3fff::1",
    // unique local, link-local, old site-local, multicast, segment routing, unassigned
    "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%1", "febf::1", "fec0::1", "ff02::1", "ff0e::1", "5f00::1",
    "4000::1", "200::1", "e000::1"};

constexpr const char* public_ones[] = {
    "1.1.1.1",        "8.8.8.8",           "9.255.255.255",   "11.0.0.0",         "100.63.255.255",
    "100.128.0.0",    "126.255.255.255",   "128.0.0.1",       "169.253.255.255",  "169.255.0.0",
    "172.15.255.255", "172.32.0.0",        "192.0.1.1",       "192.167.255.255",  "192.169.0.0",
    "198.17.255.255", "198.20.0.0",        "223.255.255.255", "2001:200::1",      "2001:4860:4860::8888",
    "2600:1f18::1",   "2a00:1450:400a::1", "::ffff:8.8.8.8",  "64:ff9b::808:808", "2002:808:808::1"};

TEST(AddressRule, a_name_never_leads_into_our_own_network) {
  for (const char* text : forbidden) EXPECT_FALSE(may_connect("api.example.org", address(text))) << text;
  EXPECT_GE(std::size(forbidden), 60u);
}

TEST(AddressRule, a_name_may_stand_for_a_public_address) {
  for (const char* text : public_ones) EXPECT_TRUE(may_connect("api.example.org", address(text))) << text;
}

TEST(AddressRule, an_address_that_was_configured_is_itself_only) {
  EXPECT_TRUE(may_connect("10.0.0.5", address("10.0.0.5")));
  EXPECT_FALSE(may_connect("10.0.0.5", address("10.0.0.6")));
  EXPECT_TRUE(may_connect("127.0.0.1", address("127.0.0.1")));
  EXPECT_FALSE(may_connect("127.0.0.1", address("127.0.0.2")));
  EXPECT_TRUE(may_connect("[::1]", address("::1")));
  EXPECT_FALSE(may_connect("[::1]", address("127.0.0.1")));
  EXPECT_TRUE(may_connect("[fd00::7]", address("fd00::7")));
}

TEST(AddressRule, localhost_is_this_machine_and_nothing_else) {
  EXPECT_TRUE(may_connect("localhost", address("127.0.0.1")));
  EXPECT_TRUE(may_connect("localhost", address("::1")));
  EXPECT_FALSE(may_connect("localhost", address("8.8.8.8")));
  EXPECT_FALSE(may_connect("localhost", address("192.168.0.1")));
}

// None of these spellings is a literal to us, so each is a name, and a name must be public.
TEST(AddressRule, odd_spellings_of_loopback_are_names) {
  for (const char* host :
       {"127.1", "0x7f000001", "2130706433", "0177.0.0.1", "127.0.0.1.", "localhost.", "localhost.localdomain"}) {
    EXPECT_FALSE(may_connect(host, address("127.0.0.1"))) << host;
  }
}

}  // namespace
}  // namespace passerelle::net
