// What Kannel does unless its own configuration tells it otherwise: texts lost without a word, reports forgotten.
#pragma once

#include <vector>

#include "adapters/registry.hpp"

namespace passerelle::adapters::kannel {

std::vector<Trap> traps(const ChannelSettings& settings, const PeerFiles& files);

}  // namespace passerelle::adapters::kannel
