// Reading small text files whole: configuration, dialogs, secrets.
#pragma once

#include <string>

#include "base/result.hpp"

namespace passerelle {

// At most 16 MB; the error names the file and the reason.
result<std::string> read_file(const std::string& path);

}  // namespace passerelle
