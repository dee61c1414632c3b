// Jobs that can be run again share a savepoint: what one of them does wrong is still undone alone.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "unit/store/folder.hpp"

namespace passerelle::store {
namespace {

WriterLimits patient() {
  WriterLimits limits;
  limits.batch_time = limits.bulk_time = limits.bulk_yields_after = std::chrono::minutes(1);
  return limits;
}

// Adds its row, and may fail; 'runs' counts how often.
struct Step {
  std::int64_t ref;
  bool repeatable = true;
  bool fails = false;
  int runs = 0;
};

// One batch of these steps. In the interactive lane they come behind the gate's job, which cannot be run again; behind
// a gate of the bulk lane they begin a transaction of their own.
std::vector<Outcome> run(Writer& writer, std::vector<Step>& steps, Lane gates) {
  std::vector<std::future<Outcome>> outcomes;
  Gate gate(writer, gates);
  for (Step& step : steps) {
    outcomes.push_back(submit(
        writer, Lane::interactive,
        [&step](Transaction& t) {
          ++step.runs;
          add_due(t, step.ref);
          if (step.fails) throw std::runtime_error("out of ideas");
        },
        step.repeatable));
  }
  gate.open();
  std::vector<Outcome> found;
  for (auto& outcome : outcomes) found.push_back(outcome.get());
  return found;
}

class Together : public ::testing::TestWithParam<Lane> {
 protected:
  std::unique_ptr<Writer> writer_ = in_memory(patient());
};
INSTANTIATE_TEST_SUITE_P(Beginning, Together, ::testing::Values(Lane::interactive, Lane::bulk));

TEST_P(Together, each_is_run_once_when_none_fails) {
  std::vector<Step> steps{{1}, {2}, {4}};
  for (const Outcome& outcome : run(*writer_, steps, GetParam())) EXPECT_EQ(outcome.failure, Failure::none);
  for (const Step& step : steps) EXPECT_EQ(step.runs, 1);
  EXPECT_EQ(number(*writer_, "SELECT sum(ref) FROM due"), 7);
}

TEST_P(Together, one_that_throws_is_undone_alone_and_those_before_it_are_run_again) {
  std::vector<Step> steps{{1}, {2}, {4, true, true}, {8}, {16, true, true}};
  const std::vector<Outcome> outcomes = run(*writer_, steps, GetParam());
  EXPECT_EQ(outcomes[0].failure, Failure::none);
  EXPECT_EQ(outcomes[1].failure, Failure::none);
  EXPECT_EQ(outcomes[2].failure, Failure::rolled_back);
  EXPECT_EQ(outcomes[2].why, "out of ideas");
  EXPECT_EQ(outcomes[3].failure, Failure::none);
  EXPECT_EQ(outcomes[4].failure, Failure::rolled_back);
  EXPECT_EQ(number(*writer_, "SELECT sum(ref) FROM due"), 11);
  EXPECT_EQ(steps[0].runs, 2);
  EXPECT_EQ(steps[2].runs, 2);
  EXPECT_EQ(steps[3].runs, 1) << "after one has failed, no other is taken back for the next";
}

TEST_P(Together, one_that_cannot_be_run_again_is_run_once_whatever_the_others_do) {
  std::vector<Step> steps{{1}, {2, false}, {4}, {8, false, true}, {16}, {32, true, true}, {64, false}};
  const std::vector<Outcome> outcomes = run(*writer_, steps, GetParam());
  EXPECT_EQ(steps[0].runs, 1);
  EXPECT_EQ(steps[1].runs, 1);
  EXPECT_EQ(steps[2].runs, 1);
  EXPECT_EQ(steps[3].runs, 1);
  EXPECT_EQ(outcomes[3].failure, Failure::rolled_back);
  EXPECT_EQ(steps[4].runs, 2);
  EXPECT_EQ(outcomes[5].failure, Failure::rolled_back);
  EXPECT_EQ(number(*writer_, "SELECT sum(ref) FROM due"), 1 + 2 + 4 + 16 + 64);
}

TEST_P(Together, what_stumbles_inside_one_is_undone_and_the_rest_of_it_stays) {
  for (const bool swallows : {false, true}) {
    Gate gate(*writer_, GetParam());
    auto before = submit(*writer_, Lane::interactive, [](Transaction& t) { add_due(t, 1); }, true);
    auto stumbles = submit(
        *writer_, Lane::interactive,
        [swallows](Transaction& t) {
          add_due(t, 2);
          const auto turn = [&] {
            add_due(t, 4);
            throw std::runtime_error("the turn failed");
          };
          if (swallows) {
            try {
              t.savepoint(turn);
            } catch (...) {
              add_due(t, 8);
            }
          } else {
            try {
              t.savepoint(turn);
            } catch (const std::exception&) {
              add_due(t, 8);
            }
          }
        },
        true);
    auto after = submit(*writer_, Lane::interactive, [](Transaction& t) { add_due(t, 16); }, true);
    gate.open();
    EXPECT_EQ(before.get().failure, Failure::none);
    EXPECT_EQ(stumbles.get().failure, Failure::none);
    EXPECT_EQ(after.get().failure, Failure::none);
    EXPECT_EQ(number(*writer_, "SELECT sum(ref) FROM due"), 1 + 2 + 8 + 16);
    write(*writer_, [](Transaction& t) { t.database().execute("DELETE FROM due"); });
  }
}

// Denies every BEGIN from now on.
int deny_begin(void*, int action, const char* what, const char*, const char*, const char*) {
  return action == SQLITE_TRANSACTION && std::string_view(what) == "BEGIN" ? SQLITE_DENY : SQLITE_OK;
}

TEST(TogetherBroken, nothing_is_kept_where_the_transaction_cannot_be_begun_again) {
  WriterLimits limits = patient();
  limits.bulk_chunk = 1;  // the gate's batch ends with it
  const std::unique_ptr<Writer> writer = in_memory(limits);
  sqlite3* handle = nullptr;
  Gate gate(*writer, Lane::bulk);
  auto fails = submit(
      *writer, Lane::interactive,
      [&handle](Transaction& t) {
        handle = t.database().handle();
        sqlite3_set_authorizer(handle, deny_begin, nullptr);
        throw std::runtime_error("out of ideas");
      },
      true);
  auto bulk = submit(*writer, Lane::bulk, [](Transaction& t) { add_due(t, 2); });
  gate.open();
  EXPECT_EQ(fails.get().failure, Failure::rolled_back);
  EXPECT_EQ(bulk.get().failure, Failure::rolled_back);
  sqlite3_set_authorizer(handle, nullptr, nullptr);
  EXPECT_EQ(number(*writer, "SELECT count(*) FROM due"), 0);
}

}  // namespace
}  // namespace passerelle::store
