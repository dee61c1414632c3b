// Messages that are handed over in a conversation of bytes: what is carried, and what its end means for the queue.
#include "store/channel_state.hpp"
#include "unit/outbox/rig.hpp"

namespace passerelle::outbox {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// It never talks: what is carried is known by its outcome.
class Named final : public Handover {
 public:
  explicit Named(std::string its_ref) : ref(std::move(its_ref)) {}
  handover::Action next(const handover::Event&) override { return handover::Over{Accepted{ref}}; }
  std::string ref;
};

class MailChannel final : public Channel {
 public:
  Traits traits() const override {
    Traits traits;
    traits.sends = true;
    traits.place = "127.0.0.1:25";
    return traits;
  }
  Webhook read(const HttpRequest&, TimePoint) const override { return Rejected{}; }
  HttpResponse answer(const Events&, std::span<const OutboundMessage>) const override { return {}; }
  std::unique_ptr<Handover> open_handover(const OutboundMessage& message, TimePoint) const override {
    return std::make_unique<Named>(message.ref);
  }
};

class HandoverTest : public Rig {
 protected:
  void start_mail() {
    outbox_ = std::make_unique<Outbox>(
        Outbox::Parts{*writer_,
                      transport_,
                      clock_,
                      room_->executor(),
                      [] { return 0.5; },
                      {},
                      [this](std::unique_ptr<Handover> message) { return carry(std::move(message)); }},
        std::vector<Outbox::Sender>{{"sms", mail_, policy_}});
    writer_->on_committed([outbox = outbox_.get()](const store::Notes& notes) { outbox->committed(notes); });
    ASSERT_TRUE(outbox_->start());
    wait();
  }
  Task<handover::Over> carry(std::unique_ptr<Handover> message) {
    ++carried_;
    if (end_) co_return *end_;
    co_return std::get<handover::Over>(message->next(handover::Begun{}));
  }

  MailChannel mail_;
  std::optional<handover::Over> end_;  // nothing: it is taken
  int carried_ = 0;
};

TEST_F(HandoverTest, a_message_is_carried_once_and_no_request_is_sent) {
  start_mail();
  const std::string ref = queue({});
  wait();
  EXPECT_EQ(state(ref), "sent");
  EXPECT_EQ(carried_, 1);
  EXPECT_TRUE(transport_.requests.empty());
  receive({"", ref, Delivery::delivered, ""});
  EXPECT_EQ(state(ref), "delivered") << "known by the id that was told at the end";
}

TEST_F(HandoverTest, what_was_surely_not_taken_leaves_later) {
  end_ = handover::Over{RetryLater{{}, "connect"}, false};
  start_mail();
  const std::string ref = queue({"", MessageClass::reminder, morning + hours(24)});
  wait();
  EXPECT_EQ(state(ref), "queued");
  end_.reset();
  run_until(morning + minutes(10));
  EXPECT_EQ(state(ref), "sent");
  EXPECT_EQ(carried_, 2);
}

TEST_F(HandoverTest, a_lost_answer_is_uncertain_and_a_refusal_is_for_good) {
  start_mail();
  end_ = handover::Over{Ambiguous{"reset"}, false};
  const std::string lost = queue({});
  wait();
  end_ = handover::Over{Refused{"550_5.1.1"}};
  const std::string refused = queue({});
  wait();
  end_.reset();
  run_until(morning + hours(2));
  EXPECT_EQ(state(lost), "uncertain");
  EXPECT_EQ(state(refused), "failed");
  EXPECT_EQ(carried_, 2);
}

TEST_F(HandoverTest, a_server_that_cannot_be_reached_is_tried_by_one_message_a_minute) {
  end_ = handover::Over{RetryLater{{}, "connect"}, false};
  start_mail();
  queue(40, {});
  wait();
  const int first = carried_;
  run_until(morning + minutes(10));
  EXPECT_TRUE(outbox_->counters().at("sms").failing);
  EXPECT_LE(carried_ - first, 15);
  end_.reset();
  run_until(morning + hours(1));
  EXPECT_EQ(in_state("sent"), 40);
}

TEST_F(HandoverTest, trouble_with_our_account_stops_the_channel) {
  end_ = handover::Over{Misconfigured{"535_5.7.8"}};
  start_mail();
  const std::string ref = queue({});
  wait();
  EXPECT_EQ(state(ref), "queued");
  EXPECT_TRUE(outbox_->counters().at("sms").paused);
  write([](store::Transaction& transaction) {
    EXPECT_EQ(store::load_channel_state(transaction, "sms").why, "535_5.7.8");
  });
}

}  // namespace
}  // namespace passerelle::outbox
