// Inline replies become "sent" once their answer was written to the gateway: gathered, and written in bulk.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "base/clock.hpp"
#include "domain/message.hpp"
#include "store/writer.hpp"

namespace passerelle::inbox {

class SentMarker {
 public:
  SentMarker(store::Writer& writer, const Clock& clock);

  // Any thread. One job is under way at a time; what comes meanwhile goes with the next.
  void written(std::vector<OutboundId> messages);

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;  // a job may outlive the marker while the writer stops
};

}  // namespace passerelle::inbox
