// The services of the directory, as they are kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "domain/service.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

std::vector<Service> find_services(Transaction& transaction, Need need);  // in the order of their refs
std::vector<Service> all_services(Transaction& transaction);              // in the order of their refs
std::optional<Service> find_service(Transaction& transaction, const std::string& ref);
std::vector<Need> served_needs(Transaction& transaction);  // those of any service, in the order of the closed list
std::int64_t count_services(Transaction& transaction);

enum class Kept { added, changed, same };
Kept keep_service(Transaction& transaction, const Service& service, TimePoint now);  // by its ref
bool remove_service(Transaction& transaction, const std::string& ref);               // false: there is none
// 'places': nothing when they are no longer counted. False: there is no such service.
bool set_free_places(Transaction& transaction, const std::string& ref, std::optional<int> places, TimePoint now);

}  // namespace passerelle::store
