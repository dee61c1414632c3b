// Appointments: an activity, its one invitation, and the person invited. Rules are casework's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/appointment.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

// Fills in activity, invitation, ref and address ('to' must be set). A name that this address has already is the same
// person.
void insert_appointment(Transaction& transaction, Appointment& appointment, TimePoint now);
// Writes at, zone, starts, place, with, bring, revision, cancelled ('now' when it was not before) and the response.
void update_appointment(Transaction& transaction, const Appointment& appointment, TimePoint now);

std::optional<Appointment> find_appointment(Transaction& transaction, InvitationId invitation);
std::optional<Appointment> find_appointment(Transaction& transaction, const std::string& ref);
// The refs that begin so, two at most: one is found, two are too many.
std::vector<std::string> appointment_refs(Transaction& transaction, const std::string& beginning);
// By start; not the cancelled ones unless asked for.
std::vector<Appointment> appointments_between(Transaction& transaction, TimePoint from, TimePoint to, bool cancelled,
                                              std::size_t at_most);
// Those of an address that start after 'from' and are not cancelled, by start.
std::vector<Appointment> appointments_of(Transaction& transaction, AddressId address, TimePoint from,
                                         std::size_t at_most);

}  // namespace passerelle::store
