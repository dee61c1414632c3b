#include "turns/fact_due.hpp"

#include "casework/fact_check.hpp"
#include "store/service.hpp"
#include "turns/facts.hpp"

namespace passerelle::turns {
namespace {

// Before the desk opens, so that whoever comes finds the task.
constexpr std::chrono::hours time_of_look{7};

TimePoint next_look(std::string_view zone, TimePoint now) {
  const date::local_days today = date::floor<date::days>(to_civil(now, zone));
  const TimePoint this_morning = to_instant(today + time_of_look, zone);
  return this_morning > now ? this_morning : to_instant(today + date::days(1) + time_of_look, zone);
}

}  // namespace

void check_all_facts(store::Transaction& transaction, const Content& content, TimePoint now) {
  std::vector<casework::Fact> facts = casework::facts_of(store::all_services(transaction));
  for (casework::Fact& fact : casework::facts_of(content.association)) facts.push_back(std::move(fact));
  for (casework::Fact& fact : casework::facts_of(content.pages, std::string(site_zone(content))))
    facts.push_back(std::move(fact));
  // Without an association there is nobody to look.
  if (!content.association.name.empty())
    facts.push_back(casework::fact_of(content.emergency, std::string(site_zone(content))));
  casework::check_facts(transaction, facts, now);
}

void plan_fact_check(store::Transaction& transaction, TimePoint now) {
  store::remove_due_of(transaction, facts_due, 0);
  store::add_due(transaction, {now, facts_due, 0});
}

void run_fact_check(store::Transaction& transaction, const Content& content, TimePoint now) {
  check_all_facts(transaction, content, now);
  store::add_due(transaction, {next_look(site_zone(content), now), facts_due, 0});
}

}  // namespace passerelle::turns
