// What a message shows to press, and the approved text that it leaves as, from the row that is written to the one that
// is taken.
#include "store/buttons.hpp"

#include "unit/store/queue.hpp"

namespace passerelle::store {
namespace {

TEST_F(Outbox, buttons_and_an_approved_text_are_taken_as_they_were_queued) {
  in_transaction([](Transaction& transaction) {
    OutboundMessage message;
    message.ref = "0123456789abcdef0123456789abcdef";
    message.to = {"sms", "+41790000001"};
    message.cause = "test:buttons";
    message.locale = "ar";
    message.text = "1 = نعم";
    message.parts = {message.text};
    message.buttons = {{{"q0123456789abcdef.1", "نعم"}, {"q0123456789abcdef.2", "\"لا\"\n"}}, "اختاروا"};
    message.approved = FilledText{"rappel_j2", "ar", {"28.03.2027", "Anne"}, {"q0123456789abcdef.1"}};
    const AddressId address = find_or_add_address(transaction, message.to, morning);
    insert_outbound(transaction, address, message, {}, morning);
    EXPECT_EQ(buttons_of(transaction, message.id), message.buttons);
    const auto found = take(transaction, "sms", MessageClass::crisis, MessageClass::notice, 1, later, lease);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().message.buttons, message.buttons);
    EXPECT_EQ(found.front().message.approved, message.approved);
  });
}

TEST_F(Outbox, a_message_without_either_keeps_none) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId plain = queue(transaction, {});
    EXPECT_TRUE(buttons_of(transaction, plain).list.empty());
    const auto found = take(transaction, "sms", MessageClass::crisis, MessageClass::notice, 1, later, lease);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_TRUE(found.front().message.buttons.list.empty());
    EXPECT_FALSE(found.front().message.approved);
  });
}

}  // namespace
}  // namespace passerelle::store
