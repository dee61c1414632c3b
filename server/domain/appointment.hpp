// An appointment: an activity with one invitation, as staff entered it and as the person answered it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/zone.hpp"
#include "domain/address.hpp"

namespace passerelle {

// What the person said. Nobody loses anything by not saying anything.
enum class Response { none, coming, declined, call_me };
std::string_view to_string(Response response);
std::optional<Response> parse_response(std::string_view text);

struct Appointment {
  ActivityId activity;
  InvitationId invitation;
  std::string ref;  // random, 32 hex digits: its name for staff and the outside
  AddressId address;
  Address to;
  CivilTime at;      // what the clock of the place will show
  std::string zone;  // …of this zone; 'starts' is computed again when its rules change
  TimePoint starts{};
  std::string place;               // id of a place of the association, or empty
  std::string with;                // first name of staff, or empty
  std::vector<std::string> bring;  // ids of the phrasebook: papers, letter, photo
  std::string name;                // of the person, for staff only: never told in a message
  std::int64_t revision = 0;       // counts moves; part of the cause of each message
  bool cancelled = false;
  Response response = Response::none;
  std::optional<TimePoint> responded;
};

}  // namespace passerelle
