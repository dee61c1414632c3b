// An outcome in one line, so that tables of answers can say what they want: "later 429 37", "accepted SM1".
#pragma once

#include <string>

#include "channel/outcome.hpp"

namespace passerelle::adapters {

struct OutcomeWords {
  std::string operator()(const Accepted& one) const { return "accepted " + one.provider_id; }
  std::string operator()(const RetryLater& one) const {
    return "later " + one.why + " " + std::to_string(one.after.count());
  }
  std::string operator()(const Ambiguous& one) const {
    return (one.misconfigured ? "ambiguous and misconfigured " : "ambiguous ") + one.why;
  }
  std::string operator()(const Refused& one) const { return "refused " + one.why; }
  std::string operator()(const OptedOut&) const { return "opted_out"; }
  std::string operator()(const NeedsTemplate&) const { return "needs_template"; }
  std::string operator()(const Misconfigured& one) const { return "misconfigured " + one.why; }
};

inline std::string words_of(const Outcome& outcome) { return std::visit(OutcomeWords{}, outcome); }

}  // namespace passerelle::adapters
