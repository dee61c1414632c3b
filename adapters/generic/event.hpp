// What arrives from a gateway, a webhook or an answer, and the references by which a configuration names values in it.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/http.hpp"
#include "base/result.hpp"

namespace passerelle::adapters::generic {

// "/results/0/from": a JSON pointer (RFC 6901), in which "*" stands for every item or member. "from": a field of a form
// or, of a GET, of its query. "?ref": of the query of our own callback URL, whatever the body is.
struct Reference {
  enum class Kind { pointer, field, query };
  Kind kind = Kind::pointer;
  std::vector<std::string> steps;  // of a pointer, unescaped
  std::string name;                // of the others
};
Reference parse_reference(std::string_view text);
using References = std::vector<Reference>;  // the first that has a value tells it

enum class Format { json, form };

struct Arrived {
  std::vector<HttpField> form;
  std::vector<HttpField> query;
  boost::json::value json;
};
// Nothing where the body is no JSON at all; an array at the top is read like an object.
std::optional<boost::json::value> read_json(std::string_view text);
// 'charset' is that of a form: "utf-8", "windows-1252", "iso-8859-1"; what is UTF-8 all the same stays so.
std::optional<Arrived> read_request(const HttpRequest& request, Format format, std::string_view charset);

// One event of a request: a part of its JSON, or its form.
struct Event {
  const Arrived* arrived = nullptr;
  const boost::json::value* json = nullptr;  // null: a form
};
std::vector<Event> events_at(const Arrived& arrived, const Reference& where, Format format);

// The value as text (numbers and flags are spelt out, and null is none), UTF-8; empty: there is none.
std::string first(const Event& event, const References& references);
std::vector<std::string> all(const Event& event, const References& references);

// A condition on a value: that it is there and, where lists are given, that it is one of 'is' and none of 'not'.
struct Condition {
  References at;
  std::vector<std::string> is, is_not;
};
bool holds(const Condition& condition, const Event& event);

// "1795307354" (or milliseconds), "2026-11-22T00:29:19.5+0100"; and where what names no zone is UTC, "2026-11-22
// 00:29:19" and "20261122002919", too.
std::optional<TimePoint> read_moment(std::string_view text, bool is_utc);

}  // namespace passerelle::adapters::generic
