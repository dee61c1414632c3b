// Folders that are shared with a program on this machine: what stands in them, and files that are put there whole. Each
// call blocks for the disk's time; the files are short, and on a disk of this machine.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "channel/link.hpp"

namespace passerelle::links {

link::Event look(const link::Look& what);  // Found or Unanswered
link::Event tidy(const link::Tidy& what);  // Tidied or Unanswered

enum class Put { written, exists, no_folder, denied, no_space, failed };
// Nobody ever sees half of it: it is written and synced under a name that begins with '.', and then given its own. A
// file of that name, there or at one of 'elsewhere', is left alone.
Put put(const std::string& path, std::string_view bytes, const std::vector<std::string>& elsewhere);

}  // namespace passerelle::links
