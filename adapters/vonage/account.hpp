// What both of Vonage's APIs must know of a channel, and how they write numbers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"

namespace passerelle::adapters::vonage {

struct Account {
  std::string channel;  // our name for it
  std::string api_url;  // without a trailing '/'
  std::string api_host;
  std::string key;
  Secret secret;
  std::string application;      // Messages API; empty: any of the account
  std::vector<Secret> signers;  // of webhooks: the current one and, during a rotation, the old one
  std::string from;
  std::string callback_url;
};

// Vonage writes E.164 without its '+'. Short codes, names and ids of other services stay as they are.
std::string with_plus(std::string_view address);
std::string without_plus(std::string_view number);

}  // namespace passerelle::adapters::vonage
