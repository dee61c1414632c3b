#include "adapters/jwt.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <vector>

#include "adapters/json_object.hpp"
#include "adapters/signature.hpp"
#include "adapters/text.hpp"
#include "base/crypto.hpp"

namespace passerelle::adapters {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_token = 8 * 1024;

std::optional<json::object> object_of(std::string_view part) {
  const std::optional<std::string> text = base64url_decode(part);
  return text ? read_object(*text) : std::nullopt;
}

// The digest of an algorithm that we verify; nothing for any other, and for headers with extensions that must be
// understood ("crit"): we understand none.
std::optional<crypto::Digest> digest_of(std::string_view part, std::span<const std::string> allowed) {
  const std::optional<json::object> header = object_of(part);
  const json::string* algorithm = header ? text_at(*header, "alg") : nullptr;
  if (algorithm == nullptr || header->contains("crit")) return std::nullopt;
  const std::string name(*algorithm);
  if (std::ranges::find(allowed, name) == allowed.end()) return std::nullopt;
  if (name == "HS256") return crypto::Digest::sha256;
  if (name == "HS384") return crypto::Digest::sha384;
  return name == "HS512" ? std::optional(crypto::Digest::sha512) : std::nullopt;
}

}  // namespace

std::string base64url(std::string_view bytes) {
  std::string text = crypto::base64(bytes);
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  text.erase(std::min(text.find('='), text.size()));
  return text;
}

std::optional<std::string> base64url_decode(std::string_view text) {
  if (text.find_first_of("+/=") != std::string_view::npos) return std::nullopt;
  std::string padded(text);
  std::ranges::replace(padded, '-', '+');
  std::ranges::replace(padded, '_', '/');
  padded.append((4 - padded.size() % 4) % 4, '=');
  return base64_decode(padded);
}

result<json::object> read_jwt(std::string_view token, std::span<const Secret> secrets,
                              std::span<const std::string> algorithms) {
  const auto first = token.find('.');
  const auto second = token.rfind('.');
  if (token.size() > longest_token || first == std::string_view::npos || first == second) return Error{"no token", ""};
  const std::optional<crypto::Digest> digest = digest_of(token.substr(0, first), algorithms);
  if (!digest) return Error{"algorithm", ""};
  std::vector<std::string> expected;
  for (const Secret& secret : secrets)
    expected.push_back(base64url(crypto::hmac(*digest, secret, token.substr(0, second))));
  if (!matches_any(token.substr(second + 1), expected)) return Error{"signature", ""};
  std::optional<json::object> claims = object_of(token.substr(first + 1, second - first - 1));
  if (!claims) return Error{"claims", ""};
  return std::move(*claims);
}

std::string write_jwt(const json::object& claims, const Secret& secret) {
  const std::string body = base64url(R"({"alg":"HS256","typ":"JWT"})") + "." + base64url(json::serialize(claims));
  return body + "." + base64url(crypto::hmac_sha256(secret, body));
}

}  // namespace passerelle::adapters
