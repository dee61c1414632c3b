// A dialog that we begin about an appointment: where it can be told now, and in which words.
#pragma once

#include <string>
#include <string_view>

#include "domain/appointment.hpp"
#include "store/transaction.hpp"
#include "turns/channel_book.hpp"
#include "turns/content.hpp"
#include "turns/enqueue.hpp"

namespace passerelle::turns {

struct Begin {
  std::string_view dialog;
  std::string_view step;  // empty: the first
  std::string cause;
};

// What cannot leave now is neither queued nor asked: its question must not be open before it is on the phone, or a "2"
// to something else would be taken for its answer.
Departed begin_about(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
                     const Appointment& appointment, Begin begin, TimePoint now);

}  // namespace passerelle::turns
