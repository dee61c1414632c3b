// How an operator wants a channel to be used: its price, its pace, and what to do when nobody knows whether a message
// left.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle {

struct Money {
  std::int64_t micros = 0;  // millionths: "0.065 CHF" is 65,000
  std::string currency;     // ISO 4217; empty: not known

  friend bool operator==(const Money&, const Money&) = default;
};
// "0.13 CHF", "1.505 TND": two decimals at least, and no digit lost. Of amounts that are not below zero.
std::string to_string(const Money& money);

// What a segment costs to numbers that begin with a prefix: "+216" for Tunisia, "+2165" for one of its networks.
struct PrefixPrice {
  std::string prefix;
  Money price;

  friend bool operator==(const PrefixPrice&, const PrefixPrice&) = default;
};

struct ChannelPolicy {
  Money price;                 // of one segment, where 'price_for' says nothing else
  Money monthly_cap;           // 0: none. Reached: what we start is held; 20 % beyond it replies too; never a crisis
  std::uint32_t per_hour = 0;  // segments an hour, as a SIM or a contract allows; 0: no limit
  std::size_t parallel = 8;    // requests at a time; a quarter of them (at least one) is kept for crisis and reply
  bool resend_once = false;    // crisis and reminder: an uncertain message is sent once more
  bool inline_replies = true;  // replies travel in the answer to the webhook, where the gateway can
  std::vector<PrefixPrice> price_for = {};
  // Without a word of the gateway by then, the next address of the person's order is tried; 0: it is waited for.
  std::chrono::minutes receipt_within{0};
  // Whether its profile, or its sender's name, tells who we are; nothing: as the gateway usually does.
  std::optional<bool> names_us = {};
  std::vector<std::string> countries = {};  // ISO 3166; numbers of other countries are never written to. Empty: all
};

// Whether the channel may write to this telephone number. What is no number of a known country is not among any.
bool reaches(const ChannelPolicy& policy, std::string_view user);
// Of one segment to a number; the longest prefix wins.
Money price_to(const ChannelPolicy& policy, std::string_view user);

}  // namespace passerelle
