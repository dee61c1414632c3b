// One [[channel]]: the keys that all have, then those of its gateway, as adapters/registry.hpp lists them.
#pragma once

#include <string>

#include "config_document.hpp"
#include "config_table.hpp"

namespace passerelle::configuration {

// Adds the channels to config.channels; what is wrong with one goes into 'findings', and it is left out.
// 'folder' is where relative paths of *_file keys in the file start.
void read_channels(const Document& document, const std::string& folder, Config& config, Findings& findings);

}  // namespace passerelle::configuration
