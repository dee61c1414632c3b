// The command line: passerelle serve | simulate | check | dialogs | language | keywords | segments | version.
#pragma once

namespace passerelle::cli {

int run(int argc, char** argv);  // an ExitCode

}  // namespace passerelle::cli
