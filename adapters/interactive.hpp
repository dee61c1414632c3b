// WhatsApp's "interactive" object, as Meta takes it and Vonage hands it on: a text with answers to press. docs:
// developers.facebook.com, "Interactive reply buttons messages" and "Interactive list messages".
#pragma once

#include <boost/json/object.hpp>
#include <optional>

#include "domain/message.hpp"

namespace passerelle::adapters {

// Up to 3 reply buttons of 20 code points, else a list of up to 10 rows. A row's title has 24, its description 72: a
// longer answer stands in the description, under its number.
inline constexpr ButtonLimits interactive_limits{10, 72};

// Nothing where the message has no buttons, or they do not fit: above all under a text of more than 1024 code points.
std::optional<boost::json::object> interactive(const OutboundMessage& message);

}  // namespace passerelle::adapters
