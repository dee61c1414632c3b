// One table of endpoints. A duplicate row, or two rows of which neither is the more exact one, is an error at start.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.hpp"
#include "base/result.hpp"
#include "base/task.hpp"

namespace passerelle::net {

// The segments as they were sent, still percent-encoded: nothing that a decoded '/' or NUL could change the meaning of.
using PathParameters = std::map<std::string, std::string>;
// 'request' outlives the coroutine (the session owns both).
using Handler = std::function<Task<HttpResponse>(const HttpRequest& request, const PathParameters& parameters)>;

struct Route {
  std::string method;   // GET or POST
  std::string pattern;  // "/hooks/{channel}/status": a segment in braces matches one non-empty segment
  Handler handler;
};

// Where two rows match, the literal segment wins: /hooks/{channel}/status before /hooks/{channel}/{secret}.
class Router {
 public:
  // Errors: the method, the pattern, no handler, or a row that clashes with an earlier one.
  result<void> add(Route route);
  struct Match {
    const Route* route = nullptr;  // null: 404, or 405 when 'allow' is not empty
    PathParameters parameters;
    std::string allow;
  };
  // Refers to the rows: none may be added while a match is in use.
  Match match(std::string_view method, std::string_view path) const;

 private:
  std::vector<Route> routes_;
};

}  // namespace passerelle::net
