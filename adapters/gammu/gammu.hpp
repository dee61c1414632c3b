// Gammu's SMS daemon: a modem or a telephone with its SIM on a cable, through the folders of its "files" service.
// docs: README.md beside this file.
#pragma once

#include "adapters/registry.hpp"

namespace passerelle::adapters::gammu {

Gateway gateway();

}  // namespace passerelle::adapters::gammu
