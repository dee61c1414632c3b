// Any gateway that a TOML block can describe: README.md is the reference of its keys.
#pragma once

#include <string_view>
#include <vector>

#include "adapters/registry.hpp"

namespace passerelle::adapters::generic {

Gateway gateway();

// The files of adapters/generic/presets/, which are compiled into the binary (cmake/embed.cmake).
struct EmbeddedFile {
  std::string_view path;  // "adapters/generic/presets/infobip.toml"
  std::string_view text;
};
const std::vector<EmbeddedFile>& embedded_files();

}  // namespace passerelle::adapters::generic
