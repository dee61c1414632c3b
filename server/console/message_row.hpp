// A message that goes out, as staff see it; and how they name one.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "console/arguments.hpp"
#include "console/operations.hpp"
#include "store/outbound_list.hpp"

namespace passerelle::console {

boost::json::object message_row(Desk& desk, const store::ListedMessage& message);

// What a reason means for whoever reads it: "consent" → "the person has stopped our messages: …". Empty for the codes
// of gateways, which explain themselves.
std::string_view explain(std::string_view why);

// The one message whose ref begins so.
result<store::ListedMessage> named_message(Desk& desk, const std::string& ref);

// When a message must have left: the argument 'until' by the site's clock, or two days from now. Not in the past.
result<TimePoint> end_of_sending(Desk& desk, Arguments& given);

}  // namespace passerelle::console
