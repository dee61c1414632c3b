// Reads what a step does: sentences to say, and the actions under 'do'.
#pragma once

#include <vector>

#include "dialog/dialog.hpp"
#include "dialog/yaml_tree.hpp"

namespace passerelle::dialog {

// 'body' is the step. What is wrong is reported and left out.
void read_actions(const Node& body, std::vector<Action>& actions, Report& report);

}  // namespace passerelle::dialog
