// The commands of the office, one row each: its name, its options with the arguments that they become, the operation,
// and what of the answer is shown. A new command is a row.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "cli/print.hpp"

namespace passerelle::cli {

struct OfficeOption {
  enum class Kind {
    text,     // --name VALUE
    place,    // VALUE, where it stands; required
    file,     // FILE, where it stands; the argument is its text
    flag,     // --name: the argument is true
    target,   // FILE, where it stands: what was shown is saved there, as cli/save_attachment.hpp says
    instead,  // --name: another operation; 'argument' names it
  };
  std::string_view name;      // "--to", or "REF" for what stands in its place
  std::string_view argument;  // of the operation
  std::string_view about;
  Kind kind = Kind::text;
};

struct OfficeCommand {
  std::string_view noun;
  std::string_view verb;  // empty: the noun is the command
  std::string_view operation;
  std::string_view about;
  std::vector<OfficeOption> options = {};
  Layout layout = {};
};

std::span<const OfficeCommand> office_commands();
// What 'passerelle --help' says of each noun.
std::string_view about_noun(std::string_view noun);

}  // namespace passerelle::cli
