#include "adapters/graph_answer.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "adapters/json_fields.hpp"
#include "adapters/json_object.hpp"

namespace passerelle::adapters::graph {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_answer = 64 * 1024;
constexpr std::int64_t no_such_object = 33;
constexpr std::int64_t largest_code = 999'999'999;  // Meta's have at most seven digits
constexpr auto passing = std::to_array<std::int64_t>({1, 2, 4, 17, 32, 613, 80007});
constexpr auto access_codes = std::to_array<std::int64_t>({0, 3, 10, no_such_object, 190});

}  // namespace

json::object body_of(const HttpResponse& response) {
  if (response.body.size() > longest_answer) return {};
  return read_object(response.body).value_or(json::object());
}

std::optional<Failure> failure_of(const json::object& body) {
  const json::object* error = object_at(body, "error");
  const auto code = error == nullptr ? std::nullopt : integer_at(*error, "code");
  if (!code || *code < 0 || *code > largest_code) return std::nullopt;
  const std::int64_t subcode = integer_at(*error, "error_subcode").value_or(0);
  return Failure{*code, subcode > 0 && subcode <= largest_code ? subcode : 0};
}

bool is_our_access(const Failure& failure) {
  if (failure.code == 100) return failure.subcode == no_such_object;
  if (failure.code >= 200 && failure.code <= 299) return true;
  return std::ranges::find(access_codes, failure.code) != access_codes.end();
}

bool is_passing(const Failure& failure) { return std::ranges::find(passing, failure.code) != passing.end(); }

}  // namespace passerelle::adapters::graph
