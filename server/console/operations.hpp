// What staff can ask the server to do, as one table: a name, JSON in, JSON out, in one transaction of the writer.
// POST /office/<name> runs them on the admin socket, the command line without a server, and later the web console.
#pragma once

#include <boost/json/object.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "console/arguments.hpp"
#include "store/transaction.hpp"
#include "turns/channel_book.hpp"
#include "turns/content.hpp"

namespace passerelle::console {

// What an operation may use. Its references outlive the call.
struct Desk {
  store::Transaction& transaction;
  const turns::Content& content;
  const turns::ChannelBook& channels;
  TimePoint now;
};

Telephony telephony(const Desk& desk);

struct Operation {
  std::string_view name;  // noun.verb
  // An Error is for the person who asked: what is wrong, with the remedy; 'where' names the argument.
  result<boost::json::object> (*run)(Desk& desk, const boost::json::object& arguments);
};

// The rows of each file, in the order of the table. A new file of operations: declare it here, add it in
// operations.cpp.
std::span<const Operation> inbox_operations();
std::span<const Operation> case_operations();
std::span<const Operation> attachment_operations();
std::span<const Operation> sending_operations();
std::span<const Operation> sent_operations();
std::span<const Operation> contact_operations();
std::span<const Operation> channel_operations();
std::span<const Operation> appointment_operations();
std::span<const Operation> directory_operations();

std::vector<Operation> all_operations();
const Operation* find_operation(std::string_view name);  // null: there is none of this name

// In a savepoint: an operation that answers with an error, or throws, leaves nothing behind.
result<boost::json::object> run(const Operation& operation, Desk& desk, const boost::json::object& arguments);

// How arguments come in and errors go out: {"error": what, "where": where}.
result<boost::json::object> parse_arguments(std::string_view body);
boost::json::object to_json(const Error& error);

}  // namespace passerelle::console
