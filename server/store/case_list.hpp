// The case files of one address, as staff see them.
#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/conversation.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

struct ListedCase {
  std::string ref;
  std::string kind;
  TimePoint opened{};
  Answers answers;  // what the person told the dialog that opened it
};

std::vector<ListedCase> cases_of(Transaction& transaction, AddressId address);  // oldest first

}  // namespace passerelle::store
