// Reads where a step that does not ask goes on: the dialog that it calls, and the branches on facts under 'when'.
#pragma once

#include <string>
#include <vector>

#include "dialog/dialog.hpp"
#include "dialog/yaml_tree.hpp"

namespace passerelle::dialog {

// 'steps' are the ids of the dialog, for 'then'. What is wrong is reported and left out.
void read_way_on(const Node& body, const std::vector<std::string>& steps, Step& step, Report& report);

}  // namespace passerelle::dialog
