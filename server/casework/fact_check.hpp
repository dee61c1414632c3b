// Facts that are told to people come to an end: their owner gets a task before that, and another one after it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/page.hpp"
#include "domain/place.hpp"
#include "domain/service.hpp"
#include "store/transaction.hpp"

namespace passerelle::casework {

inline constexpr const char* fact_expiring = "fact_expiring";  // kinds of tasks
inline constexpr const char* fact_expired = "fact_expired";

struct Fact {
  std::string subject;  // "service:REF", "place:ID": what the task names
  std::string owner;    // who answers for it
  std::string zone;
  std::optional<date::local_days> expires;
};

std::vector<Fact> facts_of(std::span<const Service> services);
std::vector<Fact> facts_of(std::span<const Page> pages, const std::string& zone);  // "page:ID"
// "emergency:CH": to be looked at a year after they were seen; told in any case.
Fact fact_of(const EmergencyNumbers& numbers, const std::string& zone);
// A place's address and phone are told even then: here its owner is only alarmed.
std::vector<Fact> facts_of(const Association& association);

// 'facts' are all that there are: for one that ends within 14 days or has ended a task is open afterwards, and for no
// other; what was renewed or taken away closes its task.
void check_facts(store::Transaction& transaction, std::span<const Fact> facts, TimePoint now);

}  // namespace passerelle::casework
