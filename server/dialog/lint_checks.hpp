// The single checks that lint() makes; each adds what it finds. Here so that lint.cpp can name them all.
#pragma once

#include <string>
#include <string_view>

#include "dialog/library.hpp"

namespace passerelle::dialog {

struct Checked {
  const Library& library;
  const Sentences& sentences;
  Findings& findings;
};

// lint_ways.cpp: exits and calls to dialogs that do not exist or that only the server begins, steps that nobody reaches
// or that are of no use, and what a dialog that stands for days must not do.
void check_ways(const Dialog& dialog, const Checked& checked);
// lint_heard.cpp: topics that begin nowhere, that two dialogs hear, or of which nobody knows the name.
void check_heard(const Dialog& dialog, const Checked& checked);
// lint_circles.cpp
void check_circles(const Checked& checked);
void check_calls(const Checked& checked);
// lint_names.cpp: names under which something is kept, and the arguments of sentences.
void check_names(const Checked& checked);

}  // namespace passerelle::dialog
