// Reads one dialog from YAML. All mistakes are told at once, each at file:line:column with the nearest valid word.
#pragma once

#include <memory>
#include <string>

#include "base/finding.hpp"
#include "dialog/dialog.hpp"

namespace passerelle::dialog {

struct Loaded {
  std::shared_ptr<const Dialog> dialog;  // null when 'findings' is not empty
  Findings findings;
};

// 'file' is only told in findings; the dialog's name must be its stem. 'hash' pins the version.
Loaded load(const std::string& file, const std::string& text, const std::string& hash);

}  // namespace passerelle::dialog
