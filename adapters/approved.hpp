// [[channel.template]]: the texts that a gateway has approved, as an operator writes them down.
#pragma once

#include <string>
#include <vector>

#include "adapters/block.hpp"
#include "domain/approved_text.hpp"

namespace passerelle::adapters {

// The key of the list in the configuration, and what it is for.
inline constexpr const char* approved_key = "template";
inline constexpr const char* approved_comment =
    "A text that was approved, for people who have not written for a day; as often as needed";

// All that can be used; what is wrong with the others is told at its place.
std::vector<ApprovedText> read_approved(const Block& tables, Findings& findings);

}  // namespace passerelle::adapters
