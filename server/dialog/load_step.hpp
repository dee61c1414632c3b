// Reads one step of a dialog: its actions, its question and its answers.
#pragma once

#include <string>
#include <vector>

#include "dialog/dialog.hpp"
#include "dialog/yaml_tree.hpp"

namespace passerelle::dialog {

// 'steps' are the ids of the dialog, for 'then'. What is wrong is reported and left out.
Step read_step(const Node& id, const Node& body, const std::vector<std::string>& steps, Report& report);

}  // namespace passerelle::dialog
