#include "console/operations.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <exception>

namespace passerelle::console {
namespace {

constexpr std::size_t deepest_json = 8;

const std::vector<Operation>& table() {
  static const std::vector<Operation> rows = [] {
    std::vector<Operation> made;
    for (const auto rows_of :
         {inbox_operations, case_operations, attachment_operations, appointment_operations, sending_operations,
          sent_operations, contact_operations, channel_operations, directory_operations}) {
      const std::span<const Operation> more = rows_of();
      made.insert(made.end(), more.begin(), more.end());
    }
    return made;
  }();
  return rows;
}

// Unwinds a savepoint, so that it is rolled back; never leaves run().
struct Refused : std::exception {};

}  // namespace

Telephony telephony(const Desk& desk) {
  Telephony told{desk.content.association.country, {}};
  for (const auto& [name, facts] : desk.channels) {
    if (facts.telephones) told.channels.push_back(name);
  }
  return told;
}

std::vector<Operation> all_operations() { return table(); }

const Operation* find_operation(std::string_view name) {
  const auto found = std::ranges::find(table(), name, &Operation::name);
  return found == table().end() ? nullptr : &*found;
}

result<boost::json::object> run(const Operation& operation, Desk& desk, const boost::json::object& arguments) {
  result<boost::json::object> answer = boost::json::object();
  try {
    desk.transaction.savepoint([&] {
      answer = operation.run(desk, arguments);
      if (!answer) throw Refused();
    });
  } catch (const Refused&) {
  }
  return answer;
}

result<boost::json::object> parse_arguments(std::string_view body) {
  boost::json::parse_options options;
  options.max_depth = deepest_json;
  boost::system::error_code error;
  boost::json::value value = boost::json::parse(body, error, {}, options);
  if (error || !value.is_object()) return Error{"the arguments are not a JSON object in UTF-8", ""};
  return std::move(value.get_object());
}

boost::json::object to_json(const Error& error) {
  boost::json::object told{{"error", error.what}};
  if (!error.where.empty()) told["where"] = error.where;
  return told;
}

}  // namespace passerelle::console
