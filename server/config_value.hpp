// From what was written to what a key takes: types, and secrets out of their files.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/secret.hpp"
#include "config_document.hpp"
#include "config_table.hpp"

namespace passerelle::configuration {

// 'example' is shown when the type is wrong; the value itself never is.
std::optional<Value> typed(const Setting& setting, Kind kind, std::string_view example, Findings& findings);

// The content of a *_file key, without its last newline. Relative paths start at 'folder'.
std::optional<Secret> read_secret(const Setting& setting, const std::string& folder, Findings& findings);

// The file that a *_file key names; empty when it names none.
std::string secret_path(const Setting& setting, const std::string& folder);

}  // namespace passerelle::configuration
