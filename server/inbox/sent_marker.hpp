// Inline replies become "sent" once their answer was written to the gateway, and "uncertain" when it could not be, or
// came later than the gateway listens: gathered, and written in bulk.
#pragma once

#include <memory>
#include <vector>

#include "base/clock.hpp"
#include "domain/message.hpp"
#include "store/writer.hpp"

namespace passerelle::inbox {

class SentMarker {
 public:
  SentMarker(store::Writer& writer, const Clock& clock);

  // Any thread. One job is under way at a time; what comes meanwhile goes with the next.
  void mark(const std::vector<OutboundId>& messages, bool sent);

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;  // a job may outlive the marker while the writer stops
};

}  // namespace passerelle::inbox
