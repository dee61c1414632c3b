// What people show us through Twilio: asked for at the API with the account's password, it is found elsewhere, at one
// of the places where Twilio keeps files. docs: "Media Subresource", "Protect Media Access with HTTP Basic
// Authentication".
#pragma once

#include <optional>

#include "adapters/twilio/send.hpp"
#include "base/reach.hpp"
#include "channel/media.hpp"

namespace passerelle::adapters::twilio {

Reach media_reach(const Account& account);
std::optional<OutgoingRequest> ask_for_media(const Account& account, const Attachment& attachment);
// A redirect is followed once, without the password.
media::Answer read_media_answer(std::size_t asked, HttpResponse response);

}  // namespace passerelle::adapters::twilio
