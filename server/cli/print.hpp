// The answer of an operation as people read it in a terminal: lines and tables.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::cli {

// Which columns of which list to show; without it, all that are there. "ref:8" shows the first 8 characters.
struct Layout {
  std::string_view list = {};
  std::vector<std::string_view> columns = {};
  std::string_view verbatim = {};  // a text that is the whole answer, as a file is
};

// Texts of people are in it: what a terminal would take for a command (control characters, changes of direction)
// becomes a blank. A value that is there twice, for programs and as "<name>_here", is shown as the latter.
std::string for_people(const boost::json::object& answer, const Layout& layout);

std::string harmless(std::string_view text);  // in one line

}  // namespace passerelle::cli
