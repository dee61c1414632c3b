// The order of a person's addresses, as staff write and read it: part of contact.set and contact.show.
#pragma once

#include <boost/json/array.hpp>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "console/arguments.hpp"
#include "console/operations.hpp"
#include "domain/address.hpp"

namespace passerelle::console {

std::vector<std::string> channel_names(const Desk& desk);

// "none" (empty), or further addresses of the same person, in order. Errors are about 'then'.
result<std::vector<Address>> read_order(const std::vector<std::string>& words, const Telephony& telephony);
// What comes after 'first' from now on. Nobody is told what is another person's: an address belongs to one order.
result<void> change_order(Desk& desk, AddressId first, const std::vector<Address>& then);
// Discretion and channels that show who writes do not go together, neither at this address nor in its order. Errors are
// about 'where', and say which address it is.
result<void> check_hidden(Desk& desk, AddressId address, const std::string& where);
boost::json::array order_after(Desk& desk, AddressId address);

}  // namespace passerelle::console
