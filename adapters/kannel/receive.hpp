// What smsbox calls us with: texts of people (get-url or post-url of a sms-service), and delivery reports (dlr-url).
// The secret in the path has been checked.
#pragma once

#include <string>

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "channel/channel.hpp"

namespace passerelle::adapters::kannel {

// 'key' makes the id of a text that comes without one.
Webhook read_message(const std::string& channel, const Secret& key, const HttpRequest& request, TimePoint now);

// A report that makes no sense is ignored and acknowledged: Kannel would bring it again for days.
Webhook read_report(const HttpRequest& request);

}  // namespace passerelle::adapters::kannel
