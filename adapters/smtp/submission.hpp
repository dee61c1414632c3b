// One mail handed to a mail server: SMTP (RFC 5321) as its client speaks it, without I/O.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "adapters/smtp/mail.hpp"
#include "base/secret.hpp"
#include "channel/handover.hpp"

namespace passerelle::adapters::smtp {

enum class Security { none, start_tls, implicit };

struct Relay {
  std::string host;
  std::uint16_t port = 587;
  Security security = Security::start_tls;
  std::string hello;     // our name in EHLO
  std::string username;  // empty: we do not sign in
  Secret password;
};

// A mail whose address cannot be one is refused without a connection. 'relay' outlives it.
std::unique_ptr<Handover> submit(const Relay& relay, Mail mail);

}  // namespace passerelle::adapters::smtp
