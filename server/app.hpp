// The server: owns the parts, in start order. The only file that knows them all.
#pragma once

#include "config.hpp"

namespace passerelle {

// Serves until SIGTERM or SIGINT, then drains. Prints one line on standard output when ready. An ExitCode.
int serve(const Config& config);

}  // namespace passerelle
