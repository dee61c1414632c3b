#include "adapters/vonage/signature.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "adapters/signature.hpp"
#include "base/crypto.hpp"

namespace passerelle::adapters::vonage {
namespace {

constexpr std::array<std::pair<std::string_view, Method>, 5> methods = {{{"md5hash", Method::md5hash},
                                                                         {"md5", Method::md5},
                                                                         {"sha1", Method::sha1},
                                                                         {"sha256", Method::sha256},
                                                                         {"sha512", Method::sha512}}};

// "&key=value" by the order of keys; what would look like a border in a value becomes '_'.
std::string signed_text(std::span<const HttpField> parameters) {
  std::vector<HttpField> sorted(parameters.begin(), parameters.end());
  std::ranges::sort(sorted, {}, &HttpField::name);
  std::string text;
  for (HttpField& one : sorted) {
    if (one.name == "sig") continue;
    std::ranges::replace(one.value, '&', '_');
    std::ranges::replace(one.value, '=', '_');
    text.append("&").append(one.name).append("=").append(one.value);
  }
  return text;
}

std::string mac(Method method, const Secret& secret, const std::string& text) {
  switch (method) {
    case Method::md5hash: return crypto::hash(crypto::Digest::md5, text + std::string(secret.reveal()));
    case Method::md5: return crypto::hmac(crypto::Digest::md5, secret, text);
    case Method::sha1: return crypto::hmac_sha1(secret, text);
    case Method::sha256: return crypto::hmac_sha256(secret, text);
    case Method::sha512: return crypto::hmac(crypto::Digest::sha512, secret, text);
  }
  return {};
}

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

}  // namespace

std::optional<Method> parse_method(std::string_view name) {
  const auto found = std::ranges::find(methods, name, &std::pair<std::string_view, Method>::first);
  return found == methods.end() ? std::nullopt : std::optional(found->second);
}

std::string sig_of(std::span<const HttpField> parameters, Method method, const Secret& secret) {
  return crypto::hex(mac(method, secret, signed_text(parameters)));
}

bool sig_holds(std::string_view given, std::span<const HttpField> parameters, Method method,
               std::span<const Secret> secrets) {
  const std::string text = signed_text(parameters);
  std::vector<std::string> expected;
  for (const Secret& secret : secrets) {
    const std::string digits = crypto::hex(mac(method, secret, text));
    expected.push_back(digits);
    expected.push_back(upper(digits));
  }
  return matches_any(given, expected);
}

}  // namespace passerelle::adapters::vonage
