// Who somebody is on WhatsApp: a telephone number or, where they hide it, the id that Meta gives them for us
// ("business-scoped user id", BSUID, since 2026). docs: "Business-scoped user IDs" of the WhatsApp documentation.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

namespace passerelle::adapters::whatsapp {

// "33639980001" becomes "+33639980001"; "FR.13491208655302741918" becomes "bsuid:FR.13491208655302741918", whose colon
// tells the rest of the server that it is no telephone number. Empty for anything else.
std::string address_of(std::string_view given);

// The sender of a message, by the first that is told of: the number, the id, and both as the contact beside the
// message has them, where it is the only one. The number goes first since staff know people by it.
std::string sender_of(const boost::json::object& message, const boost::json::object& value);

// The other of the two, where both are told of one person: the id beside the number that sender_of() gives. Empty: no.
std::string other_name_of(const boost::json::object& message, const boost::json::object& value);

// Adds to a request who shall get it: {"to": "33…"} or {"recipient": "FR.…"}. An id in "to" would be taken for a
// number, answered with a success, and never arrive.
void put_recipient(boost::json::object& request, std::string_view address);

}  // namespace passerelle::adapters::whatsapp
