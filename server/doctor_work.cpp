// What the association must do: facts, people on duty, tasks that nobody takes, messages over which a turn stumbled.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "casework/fact_check.hpp"
#include "doctor.hpp"
#include "domain/opening_text.hpp"

namespace passerelle::doctor {
namespace {

constexpr auto danger_time = std::chrono::hours(1);
constexpr auto task_time = std::chrono::hours(72);
constexpr auto late = std::chrono::minutes(15);

bool never_open(const Opening& opening) {
  return std::ranges::all_of(opening.week, [](const auto& day) { return day.empty(); }) && opening.special.empty();
}

std::vector<casework::Fact> all_facts(const House& house) {
  const turns::Content& content = *house.content.content;
  std::vector<casework::Fact> facts = casework::facts_of(content.association);
  const std::string zone = content.association.places.empty() ? "UTC" : content.association.places.front().zone;
  const auto& services = house.records ? house.records->services : content.services;
  for (const auto& more : {casework::facts_of(services), casework::facts_of(content.pages, zone)})
    facts.insert(facts.end(), more.begin(), more.end());
  facts.push_back(casework::fact_of(content.emergency, zone));
  return facts;
}

void expired_facts(const House& house, Troubles& to) {
  if (!house.content.content) return;
  for (const casework::Fact& fact : all_facts(house)) {
    if (!fact.expires || date::floor<date::days>(to_civil(house.now, fact.zone)) <= *fact.expires) continue;
    to.push_back({fact.subject, "what is told about it ended on " + to_string(*fact.expires),
                  fact.owner + " looks at it again, and sets 'seen' and 'expires'"});
  }
}

void ownerless_facts(const House& house, Troubles& to) {
  if (!house.content.content) return;
  for (const casework::Fact& fact : all_facts(house)) {
    if (!fact.owner.empty()) continue;
    to.push_back(
        {fact.subject, "nobody answers for what is told about it", "give it an 'owner', who is asked before it ends"});
  }
}

void on_duty_numbers(const House& house, Troubles& to) {
  if (!house.content.content || house.config().association_dir.empty()) return;
  const Association& association = house.content.content->association;
  const std::string file = house.config().association_dir + "/association.yaml";
  if (association.places.empty()) {
    to.push_back({file, "there is no place, and so no telephone that anybody could be told to call",
                  "add a place with its phone and opening hours"});
    return;
  }
  const Place& main = association.places.front();
  if (!never_open(main.duty ? *main.duty : main.opening)) return;
  to.push_back({file, "nobody is ever on duty at '" + main.id + "': a person in danger is told no number of yours",
                "write its 'opening' or 'duty' hours"});
}

void emergency_numbers(const House& house, Troubles& to) {
  if (!house.content.content || !house.content.content->emergency.numbers.empty()) return;
  to.push_back({"emergency:" + house.content.content->emergency.country,
                "the country's emergency numbers are not known",
                "write them into config/emergency.yaml, or correct 'country' of the association"});
}

void fictional(const House& house, Troubles& to) {
  if (!house.content.content || !house.content.content->association.demo) return;
  to.push_back({house.config().association_dir, "the association is the fictional demo, which never sends for real",
                "copy its folder, make it yours, and set [association] dir", true});
}

void draft_languages(const House& house, Troubles& to) {
  if (!house.content.content) return;
  std::string drafts;
  for (const Locale& locale : house.content.content->association.languages) {
    const language::LocaleFile* file = house.content.content->catalog.find(locale);
    if (file != nullptr && file->draft && locale != "fr") drafts += (drafts.empty() ? "" : ", ") + locale;
  }
  if (drafts.empty()) return;
  to.push_back({"", "sentences that no native speaker has read yet: " + drafts,
                "have them read, and set locale.status: locales/README.md", true});
}

void tasks(const House& house, Troubles& to) {
  if (!house.records) return;
  for (const store::OpenTasks& row : house.records->tasks) {
    const auto waited = house.now - row.oldest;
    if (waited < (row.kind == "danger" ? std::chrono::milliseconds(danger_time) : std::chrono::milliseconds(task_time)))
      continue;
    to.push_back({"task " + row.kind,
                  fmt::format("{} wait for a human, the oldest for {}", row.count, long_ago(waited)),
                  "see who it is: passerelle inbox tasks --kind " + row.kind});
  }
}

void stuck_messages(const House& house, Troubles& to) {
  if (!house.records) return;
  for (const store::ByState& row : house.records->inbound) {
    if (row.state != "stuck") continue;
    to.push_back({"channel " + row.channel, fmt::format("{} messages could not be answered by the dialogs", row.count),
                  "after mending what the log tells: passerelle inbox retry REF (of 'inbox tasks --kind stuck')"});
  }
}

void late_rows(const House& house, Troubles& to) {
  if (!house.records || !house.records->due.first) return;
  const auto lateness = house.now - *house.records->due.first;
  if (lateness < late) return;
  to.push_back(
      {"schedule", "what was due " + long_ago(lateness) + " ago has not been done (reminders, looks at facts)",
       house.server_answers ? "look into the log, and restart the server" : "start the server: passerelle serve"});
}

}  // namespace

std::span<const Check> work_checks() {
  static constexpr auto rows = std::to_array<Check>({
      {"association.demo", "whether the association is the fictional one", fictional},
      {"association.duty", "whether anybody can be called to a danger", on_duty_numbers},
      {"association.emergency", "the emergency numbers of the country", emergency_numbers},
      {"language.draft", "languages that nobody has reviewed", draft_languages},
      {"fact.expired", "services, pages, places and numbers whose time is over", expired_facts},
      {"fact.owner", "…and those for which nobody answers", ownerless_facts},
      {"task.waiting", "tasks that nobody takes: a danger for an hour, others for three days", tasks},
      {"inbox.stuck", "messages over which a turn stumbled", stuck_messages},
      {"schedule.late", "what is due and has not been done", late_rows},
  });
  return rows;
}

}  // namespace passerelle::doctor
