// The commands as a table, read out of CLI11's own tree: completion in shells and the man page cannot miss one.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace passerelle::cli {

struct OptionRow {
  std::string name;   // "--data", or "FILE" for what stands in its place
  std::string about;  // one sentence
  bool takes_value = false;
  bool in_place = false;
  bool required = false;
};

struct CommandRow {
  std::string words;  // "appointment add"; empty: the program itself
  std::string about;
  std::vector<OptionRow> options;
  std::vector<std::string> verbs;  // what may follow
};

std::vector<CommandRow> command_rows(const CLI::App& app);  // a command before those below it

// Scripts that complete commands and options, to be read by the shell at its start.
std::string bash_completion(const std::vector<CommandRow>& rows);
std::string zsh_completion(const std::vector<CommandRow>& rows);
std::string fish_completion(const std::vector<CommandRow>& rows);

std::string man_page(const std::vector<CommandRow>& rows, const std::string& version);  // passerelle(1), roff

}  // namespace passerelle::cli
