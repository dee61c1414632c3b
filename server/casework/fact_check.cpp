#include "casework/fact_check.hpp"

#include <map>

#include "base/log.hpp"
#include "domain/opening_text.hpp"
#include "store/event.hpp"
#include "store/subject_task.hpp"
#include "store/task_list.hpp"

namespace passerelle::casework {
namespace {

constexpr date::days warning_time{14};

// The kind of task that a fact needs today; null: none. Its last day still counts.
const char* task_for(const Fact& fact, TimePoint now) {
  if (!fact.expires) return nullptr;
  const date::local_days today = date::floor<date::days>(to_civil(now, fact.zone));
  if (today > *fact.expires) return fact_expired;
  return *fact.expires - today <= warning_time ? fact_expiring : nullptr;
}

Answers note_of(const Fact& fact) { return {{"owner", fact.owner}, {"expires", to_string(*fact.expires)}}; }

}  // namespace

std::vector<Fact> facts_of(std::span<const Service> services) {
  std::vector<Fact> facts;
  for (const Service& service : services)
    facts.push_back({"service:" + service.ref, service.owner, service.zone, service.expires});
  return facts;
}

std::vector<Fact> facts_of(std::span<const Page> pages, const std::string& zone) {
  std::vector<Fact> facts;
  for (const Page& page : pages) facts.push_back({"page:" + page.id, page.owner, zone, page.expires});
  return facts;
}

Fact fact_of(const EmergencyNumbers& numbers, const std::string& zone) {
  Fact fact{"emergency:" + numbers.country, numbers.owner, zone, {}};
  if (numbers.seen) fact.expires = *numbers.seen + date::days(365);
  return fact;
}

std::vector<Fact> facts_of(const Association& association) {
  std::vector<Fact> facts;
  for (const Place& place : association.places)
    facts.push_back({"place:" + place.id, place.owner, place.zone, place.expires});
  return facts;
}

void check_facts(store::Transaction& transaction, std::span<const Fact> facts, TimePoint now) {
  std::map<std::string, const char*> wanted;
  for (const Fact& fact : facts) {
    if (const char* kind = task_for(fact, now)) {
      wanted[fact.subject] = kind;
      store::open_task_about(transaction, kind, fact.subject, note_of(fact), now);
    }
  }
  for (const char* kind : {fact_expiring, fact_expired}) {
    for (const store::SubjectTask& task : store::open_tasks_about(transaction, kind)) {
      const auto found = wanted.find(task.subject);
      if (found != wanted.end() && found->second == std::string_view(kind)) continue;
      store::close_task(transaction, task.id, now);
      store::add_event(transaction, "task.closed", task.id.value, "renewed", now);
    }
  }
  log::info("facts.checked",
            {{"facts", static_cast<std::int64_t>(facts.size())}, {"tasks", static_cast<std::int64_t>(wanted.size())}});
}

}  // namespace passerelle::casework
