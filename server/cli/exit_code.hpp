// What the program tells its caller when it ends. Scripts rely on these numbers.
#pragma once

namespace passerelle {

enum ExitCode : int {
  exit_ok = 0,
  exit_failed = 1,
  exit_usage = 2,
  exit_configuration = 3,
  exit_unreachable = 4,
  exit_locked = 5,
};

}  // namespace passerelle
