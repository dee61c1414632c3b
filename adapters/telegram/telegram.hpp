// Telegram: a bot of the association's, by webhook, and sendMessage out. docs: README.md beside this file.
#pragma once

#include "adapters/registry.hpp"

namespace passerelle::adapters::telegram {

Gateway gateway();

}  // namespace passerelle::adapters::telegram
