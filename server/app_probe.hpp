// 'channel test': asks the gateway whether it knows us, and knocks at our own hook as the gateway would and as a
// stranger would. What came of it is told in plain words, without any word that a gateway answered.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "base/clock.hpp"
#include "base/task.hpp"
#include "base/transport.hpp"
#include "channel/channel.hpp"

namespace passerelle {

struct ProbePlan {
  std::string name;
  const Channel& channel;
  std::string hook_url;  // where the gateway brings what it has for us
  Transport& transport;  // which may go to both ends; on the thread that this runs on
  TimePoint now;
  bool real_time = true;  // 'now' is the time of day, and can be compared with the gateway's
};

// {"checks": [{"check", "result", "what", "remedy"}], "channel", "ok"}: 'check' is gateway, hook or stranger, 'result'
// is ok, failed or skipped. A check "clock" is there only where this machine's clock is not the gateway's.
Task<boost::json::object> probe_channel(ProbePlan plan);

}  // namespace passerelle
