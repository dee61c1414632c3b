// result<T>: an expected failure is a value that says what is wrong and where.
#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <stdexcept>
#include <string>

namespace passerelle {

struct Error {
  Error() = default;
  // Both, always: an aggregate would be constructible from one string, which boost::system::result takes for ambiguous.
  Error(std::string what_is_wrong, std::string where_it_is)
      : what(std::move(what_is_wrong)), where(std::move(where_it_is)) {}

  std::string what;   // one sentence for the person who can mend it, with the remedy
  std::string where;  // "file:line:column", "row 12", a key of the configuration, or empty

  friend bool operator==(const Error&, const Error&) = default;
};

std::string to_string(const Error& error);

// Called by boost::system::result when value() is asked of an error: a bug of ours, not an expected failure.
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& where);

template <class T>
using result = boost::system::result<T, Error>;

}  // namespace passerelle
