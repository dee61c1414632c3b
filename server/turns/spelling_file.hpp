// Reads config/spelling.yaml, and what an association's own file says of it.
#pragma once

#include <string>

#include "base/finding.hpp"
#include "language/cheaper.hpp"

namespace passerelle::turns {

language::SpellingPolicy read_spelling(const std::string& file, const std::string& text, Findings& findings);

// 'cheaper_spelling' of an association.yaml: how far each language may go there.
void read_own_spelling(const std::string& file, const std::string& text, language::SpellingPolicy& policy,
                       Findings& findings);

}  // namespace passerelle::turns
