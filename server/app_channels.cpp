#include "app_channels.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/registry.hpp"
#include "base/nearest.hpp"
#include "base/url.hpp"

namespace passerelle {
namespace {

// A gateway that is no other machine's: the simulator (which has no host) or one on a loopback address.
bool answers_here(std::string_view host) { return host.empty() || is_loopback(host); }

// Names that never are anybody's (RFC 2606, RFC 6761), as tests and benchmarks use them.
bool is_reserved(std::string_view host) {
  for (const std::string_view name : {"example.org", "example.com", "example.net"}) {
    if (host == name || host.ends_with("." + std::string(name))) return true;
  }
  return host.ends_with(".example") || host.ends_with(".test") || host.ends_with(".invalid");
}

std::string host_of(const std::string& url) {
  const auto read = read_url(url);
  return read ? read->host : std::string();
}

// A demo answers strangers with fictional facts, so that it must not be reachable under a real name either.
void check_demo(const Channel& channel, const Association& association, const std::string& callback_url,
                const Position& at, Findings& findings) {
  if (!association.demo) return;
  const std::string called = host_of(callback_url);
  const bool here = answers_here(channel.traits().host) && (answers_here(called) || is_reserved(called));
  if (here) return;
  findings.push_back(
      {at, "the association '" + association.name + "' is a fictional demo and can never send for real",
       "give this channel an api_url and a public_url on a loopback host, or set [association] dir to your own"});
}

// Time that stands still has no place where real people wait for messages.
void check_clock(const Channel& channel, const Config& config, const Position& at, Findings& findings) {
  if (!config.clock || answers_here(channel.traits().host)) return;
  findings.push_back({at, "--clock is for tests: this channel could send for real", "leave --clock out"});
}

void check_open(const Channel& channel, const std::string& callback_url, const Position& at, Findings& findings) {
  if (channel.traits().authenticated || answers_here(host_of(callback_url))) return;
  findings.push_back({at, "this channel knows no authentication, and public_url would open it to everybody",
                      "take the channel out, or public_url"});
}

void check_approved(const Channel& channel, const Association& association, Findings& findings) {
  for (const ApprovedText& text : channel.approved_texts()) {
    if (std::ranges::find(association.languages, text.language) != association.languages.end()) continue;
    findings.push_back({text.at, "no text is ever written in '" + text.language + "', so this template is never used",
                        suggest(text.language, association.languages)});
  }
}

std::string hook_url(const adapters::ChannelSettings& settings, const std::string& base_url) {
  return settings.callback_url.empty() ? base_url + "/hooks/" + settings.name : settings.callback_url;
}

}  // namespace

std::map<std::string, std::string, std::less<>> hook_urls(const Config& config, const std::string& base_url) {
  std::map<std::string, std::string, std::less<>> urls;
  for (const ChannelConfig& configured : config.channels)
    urls[configured.settings.name] = hook_url(configured.settings, base_url);
  return urls;
}

std::string origin(const std::string& address, std::uint16_t port, bool tls) {
  const bool six = address.find(':') != std::string::npos && !address.starts_with("[");
  return fmt::format("{}://{}:{}", tls ? "https" : "http", six ? "[" + address + "]" : address, port);
}

std::string base_url(const Config& config, std::uint16_t port) {
  return config.public_url.empty() ? origin(config.listen_address, port, !config.tls_cert.empty()) : config.public_url;
}

Channels make_channels(const Config& config, const Association& association, const std::string& base_url,
                       Findings& findings) {
  Channels channels;
  for (const ChannelConfig& configured : config.channels) {
    const adapters::Gateway* gateway = adapters::find_gateway(configured.gateway);
    if (gateway == nullptr) continue;  // the configuration has told it
    adapters::ChannelSettings settings = configured.settings;
    settings.callback_url = hook_url(settings, base_url);
    auto channel = gateway->make(settings);
    if (!channel) {
      findings.push_back({configured.at, channel.error().what, ""});
      continue;
    }
    check_demo(**channel, association, settings.callback_url, configured.at, findings);
    check_clock(**channel, config, configured.at, findings);
    check_open(**channel, settings.callback_url, configured.at, findings);
    check_approved(**channel, association, findings);
    channels.emplace(settings.name, std::move(*channel));
  }
  return channels;
}

turns::ChannelBook channel_book(const Config& config, const Channels& channels) {
  turns::ChannelBook book;
  for (const ChannelConfig& configured : config.channels) {
    const auto found = channels.find(configured.settings.name);
    if (found == channels.end()) continue;
    const Traits traits = found->second->traits();
    book[configured.settings.name] = {configured.policy,
                                      traits.sends,
                                      traits.inline_replies && configured.policy.inline_replies,
                                      traits.telephones,
                                      traits.window,
                                      traits.true_clock,
                                      traits.hears,
                                      traits.names_us,
                                      traits.buttons,
                                      found->second->approved_texts()};
  }
  return book;
}

}  // namespace passerelle
