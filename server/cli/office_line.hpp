// The part of the command line that is the office's: made from the rows of office_commands.hpp.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <list>
#include <map>
#include <string>
#include <vector>

#include "cli/office_commands.hpp"
#include "config.hpp"

namespace passerelle::cli {

class OfficeLine {
 public:
  using Act = std::function<int()>;
  using Choose = std::function<void(Act)>;  // called with what the chosen command does

  // Both outlive the parsing and the act.
  void add_to(CLI::App& app, const Choose& choose);

 private:
  struct Typed {  // what was typed for one command
    const OfficeCommand* command = nullptr;
    std::map<std::string_view, std::string> values;  // by option name
    std::map<std::string_view, bool> flags;
    ConfigSources sources;
    bool as_json = false;
  };

  CLI::App* noun(CLI::App& app, std::string_view name);
  static void add_option(CLI::App& to, const OfficeOption& option, Typed& typed);
  static int act(const Typed& typed);

  std::map<std::string_view, CLI::App*> nouns_;
  std::list<Typed> typed_;
};

// --data, --config and --set, which find the data folder and, when no server runs, the association.
void add_folder_options(CLI::App& to, ConfigSources& sources);

}  // namespace passerelle::cli
