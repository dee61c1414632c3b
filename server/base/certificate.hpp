// What a certificate in a PEM file says, for whoever must know before it is used: until when, for which names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace passerelle {

struct Certificate {
  TimePoint begins{};
  TimePoint ends{};
  std::vector<std::string> names;  // of its subjectAltName, lower case; "*.example.org" as it stands
};

// The first one of a PEM text. Errors: there is none.
result<Certificate> read_certificate(std::string_view pem);
// Whether the PEM text of a private key is its. Errors: it is no private key, or one with a password.
result<bool> fits_key(std::string_view certificate, std::string_view key);
bool covers(const Certificate& certificate, std::string_view host);  // a wildcard stands for one label

}  // namespace passerelle
