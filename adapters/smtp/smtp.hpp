// E-mail out, through the association's mail server (SMTP). docs: README.md beside this file.
#pragma once

#include "adapters/registry.hpp"

namespace passerelle::adapters::smtp {

Gateway gateway();

}  // namespace passerelle::adapters::smtp
