// Signal, through signal-cli-rest-api on a machine of the association's own: messages are asked for, or brought by its
// webhook. docs: README.md beside this file.
#pragma once

#include "adapters/registry.hpp"

namespace passerelle::adapters::signal {

Gateway gateway();

}  // namespace passerelle::adapters::signal
