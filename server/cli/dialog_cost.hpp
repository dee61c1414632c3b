// What the messages of dialogs cost as SMS, each with all its sentences together.
#pragma once

#include <set>
#include <string>

#include "base/finding.hpp"
#include "turns/content.hpp"

namespace passerelle::cli {

// Notes, one for a step with which a message begins that takes too many SMS in a language of the association; of the
// dialogs that are named, or of all.
Findings dear_messages(const turns::Content& content, const std::set<std::string>& dialogs);

}  // namespace passerelle::cli
