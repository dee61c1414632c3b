// The channels of a configuration: made by their adapters, and checked for what no adapter can know by itself.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "base/finding.hpp"
#include "channel/channel.hpp"
#include "config.hpp"
#include "domain/place.hpp"
#include "turns/channel_book.hpp"

namespace passerelle {

using Channels = std::map<std::string, std::unique_ptr<Channel>, std::less<>>;

// 'base_url' is what gateways call us: public_url or, without it, the address that we listen on. Findings: an adapter
// that refuses its settings; a fictional demo association joined to the real world; a channel without authentication
// that a public address would open to everybody.
Channels make_channels(const Config& config, const Association& association, const std::string& base_url,
                       Findings& findings);

// What turns must know of them: how replies travel, whether messages can leave, price and cap.
turns::ChannelBook channel_book(const Config& config, const Channels& channels);

// Where gateways call us, by channel: callback_url, or <base_url>/hooks/<name>.
std::map<std::string, std::string, std::less<>> hook_urls(const Config& config, const std::string& base_url);

// public_url or, without it, http(s)://<listen address>:<port>.
std::string base_url(const Config& config, std::uint16_t port);
std::string origin(const std::string& address, std::uint16_t port, bool tls = false);  // http://[::1]:8080

}  // namespace passerelle
