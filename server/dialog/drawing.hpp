// A dialog as a picture: a Mermaid flowchart, which code forges and editors draw.
#pragma once

#include <functional>
#include <string>

#include "dialog/dialog.hpp"

namespace passerelle::dialog {

// What to write for the key of a sentence: the key itself, or the sentence in some language.
using Wording = std::function<std::string(const std::string& key)>;

// Questions are diamonds, calls have double sides, tasks and cases a thick edge, ways out round ends.
std::string draw(const Dialog& dialog, const Wording& wording);

}  // namespace passerelle::dialog
