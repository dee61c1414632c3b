// The command line: passerelle serve | check | healthcheck | appointment | send | inbox | contact | channel | directory
// | clock | simulate | dialogs | locales | language | keywords | segments | version.
#pragma once

namespace passerelle::cli {

int run(int argc, char** argv);  // an ExitCode

}  // namespace passerelle::cli
