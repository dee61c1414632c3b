// Kannel 1.4.5 (SMS over SMPP or a modem): texts in by get-url or post-url, out by sendsms, delivery reports by
// dlr-url. docs: README.md beside this file.
#pragma once

#include "adapters/registry.hpp"

namespace passerelle::adapters::kannel {

Gateway gateway();

}  // namespace passerelle::adapters::kannel
