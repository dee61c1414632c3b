// 'sig', which signs the webhooks of Vonage's SMS API: docs "Signing messages" of developer.vonage.com.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.hpp"
#include "base/secret.hpp"

namespace passerelle::adapters::vonage {

// As an account is set to; md5hash is a plain MD5 of the parameters and the secret, the others are HMACs.
enum class Method { md5hash, md5, sha1, sha256, sha512 };
std::optional<Method> parse_method(std::string_view name);

// 'parameters' are decoded, each name once, with or without 'sig'. The digits are all lower or all upper case: the
// vendor's own SDKs differ in it.
bool sig_holds(std::string_view given, std::span<const HttpField> parameters, Method method,
               std::span<const Secret> secrets);
std::string sig_of(std::span<const HttpField> parameters, Method method, const Secret& secret);  // in lower case

}  // namespace passerelle::adapters::vonage
