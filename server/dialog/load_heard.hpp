// Reads 'heard' at the top of a dialog: what people ask in their own words, and where it leads.
#pragma once

#include <vector>

#include "dialog/dialog.hpp"
#include "dialog/yaml_tree.hpp"

namespace passerelle::dialog {

// Topics whose example lists or title could not be read are left out, and reported.
std::vector<Heard> read_heard(const Node& list, Report& report);

}  // namespace passerelle::dialog
