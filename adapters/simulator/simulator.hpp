// The gateway that is none: a program on this machine plays the phones, in JSON. For trying out, tests and benchmarks.
#pragma once

#include "adapters/registry.hpp"

namespace passerelle::adapters::simulator {

Gateway gateway();

}  // namespace passerelle::adapters::simulator
