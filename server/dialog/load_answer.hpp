// Reads one answer of a question: what it answers to, what is kept of it, and where it leads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dialog/dialog.hpp"
#include "dialog/yaml_tree.hpp"

namespace passerelle::dialog {

// 'steps' are the ids of the dialog, for 'then'. Nothing when it is unclear what it answers to; that is reported.
std::optional<Category> read_answer(const Node& node, const std::vector<std::string>& steps, Report& report);

// An answer that the ones above leave nothing for is reported.
void check_answer_reached(const Node& node, const Test& test, const std::vector<Category>& above, Report& report);

}  // namespace passerelle::dialog
