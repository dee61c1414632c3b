#include "net/router.hpp"

#include <algorithm>

namespace passerelle::net {
namespace {

bool is_parameter(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

// Takes the first segment (after its '/') off 'path'. Both patterns and paths begin with '/'.
std::string_view take_segment(std::string_view& path) {
  path.remove_prefix(1);
  const std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

bool fits(std::string_view pattern, std::string_view path) {
  if (!path.starts_with('/')) return false;
  while (!pattern.empty() && !path.empty()) {
    const std::string_view wanted = take_segment(pattern);
    const std::string_view segment = take_segment(path);
    if (is_parameter(wanted) ? segment.empty() : wanted != segment) return false;
  }
  return pattern.empty() && path.empty();
}

PathParameters parameters(std::string_view pattern, std::string_view path) {
  PathParameters found;
  while (!pattern.empty()) {
    const std::string_view wanted = take_segment(pattern);
    const std::string_view segment = take_segment(path);
    if (is_parameter(wanted)) found.emplace(wanted.substr(1, wanted.size() - 2), segment);
  }
  return found;
}

struct Overlap {
  bool possible = true;                                      // some path fits both
  bool first_is_literal = false, second_is_literal = false;  // where the other has a parameter
};

Overlap overlap(std::string_view first, std::string_view second) {
  Overlap found;
  while (!first.empty() && !second.empty()) {
    const std::string_view a = take_segment(first);
    const std::string_view b = take_segment(second);
    const bool parameter_a = is_parameter(a);
    const bool parameter_b = is_parameter(b);
    if (!parameter_a && !parameter_b && a != b) found.possible = false;
    if ((a.empty() && parameter_b) || (b.empty() && parameter_a)) found.possible = false;
    found.first_is_literal = found.first_is_literal || (!parameter_a && parameter_b);
    found.second_is_literal = found.second_is_literal || (parameter_a && !parameter_b);
  }
  found.possible = found.possible && first.empty() && second.empty();
  return found;
}

bool more_exact(std::string_view first, std::string_view second) { return overlap(first, second).first_is_literal; }

// Neither is the more exact one, so that the order of the rows would decide.
bool clash(std::string_view first, std::string_view second) {
  const Overlap found = overlap(first, second);
  return found.possible && found.first_is_literal == found.second_is_literal;
}

std::string pattern_fault(std::string_view pattern) {
  if (!pattern.starts_with('/')) return "a pattern begins with '/'";
  std::vector<std::string_view> names;
  while (!pattern.empty()) {
    const std::string_view segment = take_segment(pattern);
    const bool braces = segment.find_first_of("{}?#") != std::string_view::npos;
    if (!is_parameter(segment)) {
      if (braces) return "a segment is literal or one {name}, and a pattern has no query";
      continue;
    }
    const std::string_view name = segment.substr(1, segment.size() - 2);
    if (name.find_first_of("{}?#") != std::string_view::npos) return "a name in braces has no further braces";
    if (std::find(names.begin(), names.end(), name) != names.end()) return "two segments have the same name";
    names.push_back(name);
  }
  return {};
}

}  // namespace

result<void> Router::add(Route route) {
  const std::string where = route.method + " " + route.pattern;
  if (route.method != "GET" && route.method != "POST") return Error{"the method of a route is GET or POST", where};
  if (std::string fault = pattern_fault(route.pattern); !fault.empty()) return Error{std::move(fault), where};
  if (!route.handler) return Error{"a route needs a handler", where};
  for (const Route& other : routes_) {
    if (other.method == route.method && clash(other.pattern, route.pattern)) {
      return Error{"two routes answer the same path; the other one is " + other.method + " " + other.pattern, where};
    }
  }
  routes_.push_back(std::move(route));
  return {};
}

Router::Match Router::match(std::string_view method, std::string_view path) const {
  Match match;
  for (const Route& route : routes_) {
    if (!fits(route.pattern, path)) continue;
    if (route.method != method) {
      if (match.allow.find(route.method) == std::string::npos)
        match.allow += (match.allow.empty() ? "" : ", ") + route.method;
    } else if (match.route == nullptr || more_exact(route.pattern, match.route->pattern)) {
      match.route = &route;
    }
  }
  if (match.route == nullptr) return match;
  match.allow.clear();
  match.parameters = parameters(match.route->pattern, path);
  return match;
}

}  // namespace passerelle::net
