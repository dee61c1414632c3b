#include "adapters/graph_webhook.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "adapters/settings.hpp"
#include "adapters/signature.hpp"
#include "adapters/text.hpp"
#include "base/crypto.hpp"

namespace passerelle::adapters::graph {
namespace {

constexpr std::size_t longest_challenge = 256;
constexpr std::size_t most_parameters = 20;
constexpr std::string_view standard_url = "https://graph.facebook.com";
constexpr std::string_view standard_version = "v25.0";
constexpr int oldest_version = 21;  // of those that Meta still serves when 25 is the newest: about two years' worth
constexpr std::size_t shortest_word = 22;

Webhook handshake(const HttpRequest& request, const Secret& verify_token) {
  const std::vector<HttpField> query = parse_form(request.query(), most_parameters);
  const std::string_view challenge = value_of(query, "hub.challenge");
  if (!crypto::equal(value_of(query, "hub.verify_token"), verify_token.reveal())) return Rejected{403, "verify token"};
  if (value_of(query, "hub.mode") != "subscribe") return Rejected{403, "mode"};
  if (!is_plain(challenge, longest_challenge)) return Rejected{403, "challenge"};
  return Handshake{{200, {{"Content-Type", "text/plain"}}, std::string(challenge)}};
}

bool signature_holds(std::string_view given, std::string_view body, const std::vector<Secret>& secrets) {
  std::vector<std::string> expected;
  for (const Secret& secret : secrets) expected.push_back("sha256=" + crypto::hex(crypto::hmac_sha256(secret, body)));
  return matches_any(given, expected);
}

bool is_version(std::string_view text) {
  const auto is_part = [](char c) { return c == '.' || (c >= '0' && c <= '9'); };
  return text.size() >= 2 && text.size() <= 8 && text.front() == 'v' && std::ranges::all_of(text.substr(1), is_part);
}

}  // namespace

std::optional<Webhook> answer_unless_signed(const HttpRequest& request, const std::string& path, const Keys& keys) {
  if (request.method != "GET" && request.method != "POST") return Rejected{405, "method"};
  if (request.path() != path) return Rejected{403, "path"};
  if (request.method == "GET") return handshake(request, keys.verify_token);
  if (request.body.size() > longest_body) return Rejected{413, "size"};
  const std::string_view given = field(request.fields, "X-Hub-Signature-256");
  if (given.empty()) return Rejected{403, "no signature"};
  if (!signature_holds(given, request.body, keys.app_secrets)) return Rejected{403, "signature"};
  return std::nullopt;
}

OutgoingRequest post(const Api& api, const std::string& path, std::string body) {
  OutgoingRequest request;
  request.url = api.base + path;
  request.fields = {{"Authorization", "Bearer " + std::string(api.token.reveal())},
                    {"Content-Type", "application/json"},
                    {"Accept", "application/json"}};
  request.body = std::move(body);
  return request;
}

result<Keys> keys_of(const ChannelSettings& settings) {
  Keys keys;
  for (const char* key : {"app_secret", "old_app_secret"}) {
    if (Secret secret = secret_of(settings, key); !secret.empty()) keys.app_secrets.push_back(std::move(secret));
    // Without this an old secret left alone would be taken for the current one.
    if (keys.app_secrets.empty())
      return Error{"app_secret (or app_secret_file) is missing: it stands under App settings, Basic", "app_secret"};
  }
  keys.verify_token = secret_of(settings, "verify_token");
  if (!is_plain(keys.verify_token.reveal(), 256)) {
    return Error{
        "verify_token (or verify_token_file) is missing: make one with openssl rand -hex 16, and type the same "
        "where the app asks for the webhook's address",
        "verify_token"};
  }
  return keys;
}

result<Api> api_of(const ChannelSettings& settings) {
  const std::string version = text_of(settings, "api_version", std::string(standard_version));
  if (!is_version(version)) return Error{"api_version must be as in \"v25.0\"", "api_version"};
  const auto url = api_url_of(settings, std::string(standard_url));
  if (!url) return url.error();
  const Secret token = secret_of(settings, "token");
  if (!is_plain(token.reveal(), 1024)) {
    return Error{"token (or token_file) is missing, or holds a line break: the access token of the app", "token"};
  }
  return Api{url->base + "/" + version, url->base, url->host, token};
}

std::vector<SettingRow> with_common_rows(std::vector<SettingRow> own) {
  const std::vector<SettingRow> common = {
      {"app_secret", "", "The app secret, which signs every webhook: App settings, Basic.", true},
      {"old_app_secret", "", "The former app secret, accepted too while it is being replaced.", true, true},
      {"verify_token", "", "Yours: the same is typed where the app asks for the webhook's address.", true},
      {"api_version", std::string(standard_version), "Of the Graph API; Meta retires each after about two years."},
      {"api_url", std::string(standard_url), "Where the Graph API is; http:// only to this machine."}};
  own.insert(own.end(), common.begin(), common.end());
  return own;
}

std::vector<Trap> traps(const ChannelSettings& settings, const std::string& name) {
  std::vector<Trap> found = https_only(settings, name);
  if (secret_of(settings, "verify_token").reveal().size() < shortest_word) {
    found.push_back({"verify_token is so short that a stranger can guess it",
                     "make one with openssl rand -hex 16, here and where the app asks for it"});
  }
  const std::string version = text_of(settings, "api_version", std::string(standard_version));
  int number = 0;
  std::from_chars(version.data() + 1, version.data() + version.size(), number);
  if (number < oldest_version) {
    found.push_back(
        {"api_version " + version + " has been retired, or soon will be: sending stops from one day to the next",
         "set api_version = \"" + std::string(standard_version) + "\""});
  }
  found.push_back({"a token from the app's first page ends after a day; 'channel test' tells when it has",
                   "use the token of a system user, which has no end", false});
  return found;
}

}  // namespace passerelle::adapters::graph
