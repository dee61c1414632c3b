// Asks a gateway for the token that its requests carry: one request, and what came of it.
#pragma once

#include <string>

#include "base/clock.hpp"
#include "base/task.hpp"
#include "base/transport.hpp"
#include "channel/channel.hpp"
#include "outbox/sign_in.hpp"

namespace passerelle::outbox {

struct Desk {
  Transport& transport;
  const Channel& channel;  // one that signs in
  const Clock& clock;
  std::string name;
};

// 'sign_in' hears it; it outlives the task. Why the channel must stop until a person has mended something, or nothing.
Task<std::string> ask_for_token(Desk desk, SignIn& sign_in, double random);

}  // namespace passerelle::outbox
