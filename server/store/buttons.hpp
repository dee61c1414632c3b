// The buttons of a message, and the approved text that it leaves as, as they are kept: JSON, sealed by whoever writes
// the row.
#pragma once

#include <string>
#include <string_view>

#include "domain/message.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

std::string write_buttons(const Buttons& buttons);
// Throws on what write_buttons() did not write.
Buttons read_buttons(std::string_view json);

std::string write_approved(const FilledText& text);
FilledText read_approved(std::string_view json);

// None where the message's channel showed none when it was queued.
Buttons buttons_of(Transaction& transaction, OutboundId message);

}  // namespace passerelle::store
