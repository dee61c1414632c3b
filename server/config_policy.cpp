#include "config_policy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/nearest.hpp"
#include "config_value.hpp"
#include "domain/numbering_plan.hpp"

namespace passerelle::configuration {
namespace {

constexpr std::int64_t most_per_hour = 1'000'000;
constexpr std::int64_t most_parallel = 100;
constexpr std::int64_t most_minutes = 10'080;  // a week
constexpr std::int64_t micros_in_one = 1'000'000;

std::optional<std::string> text_of(const Section& channel, std::string_view key, std::string_view example,
                                   Findings& findings) {
  const Setting* setting = channel.find(key);
  if (setting == nullptr) return std::nullopt;
  const std::optional<Value> value = typed(*setting, Kind::text, example, findings);
  return value ? std::optional(std::get<std::string>(*value)) : std::nullopt;
}

std::int64_t number_of(const Section& channel, std::string_view key, std::int64_t standard, std::int64_t least,
                       std::int64_t most, Findings& findings) {
  const Setting* setting = channel.find(key);
  if (setting == nullptr) return standard;
  const std::optional<Value> value = typed(*setting, Kind::number, std::to_string(standard), findings);
  if (!value) return standard;
  const std::int64_t number = std::get<std::int64_t>(*value);
  if (number >= least && number <= most) return number;
  findings.push_back({setting->at, fmt::format("'{}' is not between {} and {}", key, least, most),
                      fmt::format("write {} = {}, or leave it out", key, standard)});
  return standard;
}

std::optional<bool> flag_of(const Section& channel, std::string_view key, Findings& findings) {
  const Setting* setting = channel.find(key);
  if (setting == nullptr) return std::nullopt;
  const std::optional<Value> value = typed(*setting, Kind::flag, "false", findings);
  return value ? std::optional(std::get<bool>(*value)) : std::nullopt;
}

// One of two words: whether it is the second.
bool second_of(const Section& channel, std::string_view key, std::string_view first, std::string_view second,
               bool standard, Findings& findings) {
  const std::optional<std::string> word = text_of(channel, key, fmt::format("\"{}\"", first), findings);
  if (!word) return standard;
  if (*word != first && *word != second) {
    const std::vector<std::string> words = {std::string(first), std::string(second)};
    findings.push_back(
        {channel.find(key)->at, fmt::format("'{}' is not a value of '{}'", *word, key), suggest(*word, words)});
  }
  return *word == second;
}

bool is_currency(std::string_view text) {
  return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::optional<std::int64_t> digits(std::string_view text, std::size_t longest) {
  std::int64_t number = 0;
  if (text.empty() || text.size() > longest || text.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// "0.065 CHF", "1.500 TND": up to six decimals, and the currency in three capitals. No comma: it means two things.
std::optional<Money> money(std::string_view text) {
  const auto space = std::min(text.find(' '), text.size());
  const std::string_view amount = text.substr(0, space);
  const std::string_view currency = text.substr(std::min(space + 1, text.size()));
  const auto point = std::min(amount.find('.'), amount.size());
  const bool has_fraction = point < amount.size();
  std::string fraction(has_fraction ? amount.substr(point + 1) : "0");
  const auto units = digits(amount.substr(0, point), 9);
  if (!units || !digits(fraction, 6) || !is_currency(currency)) return std::nullopt;
  fraction.resize(6, '0');
  return Money{*units * micros_in_one + *digits(fraction, 6), std::string(currency)};
}

Money money_of(const Section& channel, std::string_view key, std::string_view example, Findings& findings) {
  const std::optional<std::string> text = text_of(channel, key, example, findings);
  if (!text) return {};
  if (const std::optional<Money> read = money(*text)) return *read;
  findings.push_back({channel.find(key)->at, fmt::format("'{}' is not an amount of money", key),
                      fmt::format("write it as {} = {}", key, example)});
  return {};
}

// "+216 0.098 CHF": what a number begins with, and the price there.
std::optional<PrefixPrice> prefix_price(std::string_view text) {
  constexpr std::size_t longest = 15;  // E.164
  const auto space = text.find(' ');
  if (space == std::string_view::npos || !text.starts_with('+')) return std::nullopt;
  const std::string_view number = text.substr(1, space - 1);
  if (!digits(number, longest) || number.starts_with('0')) return std::nullopt;
  const std::optional<Money> price = money(text.substr(space + 1));
  return price ? std::optional(PrefixPrice{std::string(text.substr(0, space)), *price}) : std::nullopt;
}

// Nothing where it fits those before it.
std::optional<Complaint> misfit(const std::vector<PrefixPrice>& before, const PrefixPrice& price, const Money& usual) {
  if (std::ranges::any_of(before, [&price](const PrefixPrice& each) { return each.prefix == price.prefix; }))
    return Complaint{fmt::format("names {} twice", price.prefix), "keep one of them"};
  if (price.price.currency != usual.currency)
    return Complaint{"holds another currency than 'price'", "write all in " + usual.currency};
  return std::nullopt;
}

std::vector<PrefixPrice> prices_of(const Section& channel, const Money& usual, Findings& findings) {
  constexpr const char* example = R"(["+216 0.098 CHF"])";
  const Setting* setting = channel.find("price_for");
  if (setting == nullptr) return {};
  const std::optional<Value> value = typed(*setting, Kind::texts, example, findings);
  if (!value) return {};
  if (usual.micros == 0) {
    findings.push_back(
        {setting->at, "'price_for' needs a 'price' for all other numbers", R"(add price = "0.065 CHF")"});
    return {};
  }
  const auto* items = std::get_if<std::vector<ListItem>>(&setting->value);
  const auto& texts = std::get<std::vector<std::string>>(*value);
  std::vector<PrefixPrice> prices;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Position& at = items == nullptr ? setting->at : (*items)[i].at;
    const auto price = prefix_price(texts[i]);
    if (!price) {
      findings.push_back({at, fmt::format("'{}' of 'price_for' is not the beginning of a number and a price", texts[i]),
                          fmt::format("write it as price_for = {}", example)});
    } else if (const auto wrong = misfit(prices, *price, usual)) {
      findings.push_back({at, "'price_for' " + wrong->what, wrong->remedy});
    } else {
      prices.push_back(*price);
    }
  }
  return prices;
}

std::vector<std::string> countries_of(const Section& channel, Findings& findings) {
  constexpr const char* example = R"(["CH", "FR"])";
  const Setting* setting = channel.find("countries");
  if (setting == nullptr) return {};
  const std::optional<Value> value = typed(*setting, Kind::texts, example, findings);
  if (!value) return {};
  const auto* items = std::get_if<std::vector<ListItem>>(&setting->value);
  const auto& texts = std::get<std::vector<std::string>>(*value);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].size() == 2 && find_plan(texts[i])) continue;
    findings.push_back({items == nullptr ? setting->at : (*items)[i].at,
                        fmt::format("'{}' of 'countries' is no country that we know", texts[i]),
                        fmt::format("write two capital letters, as in countries = {}", example)});
  }
  if (texts.empty())
    findings.push_back({setting->at, "'countries' names none, so that nobody could be written to",
                        fmt::format("name them, countries = {}, or leave the key out", example)});
  return texts;
}

// A cap that cannot be counted would never hold anything back.
void check_cap(const Section& channel, const ChannelPolicy& policy, Findings& findings) {
  const Setting* cap = channel.find("monthly_cap");
  if (cap == nullptr || policy.monthly_cap.micros == 0) return;
  if (policy.price.micros == 0) {
    findings.push_back({cap->at, "'monthly_cap' holds nothing back without a 'price' of one segment",
                        "add price = \"0.065 " + policy.monthly_cap.currency + "\", or what it costs you"});
  } else if (policy.price.currency != policy.monthly_cap.currency) {
    findings.push_back(
        {cap->at, "'monthly_cap' is in another currency than 'price'", "write both in " + policy.price.currency});
  }
}

}  // namespace

ChannelPolicy read_policy(const Section& channel, const adapters::Gateway& gateway, Findings& findings) {
  const ChannelPolicy standard;
  const std::size_t before = findings.size();
  ChannelPolicy policy;
  policy.inline_replies = second_of(channel, "reply", "api", "inline", gateway.inline_replies, findings);
  const std::size_t before_price = findings.size();
  policy.price = money_of(channel, "price", R"("0.065 CHF")", findings);
  if (findings.size() == before_price) policy.price_for = prices_of(channel, policy.price, findings);
  policy.countries = countries_of(channel, findings);
  policy.monthly_cap = money_of(channel, "monthly_cap", R"("200 CHF")", findings);
  policy.per_hour =
      static_cast<std::uint32_t>(number_of(channel, "per_hour", standard.per_hour, 0, most_per_hour, findings));
  policy.parallel = static_cast<std::size_t>(
      number_of(channel, "parallel", static_cast<std::int64_t>(standard.parallel), 1, most_parallel, findings));
  policy.receipt_within = std::chrono::minutes(number_of(channel, "receipt_minutes", 0, 0, most_minutes, findings));
  policy.names_us = flag_of(channel, "profile_names_us", findings);
  policy.resend_once = second_of(channel, "on_uncertain", "hold", "resend_once", standard.resend_once, findings);
  if (findings.size() == before) check_cap(channel, policy, findings);
  return policy;
}

void check_policy(const Section& channel, const ChannelPolicy& policy, const Traits& traits, Findings& findings) {
  const Setting* reply = channel.find("reply");
  const Position& at = reply == nullptr ? channel.at : reply->at;
  if (policy.inline_replies && !traits.inline_replies) {
    findings.push_back({at, "replies cannot travel in the answer to this gateway's webhook", "write reply = \"api\""});
  } else if (!policy.inline_replies && !traits.sends) {
    findings.push_back({at, "this channel cannot send, so that its replies have no other way than the answer",
                        "write reply = \"inline\", or give it an api_url"});
  }
  if (policy.receipt_within > std::chrono::minutes(0) && !traits.receipts) {
    const Setting* within = channel.find("receipt_minutes");
    findings.push_back({within == nullptr ? channel.at : within->at,
                        "this channel tells of no arrival, so that all would be told twice",
                        "leave receipt_minutes out"});
  }
}

}  // namespace passerelle::configuration
