// The program: everything is in cli/.
#include "cli/command_line.hpp"

int main(int argc, char** argv) { return passerelle::cli::run(argc, argv); }
