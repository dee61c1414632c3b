// Takes the rows of a file that came back, or says what is wrong with them: all or none.
#pragma once

#include <map>
#include <string>

#include "translation/exchange.hpp"
#include "translation/units.hpp"

namespace passerelle::translation {

// The sentences that differ from 'units', by key. A row without a translation changes nothing.
std::map<std::string, std::string> merge(const Units& units, const ReadRows& rows, Findings& findings);

}  // namespace passerelle::translation
