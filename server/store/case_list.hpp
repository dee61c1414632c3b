// The case files as staff see them: those of one address, and the newest of all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/address.hpp"
#include "domain/conversation.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

struct ListedCase {
  std::string ref;
  std::string kind;
  Address from;
  TimePoint opened{};
  Answers answers;  // what the person told the dialog that opened it
};

std::vector<ListedCase> cases_of(Transaction& transaction, AddressId address);  // oldest first

// Of this kind, or of all; the newest first.
std::vector<ListedCase> newest_cases(Transaction& transaction, std::int64_t limit,
                                     const std::optional<std::string>& kind);
std::int64_t count_all_cases(Transaction& transaction, const std::optional<std::string>& kind);

}  // namespace passerelle::store
