// What a sentence may tell of an appointment on this phone (product.md, Person ≠ number): until staff have recorded
// that only the person reads it, day, time and the first name of staff; on a discreet one day and time.
#pragma once

#include <string_view>
#include <vector>

#include "dialog/engine.hpp"
#include "domain/appointment.hpp"
#include "domain/contact.hpp"
#include "store/transaction.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

// What staff may ask somebody to bring: the ids of the sentences bring.*.
std::vector<std::string> phrasebook(const Content& content);

// As dialogs carry it; none for a text that is no id.
InvitationId parse_invitation(std::string_view text);

// {when}, {with}, {site_name}, {site_address}, {bring_papers}…: those that may be told; sentences without theirs are
// left out.
dialog::Arguments appointment_words(const Appointment& appointment, const Contact& contact,
                                    const Association& association);

// Gives every sentence that is about an appointment its words: those of the invitation that it names or, where it names
// none and needs {when}, those of each coming appointment of this address, one sentence each. {no_appointment} tells
// whether there is none.
std::vector<dialog::SayEffect> with_appointments(store::Transaction& transaction, const Content& content,
                                                 AddressId address, std::vector<dialog::SayEffect> says, TimePoint now);

}  // namespace passerelle::turns
