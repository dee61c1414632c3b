// The daily look at all facts that are told to people: the directory and the association's places.
#pragma once

#include "store/due.hpp"
#include "store/transaction.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

inline constexpr const char* facts_due = "facts.check";  // kind of a due row

// Now, as after an import.
void check_all_facts(store::Transaction& transaction, const Content& content, TimePoint now);

// The first look is due at once, whenever the last one was.
void plan_fact_check(store::Transaction& transaction, TimePoint now);
// Looks, and plans the next day's look.
void run_fact_check(store::Transaction& transaction, const Content& content, TimePoint now);

}  // namespace passerelle::turns
