// What gammu-smsd does unless its own configuration tells it otherwise.
#pragma once

#include <vector>

#include "adapters/registry.hpp"

namespace passerelle::adapters::gammu {

std::vector<Trap> traps(const ChannelSettings& settings, const PeerFiles& files);

}  // namespace passerelle::adapters::gammu
