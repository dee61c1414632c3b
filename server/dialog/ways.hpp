// All ways that a dialog has, as Turn::taken names those that a turn took: for the coverage of transcripts.
#pragma once

#include <vector>

#include "dialog/dialog.hpp"
#include "dialog/engine.hpp"

namespace passerelle::dialog {

struct Way {
  Taken taken;
  Position at;
};

// In the order of the file: where the server may begin, answers, what fits nothing (again, then a human), waiting in
// vain, branches and what follows when none is so. A text that takes everything leaves nothing that fits nothing.
std::vector<Way> all_ways(const Dialog& dialog);

}  // namespace passerelle::dialog
