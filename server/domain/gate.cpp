#include "domain/gate.hpp"

#include "base/zone.hpp"
#include "domain/quiet_hours.hpp"

namespace passerelle {
namespace {

using std::chrono::minutes;

constexpr minutes whole_day = std::chrono::hours(24);

bool inside(const SafeHours& hours, minutes time) {
  if (hours.from < hours.to) return time >= hours.from && time < hours.to;
  return time >= hours.from || time < hours.to;
}

// The next moment at which safe hours begin. Counted from the civil day, so that it is right across a clock change.
TimePoint next_safe(const SafeHours& hours, std::string_view zone, TimePoint now) {
  const CivilTime civil = to_civil(now, zone);
  const auto day = date::floor<date::days>(civil);
  const TimePoint today = to_instant(day + hours.from, zone);
  return today > now ? today : to_instant(day + whole_day + hours.from, zone);
}

bool allowed_by_consent(MessageClass message_class, Consent consent) {
  switch (consent) {
    case Consent::open: return true;
    case Consent::reminders_only:
      return message_class == MessageClass::reminder || message_class == MessageClass::crisis;
    // A danger to life in their building, signed by staff, is the one thing that a STOP does not hold back.
    case Consent::stopped: return message_class == MessageClass::crisis;
  }
  return false;
}

// A hold that would outlast the message is no hold.
GateDecision hold(TimePoint until, const char* why, const Departing& message) {
  if (message.not_after && until >= *message.not_after) return Withhold{Delivery::expired, why};
  return Hold{until, why};
}

}  // namespace

bool in_safe_hours(const Contact& contact, std::string_view zone, TimePoint now) {
  if (!contact.safe_hours) return true;
  const CivilTime civil = to_civil(now, zone);
  return inside(*contact.safe_hours, civil - date::floor<date::days>(civil));
}

GateDecision gate(const Departing& message, const Recipient& recipient, TimePoint now) {
  if (message.not_after && now >= *message.not_after) return Withhold{Delivery::expired, why_not_after};
  if (message.answers) return Pass{};
  if (recipient.names_us && recipient.contact.discreet) return Withhold{Delivery::stopped, why_names_us};
  if (recipient.contact.paused) return Withhold{Delivery::stopped, why_paused};
  if (!in_safe_hours(recipient.contact, recipient.zone, now))
    return hold(next_safe(*recipient.contact.safe_hours, recipient.zone, now), why_safe_hours, message);
  if (!allowed_by_consent(message.message_class, recipient.consent)) return Withhold{Delivery::stopped, why_consent};
  // Whoever has told us their safe hours has told us more than a clock can: no general rule goes over it.
  const bool urgent = message.urgent || message.message_class == MessageClass::crisis || recipient.contact.safe_hours;
  const std::string_view quiet_zone = recipient.quiet_zone.empty() ? recipient.zone : recipient.quiet_zone;
  if (!urgent && is_quiet(now, quiet_zone)) return hold(quiet_ends(now, quiet_zone), why_quiet_hours, message);
  return Pass{};
}

}  // namespace passerelle
