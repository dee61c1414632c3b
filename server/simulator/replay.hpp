// Replays a transcript and tells every line that came out differently.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "base/finding.hpp"
#include "simulator/simulation.hpp"
#include "simulator/transcript.hpp"

namespace passerelle::simulator {

struct Replayed {
  Findings findings;             // file:line, what was expected and what came; empty: it passed
  std::set<dialog::Taken> ways;  // that dialogs took
};
Replayed replay(const Transcript& transcript, std::shared_ptr<const turns::Content> content, Between between);

}  // namespace passerelle::simulator
