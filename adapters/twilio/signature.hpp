// X-Twilio-Signature: base64(HMAC-SHA1(token, URL + every parameter sorted)), with all the spellings of the URL that
// Twilio's own validators accept.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.hpp"
#include "base/secret.hpp"

namespace passerelle::adapters::twilio {

// 'url' is the configured public one with the request's exact query; 'given' the header's text. For a JSON body
// the form is empty and body_hash_holds() must hold as well.
bool signature_holds(std::string_view given, std::string_view url, std::span<const HttpField> form,
                     std::span<const Secret> tokens);

// JSON webhooks sign the URL only, whose query carries bodySHA256=<hex of the raw body>.
bool has_body_hash(std::string_view query);
bool body_hash_holds(std::string_view query, std::string_view body);

}  // namespace passerelle::adapters::twilio
