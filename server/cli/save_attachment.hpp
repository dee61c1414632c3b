// What somebody showed us, out of the data folder and into a file of the one who asks.
#pragma once

#include <string>

#include "cli/office.hpp"
#include "config.hpp"

namespace passerelle::cli {

// 'answer' is that of "attachments.get". The file must not be there yet; it is ours alone (0600). The answer grows by
// "saved"; it is a failure where the file cannot be made, or where what is kept is not what was fetched.
OfficeAnswer save_attachment(const ConfigSources& sources, OfficeAnswer answer, const std::string& target);

}  // namespace passerelle::cli
