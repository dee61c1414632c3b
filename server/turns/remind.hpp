// What time and staff start: reminders of appointments, and the news that one was moved or cancelled.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/appointment.hpp"
#include "store/due.hpp"
#include "store/transaction.hpp"
#include "turns/channel_book.hpp"
#include "turns/content.hpp"
#include "turns/enqueue.hpp"

namespace passerelle::turns {

// Runs one due row; schedule removes it. What the rules hold gets a new row for later; a reminder that is of no use any
// more (also because the other one, or news of a move, says the same within two hours) leaves an event
// "reminder.skipped" with the reason. Throws on a kind that it does not know. Gives the ways that the dialog took.
std::vector<dialog::Taken> run_due(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
                                   const store::Due& due, TimePoint now);

// 'dialog' is appointment_moved or appointment_cancelled. What was asked about the old time is forgotten, and what was
// still waiting to leave is stopped. A discreet contact is told by voice: a task "private" opens instead. What is held
// (in quiet hours) is not in the queue: a due row tells it later, of the appointment as it is then.
Departed tell_appointment(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
                          const Appointment& appointment, std::string_view dialog, TimePoint now);

// The language of somebody who has not written to us yet, as staff know it. What the person chose themselves stays.
void know_language(store::Transaction& transaction, AddressId address, const Locale& locale, TimePoint now);

}  // namespace passerelle::turns
