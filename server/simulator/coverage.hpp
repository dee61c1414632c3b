// Which ways of the dialogs transcripts took, and which none did.
#pragma once

#include <set>
#include <vector>

#include "dialog/library.hpp"
#include "dialog/ways.hpp"

namespace passerelle::simulator {

struct Coverage {
  std::size_t all = 0;
  std::vector<dialog::Way> missing;  // by dialog, in the order of its file

  std::size_t taken() const { return all - missing.size(); }
};

// 'taken' may hold ways of other dialogs, too.
Coverage coverage(const dialog::Library& library, const std::set<dialog::Taken>& taken);

}  // namespace passerelle::simulator
