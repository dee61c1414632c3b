#include "turns/take_in.hpp"

#include <gtest/gtest.h>

#include "store/address.hpp"
#include "store/conversation.hpp"
#include "store/inbound.hpp"
#include "store/outbound.hpp"
#include "store/task.hpp"
#include "support/demo.hpp"

namespace passerelle::turns {
namespace {

using passerelle::testing::demo_content;
using passerelle::testing::memory_store;
using passerelle::testing::take;
using passerelle::testing::text_from;

const TimePoint noon = from_ms(1'806'300'000'000);  // a Sunday in March 2027

std::vector<std::string> open_kinds(store::Writer& writer, const Address& address) {
  std::vector<std::string> kinds;
  const auto done = store::transact_now(writer, [&](store::Transaction& transaction) {
    for (const auto& task : store::open_tasks(transaction, store::find_or_add_address(transaction, address, noon))) {
      kinds.push_back(task.kind);
    }
  });
  EXPECT_TRUE(done.has_value());
  return kinds;
}

TEST(TakeIn, a_repeated_message_takes_no_second_turn_and_gets_the_same_answer) {
  const auto writer = memory_store();
  const auto message = text_from("+41790000001", "Bonjour", "SM1");
  const TakenIn first = take(*writer, *demo_content(), message, noon);
  const TakenIn again = take(*writer, *demo_content(), message, noon + std::chrono::hours(1));
  ASSERT_FALSE(first.replies.empty());
  EXPECT_TRUE(again.repeated);
  ASSERT_EQ(again.replies.size(), first.replies.size());
  EXPECT_EQ(again.replies[0].text, first.replies[0].text);
  EXPECT_EQ(again.replies[0].ref, first.replies[0].ref);
  const auto counted = store::transact_now(*writer, [&](store::Transaction& transaction) {
    EXPECT_EQ(store::count_inbound(transaction).total, 1);
    EXPECT_EQ(store::count_outbound(transaction).total, static_cast<std::int64_t>(first.replies.size()));
  });
  EXPECT_TRUE(counted.has_value());
}

TEST(TakeIn, a_flooding_sender_is_stored_shown_to_staff_and_not_answered) {
  const auto writer = memory_store();
  const TakenIn taken = take(*writer, *demo_content(), text_from("+41790000002", "Bonjour", "SM2"), noon, true);
  EXPECT_TRUE(taken.replies.empty());
  EXPECT_EQ(open_kinds(*writer, {"sms", "+41790000002"}), std::vector<std::string>{"flood"});
}

TEST(TakeIn, a_cry_for_help_is_answered_even_from_a_flooding_sender) {
  const auto writer = memory_store();
  const TakenIn taken = take(*writer, *demo_content(), text_from("+41790000003", "il me frappe", "SM3"), noon, true);
  ASSERT_FALSE(taken.replies.empty());
  EXPECT_NE(taken.replies[0].text.find("117"), std::string::npos);
  EXPECT_EQ(open_kinds(*writer, {"sms", "+41790000003"}), std::vector<std::string>{"danger"});
}

TEST(TakeIn, a_stop_is_obeyed_even_from_a_flooding_sender) {
  const auto writer = memory_store();
  const TakenIn taken = take(*writer, *demo_content(), text_from("+41790000004", "STOP", "SM4"), noon, true);
  ASSERT_TRUE(taken.conversation.has_value());
  EXPECT_EQ(taken.conversation->consent, Consent::stopped);
}

TEST(TakeIn, a_turn_that_fails_keeps_the_message_and_calls_a_person) {
  const auto writer = memory_store();
  const auto broken = load_content({"tests/support/broken_association", {}, SOURCE_DIR});
  for (const Finding& finding : broken.findings) ADD_FAILURE() << to_string(finding);
  ASSERT_TRUE(broken.content);
  const TakenIn taken = take(*writer, *broken.content, text_from("+41790000005", "Bonjour", "SM5"), noon);
  EXPECT_TRUE(taken.stuck);
  ASSERT_EQ(taken.replies.size(), 1u);
  EXPECT_FALSE(taken.replies[0].text.empty());
  EXPECT_EQ(open_kinds(*writer, {"sms", "+41790000005"}), std::vector<std::string>{"stuck"});
  const auto kept = store::transact_now(*writer, [&](store::Transaction& transaction) {
    EXPECT_EQ(store::count_inbound(transaction).stuck, 1);
    EXPECT_EQ(
        store::load_conversation(transaction, store::find_or_add_address(transaction, {"sms", "+41790000005"}, noon))
            .version,
        0u);
  });
  EXPECT_TRUE(kept.has_value());
}

TEST(TakeIn, each_answer_names_the_message_that_caused_it) {
  const auto writer = memory_store();
  const TakenIn taken = take(*writer, *demo_content(), text_from("+41790000006", "Hello", "SM6"), noon);
  ASSERT_FALSE(taken.replies.empty());
  EXPECT_EQ(taken.replies[0].cause, "in:" + std::to_string(taken.inbound.value) + ":0");
  std::string parts;
  for (const std::string& part : taken.replies[0].parts) parts += part;
  EXPECT_EQ(parts, taken.replies[0].text);
}

}  // namespace
}  // namespace passerelle::turns
