// People as staff entered them: whoever reads an address.
#pragma once

#include <string>
#include <vector>

#include "base/ids.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

std::vector<std::string> names_of(Transaction& transaction, AddressId address);  // in the order of their entry

}  // namespace passerelle::store
