// What the Graph API answers to a message of ours. Its status says little: the code in the body counts.
// docs: "Handling errors" (developers.facebook.com/docs/graph-api/guides/error-handling).
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>

#include "base/http.hpp"

namespace passerelle::adapters::graph {

struct Failure {
  std::int64_t code = 0;
  std::int64_t subcode = 0;  // 0: none
};

// The answer's JSON; an empty object when it is none, or too long for one.
boost::json::object body_of(const HttpResponse& response);

// {"error": {"code": …, "error_subcode": …}}, or nothing: then it is not the Graph API that speaks.
std::optional<Failure> failure_of(const boost::json::object& body);

// Codes that mean the same for all products: the token has ended, was taken back, or lacks a right (0, 3, 10, 190, 200
// to 299), and what was asked for does not exist (33, or 100 with the subcode 33).
bool is_our_access(const Failure& failure);
// Too many calls, or a service of Meta's that is down: 1, 2, 4, 17, 32, 613, 80007.
bool is_passing(const Failure& failure);

}  // namespace passerelle::adapters::graph
