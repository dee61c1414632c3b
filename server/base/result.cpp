#include "base/result.hpp"

namespace passerelle {

std::string to_string(const Error& error) { return error.where.empty() ? error.what : error.where + ": " + error.what; }

void throw_exception_from_error(const Error& error, const boost::source_location&) {
  throw std::logic_error("value() of a failed result: " + to_string(error));
}

}  // namespace passerelle
