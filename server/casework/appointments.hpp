// What staff and people do with appointments: make, move, cancel, answer. Rules over a transaction; telling the person
// is turns' part.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "casework/new_appointment.hpp"
#include "casework/reminders.hpp"
#include "domain/appointment.hpp"
#include "store/transaction.hpp"

namespace passerelle::casework {

// An appointment with what is planned to remind of it.
struct Scheduled {
  Appointment appointment;
  std::vector<PlannedReminder> reminders;
};

// Everything that is wrong with it: complete(), and an appointment that this address has at that time already.
std::vector<FieldError> check(store::Transaction& transaction, NewAppointment& appointment, const Known& known,
                              TimePoint now);
// Of one that check() found nothing wrong with.
Scheduled add(store::Transaction& transaction, const NewAppointment& appointment, TimePoint now);

// What is left out stays as it is.
struct Move {
  CivilTime at;
  std::optional<std::string> zone;
  std::optional<std::string> place;
  std::optional<std::string> with;
};
// A new revision: the answer is asked for again, and the reminders are planned anew. Refused for a cancelled one, for a
// time that is past or taken, and when nothing would change. Error::where is the field.
result<Scheduled> move(store::Transaction& transaction, const Appointment& appointment, const Move& change,
                       const Known& known, TimePoint now);

// Refused when it is cancelled already or has begun.
result<Appointment> cancel(store::Transaction& transaction, const Appointment& appointment, TimePoint now);

// The person's answer; a later one takes the place of the first, but a wish to be called takes back no "cannot".
// Refused when there is no such invitation, when it is
// cancelled, and when it has begun: then a human reads what the person wrote.
result<Appointment> respond(store::Transaction& transaction, InvitationId invitation, Response response, TimePoint now);

}  // namespace passerelle::casework
