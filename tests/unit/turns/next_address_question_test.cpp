// The question of a reminder, where its words go on to another address.
#include "store/buttons.hpp"
#include "unit/turns/next_address_room.hpp"

namespace passerelle::turns {
namespace {

class Question : public NextAddress {
 protected:
  // Reminded at the chat, which is open or not.
  Appointment reminded() {
    const Appointment theirs = appoint("2027-03-24 14:30", [&](auto& each) { each.to = chat_.address; });
    run(theirs, "two_days", now_ + std::chrono::hours(4));
    return theirs;
  }
  OutboundId last_of(const std::string& channel) {
    OutboundId found;
    work([&](auto& transaction) {
      store::Statement row(transaction.database(), "SELECT max(id) FROM outbound WHERE channel = ?1", channel);
      if (row.next()) found = row.template get<OutboundId>(0);
    });
    return found;
  }
  std::size_t questions_at_the_chat() {
    std::size_t count = 0;
    work([&](auto& transaction) { count = store::load_conversation(transaction, chat_.id).stack.size(); });
    return count;
  }
};

TEST_F(Question, goes_along_to_where_it_can_be_answered) {
  heard(now_);
  const Appointment theirs = reminded();
  fail(last(), now_ + std::chrono::hours(4));
  ASSERT_EQ(story(), (Places{"chat failed", "sms queued"}));
  leave();
  say("2", now_ + std::chrono::hours(5));
  EXPECT_EQ(found(theirs).response, passerelle::Response::declined);
}

TEST_F(Question, is_pressed_there_too) {
  for (const char* name : {"chat", "sms"}) channels_[name].buttons = {3, 20};
  heard(now_);
  const Appointment theirs = reminded();
  fail(last(), now_ + std::chrono::hours(4));
  leave();
  const OutboundId told = last_of("sms");
  Buttons buttons;
  work([&](auto& transaction) { buttons = store::buttons_of(transaction, told); });
  ASSERT_EQ(buttons.list.size(), 3U);
  InboundMessage press = passerelle::testing::text_from(phone_.user, buttons.list[1].label, "press");
  press.payload = buttons.list[1].payload;
  press.sent_at = now_ + std::chrono::hours(5);
  receive(press, press.sent_at);
  EXPECT_EQ(found(theirs).response, passerelle::Response::declined);
}

TEST_F(Question, stays_where_it_can_be_answered_and_a_person_asks_too) {
  channels_["sms"].hears = false;
  heard(now_);
  reminded();
  fail(last(), now_ + std::chrono::hours(4));
  ASSERT_EQ(story(), (Places{"chat failed", "sms queued"})) << "the words go on";
  EXPECT_EQ(open_tasks(), 1);
  EXPECT_EQ(questions_at_the_chat(), 1U) << "a 2 that comes there is still an answer";
  EXPECT_TRUE(conversation().stack.empty());
}

TEST_F(Question, that_is_asked_at_once_where_nobody_hears_calls_a_person) {
  channels_["sms"].hears = false;
  reminded();
  EXPECT_EQ(story(), Places{"sms queued"}) << "the window of the chat is closed";
  EXPECT_EQ(open_tasks(), 1);
}

}  // namespace
}  // namespace passerelle::turns
