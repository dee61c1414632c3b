// A queue of messages, for the tests of outbox.hpp.
#pragma once

#include <map>

#include "store/outbox.hpp"
#include "unit/store/noun.hpp"

namespace passerelle::store {

inline const TimePoint lease = later + std::chrono::minutes(2);

class Outbox : public Noun {
 protected:
  struct Wish {
    std::string user = "+41790000001";
    MessageClass message_class = MessageClass::reminder;
    std::optional<TimePoint> not_after = {};
    std::optional<TimePoint> not_before = {};
    std::vector<std::string> parts = {"Bonjour"};
  };

  OutboundId queue(Transaction& transaction, const Wish& wish) {
    OutboundMessage message;
    message.ref = crypto::random_ref();
    message.to = {"sms", wish.user};
    message.cause = "test:" + std::to_string(++count_);
    message.locale = "fr";
    message.message_class = wish.message_class;
    message.not_after = wish.not_after;
    message.parts = wish.parts;
    for (const std::string& part : wish.parts) message.text += part;
    const AddressId address = find_or_add_address(transaction, message.to, morning);
    insert_outbound(transaction, address, message, {Via::api, {}, wish.not_before, {}}, morning);
    refs_[message.id.value] = message.ref;
    return message.id;
  }

  static std::vector<OutboundId> taken(Transaction& transaction, std::size_t at_most = 100, TimePoint now = later) {
    std::vector<OutboundId> ids;
    for (const Taken& one : take(transaction, "sms", MessageClass::crisis, MessageClass::notice, at_most, now, lease)) {
      ids.push_back(one.message.id);
    }
    return ids;
  }

  std::string ref(OutboundId message) const { return refs_.at(message.value); }

 private:
  int count_ = 0;
  std::map<std::int64_t, std::string> refs_;
};

using Ids = std::vector<OutboundId>;

}  // namespace passerelle::store
