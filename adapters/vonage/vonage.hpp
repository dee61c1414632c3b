// Vonage (once Nexmo): its SMS API and its Messages API. docs: README.md beside this file.
#pragma once

#include "adapters/registry.hpp"

namespace passerelle::adapters::vonage {

Gateway gateway();

}  // namespace passerelle::adapters::vonage
