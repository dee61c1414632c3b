// Writes down what came of an attempt, in one transaction; and of attempts that an earlier run left open.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "outbox/judgement.hpp"
#include "store/outbox.hpp"
#include "store/transaction.hpp"

namespace passerelle::outbox {

struct Settlement {
  std::string channel;
  store::Attempt attempt;
  AddressId address;
  Judgement judgement;
};

// The lease ends. A channel that is wrongly set up is paused, once.
void settle(store::Transaction& transaction, const Settlement& settlement, TimePoint now);

// What a channel and its operator allow after an answer that was lost.
struct Manners {
  bool takes_reference = false;
  bool resend_once = false;
};

// At a start, before anything is taken: nobody knows whether the requests of an earlier run were made. The same as
// answers that were lost, also of channels that are no longer there. How many there were.
std::int64_t settle_earlier_run(store::Transaction& transaction, const std::map<std::string, Manners>& channels,
                                TimePoint now);

}  // namespace passerelle::outbox
