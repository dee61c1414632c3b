// An appointment as staff enter it, before it is one: what may be wrong with it, said field by field.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/zone.hpp"
#include "domain/address.hpp"
#include "domain/place.hpp"

namespace passerelle::casework {

struct NewAppointment {
  Address to;       // an empty channel: the only one there is
  Locale language;  // of somebody who has not written to us yet; empty: the association's
  CivilTime at;
  std::string zone;                // empty: the place's
  std::string place;               // id of a place of the association; empty: not told, and the zone of the main one
  std::string with;                // first name of staff
  std::vector<std::string> bring;  // ids of the phrasebook
  std::string name;                // of the person, for staff only

  friend bool operator==(const NewAppointment&, const NewAppointment&) = default;
};

// What an appointment may speak of here.
struct Known {
  const Association& association;
  std::vector<std::string> channels;
  std::vector<std::string> bring;            // ids of the phrasebook's sentences
  std::vector<std::string> telephones = {};  // of the channels, those whose addresses are telephone numbers
};

struct FieldError {
  std::string field;  // to, channel, language, at, zone, place, with, bring, name
  std::string what;   // with the remedy

  friend bool operator==(const FieldError&, const FieldError&) = default;
};

// Fills in the channel and the zone where they are left out, and says everything that is wrong.
std::vector<FieldError> complete(NewAppointment& appointment, const Known& known, TimePoint now);

}  // namespace passerelle::casework
