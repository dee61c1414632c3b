// A store in memory, a clock that is moved by hand, a scripted gateway, and the outbox between them.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/crypto.hpp"
#include "base/log.hpp"
#include "outbox/outbox.hpp"
#include "store/address.hpp"
#include "store/outbound.hpp"
#include "store/statement.hpp"
#include "support/io_room.hpp"
#include "unit/outbox/gateway.hpp"

namespace passerelle::outbox {

inline const TimePoint morning = from_ms(1'806'300'000'000);

class Rig : public ::testing::Test {
 protected:
  struct Wish {
    std::string user;  // empty: a number of its own
    MessageClass message_class = MessageClass::reminder;
    std::optional<TimePoint> not_after = {};
    std::vector<std::string> parts = {"Bonjour"};
    std::string channel = "sms";
  };

  Rig() {
    log::set_level(log::Level::error);  // thousands of messages: their lines would hide what failed
    open_store({});
  }
  ~Rig() override {
    if (outbox_) outbox_->stop();
    writer_->stop();
    outbox_.reset();
  }

  void open_store(store::WriterLimits limits) {
    auto opened = store::Writer::open_in_memory(limits);
    if (!opened) throw std::runtime_error(to_string(opened.error()));
    writer_ = std::move(*opened);
  }

  // --- the outbox ---
  result<void> try_start() {
    outbox_ = std::make_unique<Outbox>(
        Outbox::Parts{*writer_, *through_, clock_, room_->executor(),
                      [this] { return std::uniform_real_distribution<>()(random_); }, may_leave_},
        std::vector<Outbox::Sender>{{"sms", channel_, policy_}});
    writer_->on_committed([outbox = outbox_.get()](const store::Notes& notes) { outbox->committed(notes); });
    return outbox_->start();
  }
  void start_only() {
    const auto started = try_start();
    ASSERT_TRUE(started) << to_string(started.error());
  }
  void start() {
    start_only();
    wait();
  }
  // As if the process had ended here: what was in memory is gone, the store is as it was.
  void crash() {
    writer_->on_committed({});
    outbox_.reset();
    room_ = std::make_unique<testing::IoRoom>();
    transport_.held.clear();
    transport_.hold_all = false;
  }

  // Until there is nothing to do at this time. Rings of the writer's last batch are waited for, too.
  void wait() {
    for (int i = 0; i < 2; ++i) {
      ASSERT_TRUE(room_->until([this] { return outbox_->idle(); }, std::chrono::seconds(60)));
      write([](store::Transaction&) {});
    }
    ASSERT_TRUE(room_->until([this] { return outbox_->idle(); }));
  }
  void at(TimePoint time) {
    clock_.set(time);
    outbox_->ring();
    wait();
  }
  // Moves the clock from one wake to the next.
  void run_until(TimePoint end) {
    while (!HasFatalFailure()) {
      const auto next = outbox_->next_wake();
      if (!next || *next > end) break;
      EXPECT_GT(*next, clock_.now()) << "it should have been done already";
      at(std::max(*next, clock_.now()));
    }
    at(end);
  }

  // --- the store ---
  void write(const std::function<void(store::Transaction&)>& work) {
    const auto done = store::transact_now(*writer_, work);
    ASSERT_TRUE(done) << to_string(done.error());
  }
  // The ref of the message.
  std::string insert(store::Transaction& transaction, const Wish& wish) {
    OutboundMessage message;
    message.ref = crypto::random_ref();
    message.to = {wish.channel, wish.user.empty() ? "+417900" + std::to_string(10'000 + count_) : wish.user};
    message.cause = "test:" + std::to_string(++count_);
    message.locale = "fr";
    message.message_class = wish.message_class;
    message.not_after = wish.not_after;
    message.parts = wish.parts;
    for (const std::string& part : wish.parts) message.text += part;
    const AddressId address = store::find_or_add_address(transaction, message.to, clock_.now());
    store::insert_outbound(transaction, address, message, {}, clock_.now());
    return message.ref;
  }
  std::string queue(const Wish& wish) {
    std::string ref;
    write([&](store::Transaction& transaction) { ref = insert(transaction, wish); });
    return ref;
  }
  std::vector<std::string> queue(int count, const Wish& wish) {
    std::vector<std::string> refs;
    write([&](store::Transaction& transaction) {
      for (int i = 0; i < count; ++i) refs.push_back(insert(transaction, wish));
    });
    return refs;
  }
  std::string state(const std::string& ref) {
    std::string state;
    write([&](store::Transaction& transaction) {
      store::Statement row(transaction.database(), "SELECT state FROM outbound WHERE ref = ?1", ref);
      if (row.next()) state = row.get<std::string>(0);
    });
    return state;
  }
  std::int64_t count(store::Sql question, const std::string& value) {
    std::int64_t found = -1;
    write([&](store::Transaction& transaction) {
      store::Statement row(transaction.database(), question, value);
      if (row.next()) found = row.get<std::int64_t>(0);
    });
    return found;
  }
  std::int64_t in_state(const std::string& state) {
    return count("SELECT count(*) FROM outbound WHERE state = ?1", state);
  }
  std::int64_t open_tasks(const std::string& kind) {
    return count("SELECT count(*) FROM task WHERE kind = ?1 AND closed IS NULL", kind);
  }
  void receive(const Receipt& receipt) {
    write([&](store::Transaction& transaction) { store::record_receipt(transaction, receipt, "sms", clock_.now()); });
  }

  ManualClock clock_{morning};
  GatewayChannel channel_;
  ScriptedTransport transport_{clock_};
  Transport* through_ = &transport_;
  ChannelPolicy policy_;
  MayLeave may_leave_;                                                           // nothing: everything may
  std::mt19937_64 random_{20270328};                                             // the same in every run
  std::unique_ptr<testing::IoRoom> room_ = std::make_unique<testing::IoRoom>();  // outlives the writer
  std::unique_ptr<store::Writer> writer_;
  std::unique_ptr<Outbox> outbox_;

 private:
  int count_ = 0;
};

}  // namespace passerelle::outbox
