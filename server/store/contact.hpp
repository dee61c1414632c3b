// What staff recorded of an address.
#pragma once

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/contact.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

Contact load_contact(Transaction& transaction, AddressId address);  // of an address without a row: nothing recorded
void save_contact(Transaction& transaction, AddressId address, const Contact& contact, TimePoint now);

}  // namespace passerelle::store
