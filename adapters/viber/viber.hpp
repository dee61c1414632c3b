// Viber's REST bot API: signed JSON events in, chatapi.viber.com out. docs: README.md beside this file.
#pragma once

#include "adapters/registry.hpp"

namespace passerelle::adapters::viber {

Gateway gateway();

}  // namespace passerelle::adapters::viber
