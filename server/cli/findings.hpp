// What is wrong in our text files, on standard error: one line each.
#pragma once

#include <cstdio>

#include "base/finding.hpp"

namespace passerelle::cli {

inline void print_findings(const Findings& findings) {
  for (const Finding& finding : findings) std::fprintf(stderr, "%s\n", to_string(finding).c_str());
}

}  // namespace passerelle::cli
