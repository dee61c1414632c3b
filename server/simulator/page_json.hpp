// A sandbox as the simulator page reads it.
#pragma once

#include <boost/json/object.hpp>

#include "simulator/sandbox.hpp"

namespace passerelle::simulator {

boost::json::object to_json(const Sandbox::View& view, const turns::Content& content);

// What one can choose from: languages, places, what to bring.
boost::json::object choices(const turns::Content& content);

}  // namespace passerelle::simulator
