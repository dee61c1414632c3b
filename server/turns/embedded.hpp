// The dialogs, locales and configuration that are compiled into the binary (cmake/embed.cmake).
#pragma once

#include <string_view>
#include <vector>

namespace passerelle::turns {

struct EmbeddedFile {
  std::string_view path;  // "dialogs/information.yaml"
  std::string_view text;
};

const std::vector<EmbeddedFile>& embedded_files();

}  // namespace passerelle::turns
