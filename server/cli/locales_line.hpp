// The commands below 'passerelle locales', and their options.
#pragma once

#include <functional>
#include <string>

#include "cli/locales.hpp"

namespace CLI {
class App;
}

namespace passerelle::cli {

class LocalesLine {
 public:
  using Choose = std::function<void(std::function<int()>)>;
  // 'choose' is called with the command that was typed. The line outlives 'app'.
  void add_to(CLI::App& app, const Choose& choose);

 private:
  CLI::App* command(CLI::App& parent, const std::string& name, const std::string& about,
                    int (*act)(const LocalesOptions&), const Choose& choose);
  void add_exchange(CLI::App& parent, const Choose& choose);

  LocalesOptions options_;
};

}  // namespace passerelle::cli
