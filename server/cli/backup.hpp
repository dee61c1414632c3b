// The commands about backups and upgrades, which work without a server too.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "config.hpp"

namespace passerelle::cli {

class BackupLine {
 public:
  using Choose = std::function<void(std::function<int()>)>;  // called with what the chosen command does

  // backup, backup keygen, backup list, restore, migrate. Both outlive the parsing and the act.
  void add_to(CLI::App& app, const Choose& choose);

 private:
  ConfigSources sources_;
  std::string file_, key_file_, into_;
  bool as_json_ = false, verify_ = false, dry_run_ = false;
};

}  // namespace passerelle::cli
