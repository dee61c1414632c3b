// What people showed us, as staff see it.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "console/operations.hpp"
#include "store/attachment_list.hpp"

namespace passerelle::console {

// As a transcript has it: "[photo, 231 KB]", "[not fetched yet]", "[not fetched: 404]", "[erased]".
std::string in_brackets(const store::ListedAttachment& attachment);

boost::json::object attachment_row(const Desk& desk, const store::ListedAttachment& attachment);

}  // namespace passerelle::console
