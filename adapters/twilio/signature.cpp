#include "adapters/twilio/signature.hpp"

#include <algorithm>

#include "adapters/signature.hpp"
#include "base/crypto.hpp"
#include "base/url.hpp"

namespace passerelle::adapters::twilio {
namespace {

constexpr std::string_view body_hash_key = "bodySHA256";
constexpr std::size_t signature_length = 28;  // 20 bytes in base64

// Keys in byte order; the values of a repeated key sorted too, and each only once.
std::string sorted_parameters(std::span<const HttpField> form) {
  std::vector<std::pair<std::string_view, std::string_view>> pairs;
  pairs.reserve(form.size());
  for (const HttpField& parameter : form) pairs.emplace_back(parameter.name, parameter.value);
  std::ranges::sort(pairs);
  const auto repeated = std::ranges::unique(pairs);
  pairs.erase(repeated.begin(), repeated.end());
  std::size_t size = 0;
  for (const auto& [key, value] : pairs) size += key.size() + value.size();
  std::string out;
  out.reserve(size);
  for (const auto& [key, value] : pairs) out.append(key).append(value);
  return out;
}

// What a URL parser that follows WHATWG makes of a query: these few characters become escapes.
std::string normalized_query(std::string_view query) {
  std::string out;
  for (const char c : query) {
    const bool escaped = c <= ' ' || c >= 0x7F || std::string_view("\"#<>'").find(c) != std::string_view::npos;
    out += escaped ? percent_encode({&c, 1}) : std::string(1, c);
  }
  return out;
}

std::string legacy_encode(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool kept = std::string_view("!'()*").find(c) != std::string_view::npos;
    out += kept ? std::string(1, c) : percent_encode({&c, 1});
  }
  return out;
}

// The "legacy querystring": decoded, equal keys brought together, and encoded again (a space becomes %20, ' is raw).
std::string legacy_query(std::string_view query) {
  const std::vector<HttpField> pairs = parse_form(query);
  std::vector<std::string_view> keys;
  for (const HttpField& pair : pairs) {
    if (std::ranges::find(keys, pair.name) == keys.end()) keys.push_back(pair.name);
  }
  std::string out;
  for (const std::string_view key : keys) {
    for (const HttpField& pair : pairs) {
      if (pair.name != key) continue;
      if (!out.empty()) out += '&';
      out.append(legacy_encode(key)).append("=").append(legacy_encode(pair.value));
    }
  }
  return out;
}

std::vector<std::string> url_spellings(std::string_view url) {
  std::vector<std::string> spellings = port_spellings(url);
  const auto mark = url.find('?');
  if (mark != std::string_view::npos && mark + 1 < url.size()) {
    const std::string_view start = url.substr(0, mark + 1);
    const std::string_view query = url.substr(mark + 1);
    for (const std::string& other : {normalized_query(query), legacy_query(query)}) {
      const std::vector<std::string> more = port_spellings(std::string(start).append(other));
      spellings.insert(spellings.end(), more.begin(), more.end());
    }
  }
  std::ranges::sort(spellings);
  const auto repeated = std::ranges::unique(spellings);
  spellings.erase(repeated.begin(), repeated.end());
  return spellings;
}

}  // namespace

bool signature_holds(std::string_view given, std::string_view url, std::span<const HttpField> form,
                     std::span<const Secret> tokens) {
  if (given.size() != signature_length) return false;  // no work for what cannot match
  const std::string parameters = sorted_parameters(form);
  const auto signs = [&](std::string_view spelling) {
    std::string over;
    over.reserve(spelling.size() + parameters.size());
    over.append(spelling).append(parameters);
    std::vector<std::string> expected;
    for (const Secret& token : tokens) expected.push_back(crypto::base64(crypto::hmac_sha1(token, over)));
    return matches_any(given, expected);
  };
  // Nearly always the URL as it is configured. Which spelling was signed is no secret; which token was is not told.
  if (signs(url)) return true;
  return std::ranges::any_of(url_spellings(url),
                             [&](const std::string& other) { return other != url && signs(other); });
}

bool has_body_hash(std::string_view query) { return query.find(body_hash_key) != std::string_view::npos; }

bool body_hash_holds(std::string_view query, std::string_view body) {
  return crypto::equal(value_of(parse_form(query), body_hash_key), crypto::hex(crypto::sha256(body)));
}

}  // namespace passerelle::adapters::twilio
