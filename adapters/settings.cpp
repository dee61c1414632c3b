#include "adapters/settings.hpp"

#include <optional>

#include "base/url.hpp"

namespace passerelle::adapters {
namespace {

Error wrong_api_url(const std::string& what) { return {what, "api_url"}; }

}  // namespace

std::string text_of(const ChannelSettings& settings, const std::string& key, const std::string& standard) {
  const auto found = settings.values.find(key);
  return found == settings.values.end() || found->second.empty() ? standard : found->second;
}

Secret secret_of(const ChannelSettings& settings, const std::string& key) {
  const auto found = settings.secrets.find(key);
  return found == settings.secrets.end() ? Secret() : found->second;
}

result<ApiUrl> api_url_of(const ChannelSettings& settings, const std::string& standard) {
  std::string text = text_of(settings, "api_url", standard);
  const std::optional<WebUrl> url = read_url(text);
  if (!url || url->path.find_first_of("?#") != std::string::npos) {
    // It is not told again: people paste addresses that hold a password or a token.
    return wrong_api_url("api_url is not an http(s):// address; write one, or leave it out" +
                         (standard.empty() ? "" : " for " + standard));
  }
  if (!url->is_https && !is_loopback(url->host)) {
    return wrong_api_url(
        "http:// would send the password or token in the clear; it is allowed only to this machine (localhost, "
        "127.0.0.1, [::1]); write https://");
  }
  while (text.ends_with('/')) text.pop_back();
  return ApiUrl{std::move(text), url->host};
}

result<void> check_callback_url(const ChannelSettings& settings) {
  const std::optional<WebUrl> url = read_url(settings.callback_url);
  if (url && url->path.find_first_of("?#") == std::string::npos) return {};
  return Error{"'" + settings.callback_url +
                   "' is not the address of a hook; set [server] public_url to the address under which the gateway "
                   "reaches this server",
               "callback_url"};
}

bool sender_names_us(std::string_view from) {
  return from.find_first_not_of("+0123456789 ()-./") != std::string_view::npos;
}

std::vector<Trap> https_only(const ChannelSettings& settings, const std::string& name) {
  const auto url = read_url(settings.callback_url);
  const auto api = read_url(text_of(settings, "api_url"));
  const bool rehearsal = api && is_loopback(api->host);  // a server of one's own, for trying things out
  if (!url || url->is_https || rehearsal) return {};
  return {{name + " brings its webhooks over https only, and " + settings.callback_url + " is not",
           "put TLS in front of this server, and write public_url (or callback_url) with https://"}};
}

}  // namespace passerelle::adapters
