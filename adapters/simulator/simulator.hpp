// The gateway that is none: a program on this machine plays the phones, in JSON. For trying out, tests and benchmarks.
// docs: README.md beside this file.
#pragma once

#include "adapters/registry.hpp"

namespace passerelle::adapters::simulator {

Gateway gateway();

}  // namespace passerelle::adapters::simulator
