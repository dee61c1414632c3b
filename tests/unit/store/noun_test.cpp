// Conversations, tasks, cases and content versions.
#include "unit/store/noun.hpp"

#include <gtest/gtest.h>

#include "store/address.hpp"
#include "store/content_version.hpp"
#include "store/conversation.hpp"
#include "store/sealed.hpp"
#include "store/task.hpp"

namespace passerelle::store {
namespace {

using Tasks = Noun;
using Conversations = Noun;
using ContentVersions = Noun;

TEST_F(Tasks, an_open_task_keeps_its_first_message_and_gets_the_newest) {
  in_transaction([](Transaction& transaction) {
    const Remembered first = remember(transaction, text_from("a", "1"), morning);
    const Remembered second = remember(transaction, text_from("a", "2"), later);
    EXPECT_TRUE(open_task(transaction, "person", first.address, first.id, morning));
    EXPECT_TRUE(open_task(transaction, "danger", first.address, first.id, later));
    EXPECT_FALSE(open_task(transaction, "person", first.address, second.id, later));
    EXPECT_FALSE(open_task(transaction, "person", first.address, InboundId{}, later)) << "without a message";
    const std::vector<Task> tasks = open_tasks(transaction, first.address);
    ASSERT_EQ(tasks.size(), 2U);
    EXPECT_EQ(tasks[0].kind, "person");
    EXPECT_EQ(tasks[0].inbound, first.id) << "what somebody cried first is not hidden by what they wrote next";
    EXPECT_EQ(tasks[0].last_inbound, second.id);
    EXPECT_EQ(tasks[0].opened, morning);
    EXPECT_EQ(tasks[0].address, first.address);
    EXPECT_EQ(tasks[0].ref.size(), 32U);
    EXPECT_NE(tasks[0].ref, tasks[1].ref);
    EXPECT_EQ(tasks[1].kind, "danger");
  });
}

TEST_F(Conversations, what_cannot_be_read_is_put_aside_and_counts_as_stopped) {
  in_transaction([](Transaction& transaction) {
    const Remembered first = remember(transaction, text_from("a", "1"), morning);
    Conversation conversation;
    conversation.version = 7;
    save_conversation(transaction, first.address, conversation, morning);
    Statement(transaction.database(), "UPDATE conversation SET state = ?1",
              Blob{std::string_view("\0\0\0\0{\"format\":2}", 16)})
        .run();
    EXPECT_THROW(load_conversation(transaction, first.address), std::runtime_error);
    const Conversation fresh = set_aside_conversation(transaction, first.address, later);
    EXPECT_EQ(fresh.consent, Consent::stopped);
    EXPECT_EQ(fresh.version, 7U);
    save_conversation(transaction, first.address, fresh, later);
    EXPECT_EQ(load_conversation(transaction, first.address), fresh);
    Statement kept(transaction.database(),
                   "SELECT count(*) FROM event WHERE kind = 'conversation.unreadable' AND detail IS NOT NULL");
    ASSERT_TRUE(kept.next());
    EXPECT_EQ(kept.get<std::int64_t>(0), 1);
  });
}

TEST_F(Tasks, two_senders_with_one_gateway_id_are_two_messages) {
  in_transaction([](Transaction& transaction) {
    const Remembered first = remember(transaction, text_from("a", "1"), morning);
    const Remembered other = remember(transaction, text_from("b", "1"), morning);
    EXPECT_FALSE(other.repeated);
    EXPECT_NE(other.id, first.id);
    const Remembered again = remember(transaction, text_from("b", "1"), later);
    EXPECT_TRUE(again.repeated);
    EXPECT_EQ(again.id, other.id);
  });
}

TEST_F(Tasks, tell_whether_somebody_waits_for_a_person) {
  in_transaction([](Transaction& transaction) {
    const Remembered first = remember(transaction, text_from("a", "1"), morning);
    open_task(transaction, "flood", first.address, first.id, morning);
    EXPECT_FALSE(waits_for_person(transaction, first.address, morning - std::chrono::hours(1)))
        << "nobody was promised";
    open_task(transaction, "person", first.address, first.id, morning);
    EXPECT_TRUE(waits_for_person(transaction, first.address, morning - std::chrono::hours(1)));
    EXPECT_FALSE(waits_for_person(transaction, first.address, morning));
    open_task(transaction, "person", first.address, first.id, later);
    EXPECT_TRUE(waits_for_person(transaction, first.address, morning)) << "a newer message renews it";
  });
}

TEST_F(Tasks, a_closed_task_does_not_keep_a_new_one_from_opening) {
  in_transaction([](Transaction& transaction) {
    const Remembered message = remember(transaction, text_from("a", "1"), morning);
    open_task(transaction, "person", message.address, message.id, morning);
    transaction.database().execute("UPDATE task SET closed = 1");
    EXPECT_TRUE(open_tasks(transaction, message.address).empty());
    EXPECT_TRUE(open_task(transaction, "person", message.address, message.id, later));
  });
}

TEST_F(Tasks, cases_are_counted_by_kind_and_their_answers_sealed) {
  in_transaction([](Transaction& transaction) {
    const AddressId address = find_or_add_address(transaction, {"sms", "a"}, morning);
    EXPECT_TRUE(open_case(transaction, "intake", address, {{"name", "Sara \"S\""}, {"need", "housing"}}, morning));
    EXPECT_EQ(count_cases(transaction, "intake"), 1);
    EXPECT_EQ(count_cases(transaction, "other"), 0);
    Statement row(transaction.database(), "SELECT answers, state FROM case_file");
    ASSERT_TRUE(row.next());
    EXPECT_EQ(unseal(row.get<std::string>(0)), R"({"name":"Sara \"S\"","need":"housing"})");
    EXPECT_EQ(row.get<std::string>(1), "open");
  });
}

TEST_F(Conversations, are_blank_until_saved_and_come_back_as_they_were) {
  in_transaction([](Transaction& transaction) {
    const AddressId address = find_or_add_address(transaction, {"sms", "a"}, morning);
    EXPECT_EQ(load_conversation(transaction, address), Conversation{});
    EXPECT_EQ(conversation_version(transaction, address), 0U);
    Conversation conversation;
    conversation.locale = "fa-AF";
    conversation.version = 3;
    conversation.stack.push_back({{"intake", "abc"}, "name", {{"language", "دری"}}, 1, later});
    save_conversation(transaction, address, conversation, morning);
    EXPECT_EQ(load_conversation(transaction, address), conversation);
    EXPECT_EQ(conversation_version(transaction, address), 3U);
    conversation.version = 4;
    conversation.stack.clear();
    save_conversation(transaction, address, conversation, later);
    EXPECT_EQ(load_conversation(transaction, address), conversation);
  });
}

TEST_F(Conversations, an_older_version_never_replaces_a_newer_one) {
  in_transaction([](Transaction& transaction) {
    const AddressId address = find_or_add_address(transaction, {"sms", "a"}, morning);
    Conversation conversation;
    conversation.version = 5;
    save_conversation(transaction, address, conversation, morning);
    conversation.version = 4;
    EXPECT_THROW(save_conversation(transaction, address, conversation, later), std::logic_error);
    EXPECT_EQ(conversation_version(transaction, address), 5U);
  });
}

TEST_F(Conversations, an_unreadable_one_is_an_error_and_never_a_blank_one) {
  in_transaction([](Transaction& transaction) {
    const AddressId address = find_or_add_address(transaction, {"sms", "a"}, morning);
    save_conversation(transaction, address, {}, morning);
    transaction.database().execute("UPDATE conversation SET state = x'000000007B'");
    EXPECT_THROW(load_conversation(transaction, address), std::runtime_error);
    transaction.database().execute("UPDATE conversation SET state = x'000000077B7D'");
    EXPECT_THROW(load_conversation(transaction, address), std::runtime_error) << "sealed with a key that is not here";
  });
}

TEST_F(ContentVersions, keep_every_text_that_a_conversation_may_be_pinned_to) {
  in_transaction([](Transaction& transaction) {
    keep_content(transaction, "dialog", "first_contact", "h1", "steps: old", morning);
    keep_content(transaction, "dialog", "first_contact", "h2", "steps: new", later);
    keep_content(transaction, "dialog", "first_contact", "h1", "steps: old", later);
    EXPECT_EQ(find_content(transaction, "dialog", "h1"), "steps: old");
    EXPECT_EQ(find_content(transaction, "dialog", "h2"), "steps: new");
    EXPECT_EQ(find_content(transaction, "dialog", "h3"), std::nullopt);
    EXPECT_EQ(find_content(transaction, "locale", "h1"), std::nullopt);
    EXPECT_EQ(number(transaction, "SELECT count(*) FROM content_version"), 2);
  });
}

}  // namespace
}  // namespace passerelle::store
