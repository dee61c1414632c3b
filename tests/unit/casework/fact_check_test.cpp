#include "casework/fact_check.hpp"

#include "domain/opening_text.hpp"
#include "store/subject_task.hpp"
#include "store/task_list.hpp"
#include "unit/casework/desk.hpp"

namespace passerelle::casework {
namespace {

using FactCheck = Desk;

Service kitchen(const std::string& expires) {
  Service made;
  made.ref = "kitchen";
  made.owner = "Anne";
  made.zone = "Europe/Zurich";
  made.expires = parse_day(expires);
  return made;
}

std::string tasks(store::Transaction& transaction) {
  std::string text;
  for (const char* kind : {fact_expiring, fact_expired}) {
    for (const store::SubjectTask& task : store::open_tasks_about(transaction, kind))
      text += std::string(kind) + " " + task.subject + "\n";
  }
  return text;
}

void check(store::Transaction& transaction, const std::string& expires, const std::string& now) {
  const std::vector services{kitchen(expires)};
  check_facts(transaction, facts_of(services), at(now));
}

TEST_F(FactCheck, warns_two_weeks_before_and_again_when_it_is_over) {
  in_transaction([](store::Transaction& transaction) {
    check(transaction, "2027-06-30", "2027-06-15 23:59");
    EXPECT_EQ(tasks(transaction), "");
    check(transaction, "2027-06-30", "2027-06-16 00:00");
    EXPECT_EQ(tasks(transaction), "fact_expiring service:kitchen\n");
    check(transaction, "2027-06-30", "2027-06-30 23:59");
    EXPECT_EQ(tasks(transaction), "fact_expiring service:kitchen\n") << "the last day counts";
    check(transaction, "2027-06-30", "2027-07-01 00:00");
    EXPECT_EQ(tasks(transaction), "fact_expired service:kitchen\n");
  });
}

TEST_F(FactCheck, a_task_is_open_once_and_names_who_answers_for_the_fact) {
  in_transaction([](store::Transaction& transaction) {
    check(transaction, "2027-06-30", "2027-07-01 07:00");
    check(transaction, "2027-06-30", "2027-07-02 07:00");
    const auto listed = store::newest_tasks(transaction, 10);
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0].subject, "service:kitchen");
    EXPECT_EQ(listed[0].notes, (store::TaskNotes{{{"owner", "Anne"}, {"expires", "2027-06-30"}}}));
    EXPECT_FALSE(listed[0].from);
    EXPECT_EQ(listed[0].opened, at("2027-07-01 07:00"));
  });
}

TEST_F(FactCheck, what_was_renewed_or_taken_away_closes_its_task) {
  in_transaction([](store::Transaction& transaction) {
    check(transaction, "2027-06-30", "2027-07-01 07:00");
    check(transaction, "2028-06-30", "2027-07-01 08:00");
    EXPECT_EQ(tasks(transaction), "") << "renewed";
    check(transaction, "2027-06-30", "2027-07-01 09:00");
    EXPECT_EQ(tasks(transaction), "fact_expired service:kitchen\n");
    check_facts(transaction, {}, at("2027-07-01 10:00"));
    EXPECT_EQ(tasks(transaction), "") << "taken away";
  });
}

TEST_F(FactCheck, a_task_that_staff_closed_too_early_comes_back) {
  in_transaction([](store::Transaction& transaction) {
    check(transaction, "2027-06-30", "2027-07-01 07:00");
    store::close_task(transaction, store::open_tasks_about(transaction, fact_expired).at(0).id, at("2027-07-01 09:00"));
    check(transaction, "2027-06-30", "2027-07-02 07:00");
    EXPECT_EQ(tasks(transaction), "fact_expired service:kitchen\n");
  });
}

TEST_F(FactCheck, the_association_s_places_are_facts_too) {
  in_transaction([&](store::Transaction& transaction) {
    Association association = association_;
    association.places[0].expires = parse_day("2027-04-10");
    association.places[0].owner = "Jeanne";
    check_facts(transaction, facts_of(association), now_);
    EXPECT_EQ(tasks(transaction), "fact_expiring place:delemont\n") << "a place without an end never expires";
  });
}

TEST_F(FactCheck, the_numbers_of_help_are_looked_at_once_a_year) {
  in_transaction([&](store::Transaction& transaction) {
    const EmergencyNumbers numbers{"CH", "117", "Jeanne", parse_day("2026-11-22")};
    const std::vector<Fact> facts{fact_of(numbers, "Europe/Zurich")};
    check_facts(transaction, facts, at("2027-11-01 07:00"));
    EXPECT_EQ(tasks(transaction), "");
    check_facts(transaction, facts, at("2027-11-09 07:00"));
    EXPECT_EQ(tasks(transaction), "fact_expiring emergency:CH\n");
  });
}

}  // namespace
}  // namespace passerelle::casework
