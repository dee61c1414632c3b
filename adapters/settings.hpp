// What the settings of several gateways have in common: values with their defaults, and the two URLs between us.
#pragma once

#include <string>
#include <string_view>

#include "adapters/registry.hpp"
#include "base/result.hpp"

namespace passerelle::adapters {

// The value of a key; 'standard' where it is absent or empty.
std::string text_of(const ChannelSettings& settings, const std::string& key, const std::string& standard = "");
// The secret of a key, which may be empty.
Secret secret_of(const ChannelSettings& settings, const std::string& key);

struct ApiUrl {
  std::string base;  // without a trailing '/': paths are appended to it
  std::string host;
};
// The setting api_url, https:// or, to this machine only, http://: requests carry a password. Errors name the key.
result<ApiUrl> api_url_of(const ChannelSettings& settings, const std::string& standard);

// Whether a sender tells who we are on the phone before the message is opened: a name where a number could be, or a
// number with a profile of a messenger ("whatsapp:+41…").
bool sender_names_us(std::string_view from);

// Gateways on the internet that bring webhooks over https only: what doctor says of any other address. 'name' as in
// "Telegram".
std::vector<Trap> https_only(const ChannelSettings& settings, const std::string& name);

// Whether receipts and webhooks can be asked to come to settings.callback_url.
result<void> check_callback_url(const ChannelSettings& settings);

}  // namespace passerelle::adapters
