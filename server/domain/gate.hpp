// Whether and when a message may leave, in the order of product.md (Time): not-after > safe hours > consent > quiet
// hours. Urgent beats only quiet hours. Pure; turns/ asks it for every message.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/clock.hpp"
#include "domain/contact.hpp"
#include "domain/conversation.hpp"
#include "domain/message.hpp"

namespace passerelle {

struct Departing {
  MessageClass message_class = MessageClass::notice;
  bool answers = false;  // the person's own message a moment ago: it passes all rules but the first
  bool urgent = false;   // staff say so: a crisis always is
  std::optional<TimePoint> not_after;
};

// What the rules look at besides the message.
struct Recipient {
  Consent consent = Consent::open;
  const Contact& contact;
  std::string_view zone;             // of the association: its clock tells quiet and safe hours
  std::string_view quiet_zone = {};  // of the place that the message is about, if that has another
  bool names_us = false;             // on this channel a message shows who wrote, whatever it says
};

struct Pass {};
struct Hold {  // and ask again then
  TimePoint until{};
  std::string why;
};
struct Withhold {  // for good: Delivery::expired or Delivery::stopped
  Delivery state = Delivery::stopped;
  std::string why;
};
using GateDecision = std::variant<Pass, Hold, Withhold>;

// Reasons, as they stand in the rows and in the log.
inline constexpr const char* why_not_after = "not_after";
inline constexpr const char* why_safe_hours = "safe_hours";
inline constexpr const char* why_paused = "paused";
inline constexpr const char* why_consent = "consent";
inline constexpr const char* why_names_us = "names_us";
inline constexpr const char* why_quiet_hours = "quiet_hours";

GateDecision gate(const Departing& message, const Recipient& recipient, TimePoint now);

bool in_safe_hours(const Contact& contact, std::string_view zone, TimePoint now);

}  // namespace passerelle
