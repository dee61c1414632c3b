// The frame of a filter: one line in, one line out.
#pragma once

#include <cstdio>
#include <iostream>
#include <string>

#include "cli/exit_code.hpp"

namespace passerelle::cli {

template <class Answer>
int each_line(Answer answer) {
  for (std::string line; std::getline(std::cin, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const std::string out = answer(line) + "\n";
    std::fwrite(out.data(), 1, out.size(), stdout);
  }
  return std::fflush(stdout) == 0 ? exit_ok : exit_failed;
}

}  // namespace passerelle::cli
