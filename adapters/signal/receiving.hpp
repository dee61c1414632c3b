// Asking signal-cli-rest-api for what has arrived: GET /v1/receive. What it answers with it has forgotten.
#pragma once

#include <memory>

#include "adapters/signal/envelope.hpp"
#include "adapters/signal/send.hpp"
#include "channel/link.hpp"

namespace passerelle::adapters::signal {

// Asks for 'at_once' envelopes, and for the next ones only once those are committed: what a crash in between loses is
// what one answer held. What the store does not take is held here and offered again.
std::unique_ptr<Link> make_receiving(Account account, Access access, int at_once);

}  // namespace passerelle::adapters::signal
