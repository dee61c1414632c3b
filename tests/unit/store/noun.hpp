// Messages, and a store of one transaction, for the tests of the nouns.
#pragma once

#include <gtest/gtest.h>

#include "base/crypto.hpp"
#include "store/address.hpp"
#include "store/inbound.hpp"
#include "store/outbound.hpp"
#include "unit/store/folder.hpp"

namespace passerelle::store {

inline const TimePoint morning = from_ms(1'800'000'000'000);
inline const TimePoint later = morning + std::chrono::seconds(30);

// Every test runs inside one transaction of a store of its own.
class Noun : public testing::Test {
 protected:
  void in_transaction(const std::function<void(Transaction&)>& work) {
    const result<void> done = transact_now(*writer_, work);
    EXPECT_TRUE(done) << to_string(done.error());
  }

 private:
  std::unique_ptr<Writer> writer_ = in_memory();
};

inline InboundMessage text_from(const std::string& user, const std::string& provider_id,
                                const std::string& text = "سلام") {
  InboundMessage message;
  message.from = {"sms", user};
  message.provider_id = provider_id;
  message.text = text;
  message.sent_at = morning;
  return message;
}

inline OutboundMessage reply_to(InboundId inbound, int number, const std::string& text = "Bonjour") {
  OutboundMessage message;
  message.ref = crypto::random_ref();
  message.to = {"sms", "+41790000001"};
  message.cause = "in:" + std::to_string(inbound.value) + ":" + std::to_string(number);
  message.locale = "fr";
  message.text = text;
  message.parts = {text};
  return message;
}

// An inbound message with one inline reply.
struct Answered {
  explicit Answered(Transaction& transaction) {
    const Remembered remembered = remember(transaction, text_from("+41790000001", "SM1"), morning);
    inbound = remembered.id;
    address = remembered.address;
    reply = reply_to(inbound, 0);
    insert_outbound(transaction, address, reply, inline_until(later), morning);
  }
  InboundId inbound;
  AddressId address;
  OutboundMessage reply;
};

inline std::string state_of(Transaction& transaction, OutboundId message) {
  Statement statement(transaction.database(), "SELECT state FROM outbound WHERE id = ?1", message);
  return statement.next() ? statement.get<std::string>(0) : std::string();
}

}  // namespace passerelle::store
