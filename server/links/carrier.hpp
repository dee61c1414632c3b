// Carries one message to a gateway that is no web service: does what its handover says (channel/handover.hpp).
#pragma once

#include <memory>

#include "base/stream.hpp"
#include "base/task.hpp"
#include "channel/handover.hpp"

namespace passerelle::links {

// 'streams' outlives the task. One connection, which is closed at the end; it always ends, since every step has a
// deadline and there are at most a hundred of them.
Task<handover::Over> carry(Streams& streams, std::unique_ptr<Handover> message);

}  // namespace passerelle::links
