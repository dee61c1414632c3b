#include "store/gauges.hpp"

#include <gtest/gtest.h>

#include "store/attachment.hpp"
#include "store/due.hpp"
#include "store/inbound.hpp"
#include "store/task.hpp"
#include "store/task_list.hpp"
#include "unit/store/queue.hpp"

namespace passerelle::store {
namespace {

using std::chrono::minutes;

std::string joined(const std::vector<ByState>& counts) {
  std::string text;
  for (const ByState& row : counts) text += row.channel + "/" + row.state + "=" + std::to_string(row.count) + " ";
  return text;
}

class Gauges : public Outbox {};

TEST_F(Gauges, attachments_are_counted_by_channel_and_state) {
  in_transaction([](Transaction& transaction) {
    InboundMessage shows = text_from("+41790000002", "SM2");
    shows.attachments = {{"https://gateway.example/1", ""}, {"https://gateway.example/2", ""}};
    remember(transaction, shows, morning);
    remember(transaction, shows, later);
    lose_attachment(transaction, due_attachment(transaction, "sms", later)->id, "404", later);
    EXPECT_EQ(joined(attachments_by_state(transaction)), "sms/lost=1 sms/waiting=1 ");
  });
}

TEST_F(Gauges, messages_are_counted_by_channel_and_state) {
  in_transaction([this](Transaction& transaction) {
    const Answered answered(transaction);  // one in, and one inline reply, whose channel is its address's
    remember(transaction, text_from("+41790000002", "SM2"), morning);
    mark_stuck(transaction, remember(transaction, text_from("+41790000003", "SM3"), morning).id, "why", later);
    queue(transaction, {"+1"});
    stop_outbound(transaction, queue(transaction, {"+2"}), "staff", later);
    EXPECT_EQ(joined(inbound_by_state(transaction)), "sms/processed=2 sms/stuck=1 ");
    EXPECT_EQ(joined(outbound_by_state(transaction)), "sms/queued=2 sms/stopped=1 ");
  });
}

TEST_F(Gauges, the_oldest_that_could_leave_is_not_one_that_waits_for_its_time) {
  in_transaction([this](Transaction& transaction) {
    EXPECT_TRUE(waiting_messages(transaction, later).empty());
    queue(transaction, {"+1", MessageClass::notice, {}, later + minutes(9)});
    auto waiting = waiting_messages(transaction, later);
    ASSERT_EQ(waiting.size(), 1u);
    EXPECT_EQ(waiting[0].count, 1);
    EXPECT_EQ(waiting[0].could_go, std::nullopt);
    queue(transaction, {"+2", MessageClass::crisis, {}, later - minutes(1)});
    queue(transaction, {"+3", MessageClass::notice, {}, later - minutes(2)});
    waiting = waiting_messages(transaction, later);
    EXPECT_EQ(waiting[0].channel, "sms");
    EXPECT_EQ(waiting[0].count, 3);
    EXPECT_EQ(waiting[0].could_go, later - minutes(2));
  });
}

TEST_F(Gauges, open_tasks_and_due_rows_have_their_oldest) {
  in_transaction([](Transaction& transaction) {
    EXPECT_EQ(due_rows(transaction).first, std::nullopt);
    add_due(transaction, 1);  // at the beginning of time
    EXPECT_EQ(due_rows(transaction).count, 1);
    EXPECT_EQ(due_rows(transaction).first, from_ms(0));
    open_task(transaction, "person", find_or_add_address(transaction, {"sms", "+1"}, morning), {}, morning);
    open_task(transaction, "person", find_or_add_address(transaction, {"sms", "+2"}, morning), {}, later);
    open_task(transaction, "danger", find_or_add_address(transaction, {"sms", "+2"}, morning), {}, later);
    close_task(transaction, open_tasks_named(transaction, newest_tasks(transaction, 1)[0].ref)[0].id, later);
    const auto tasks = open_tasks_by_kind(transaction);
    ASSERT_EQ(tasks.size(), 1u);
    EXPECT_EQ(tasks[0].kind, "person");
    EXPECT_EQ(tasks[0].count, 2);
    EXPECT_EQ(tasks[0].oldest, morning);
  });
}

}  // namespace
}  // namespace passerelle::store
