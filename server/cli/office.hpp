// Asks for an operation of the console: of the running server, or, when none runs, of the store itself under its lock.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "config.hpp"

namespace passerelle::cli {

struct OfficeAnswer {
  int code = 0;              // an ExitCode; exit_ok: 'body' is the operation's answer
  boost::json::object body;  // else {"error", "where"}
};

// exit_failed: the operation refused, or broke; exit_configuration: the configuration or the content has mistakes (told
// on standard error); exit_unreachable: a server is there and does not answer us; exit_locked: another process has the
// folder, and it is no server that answers.
OfficeAnswer ask_office(const ConfigSources& sources, std::string_view operation, const boost::json::object& arguments);

// Whether a server runs on the data folder and can commit: exit_ok or exit_unreachable, with a line on standard output.
int health_check(const ConfigSources& sources, bool as_json);

}  // namespace passerelle::cli
