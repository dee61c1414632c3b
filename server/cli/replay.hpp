// Replays transcripts, each twice, and tells which of them came out as written.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "dialog/engine.hpp"
#include "turns/content.hpp"

namespace passerelle::cli {

struct Replays {
  int failed = 0;
  std::set<dialog::Taken> ways;  // that the dialogs took in any of them
};

// Prints a line for each file, and the findings on standard error.
Replays replay_files(const std::shared_ptr<const turns::Content>& content, const std::vector<std::string>& files);

}  // namespace passerelle::cli
