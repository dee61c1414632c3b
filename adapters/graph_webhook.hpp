// Webhooks of Meta's Graph API, which WhatsApp and Messenger share: the handshake, the signature, and the settings that
// both need. docs: "Webhooks from Meta", "Getting started" (developers.facebook.com/docs/graph-api/webhooks).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/registry.hpp"
#include "adapters/settings.hpp"
#include "base/http.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "channel/channel.hpp"

namespace passerelle::adapters::graph {

inline constexpr std::size_t longest_body = std::size_t{3} * 1024 * 1024;  // of a webhook, by Meta's documentation

// What proves that a webhook is Meta's, and to Meta that the URL is ours.
struct Keys {
  std::vector<Secret> app_secrets;  // the current one and, during a rotation, the former one
  Secret verify_token;              // ours, typed into the app's page by whoever sets the webhook up
};

// Everything that is no signed POST to 'path', answered; nothing: the body is Meta's and may be read. A GET with our
// verify token gets its challenge back as it came. The signature is over the raw bytes: Meta writes "\u00e9" and "\/",
// and the same JSON written otherwise is another text. Meta signs no time and repeats a webhook for seven days, so that
// a repeat is known by the ids in it alone.
std::optional<Webhook> answer_unless_signed(const HttpRequest& request, const std::string& path, const Keys& keys);

// How requests to the Graph API begin and who asks.
struct Api {
  std::string base;  // "https://graph.facebook.com/v25.0"
  std::string url;   // without the version
  std::string host;
  Secret token;
};
OutgoingRequest post(const Api& api, const std::string& path, std::string body);

// From app_secret, old_app_secret, verify_token, token, api_version and api_url. Errors name the key.
result<Keys> keys_of(const ChannelSettings& settings);
result<Api> api_of(const ChannelSettings& settings);
// A gateway's own rows, followed by those.
std::vector<SettingRow> with_common_rows(std::vector<SettingRow> own);
// What doctor says of both. 'name' as in "Messenger".
std::vector<Trap> traps(const ChannelSettings& settings, const std::string& name);

}  // namespace passerelle::adapters::graph
