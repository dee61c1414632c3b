// A message comes in: verify, admit, read, remember and answer in one transaction, acknowledge after COMMIT.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/http.hpp"
#include "base/task.hpp"
#include "channel/channel.hpp"
#include "inbox/sent_marker.hpp"
#include "live/live.hpp"
#include "store/writer.hpp"
#include "turns/channel_book.hpp"
#include "turns/content.hpp"

namespace passerelle::inbox {

struct Parts {
  store::Writer& writer;
  const Clock& clock;
  live::Live& live;
  std::function<std::shared_ptr<const turns::Content>()> content;  // the snapshot of the moment
  const turns::ChannelBook& channels;                              // how their replies travel
};

class Inbox {
 public:
  explicit Inbox(Parts parts) : parts_(std::move(parts)), marker_(parts_.writer, parts_.clock) {}

  // Answers one webhook of a channel. 'channel', 'name' and 'request' outlive the coroutine.
  Task<HttpResponse> receive(const Channel& channel, const std::string& name, const HttpRequest& request);
  // Messages and receipts of a channel that no webhook brought us; messages that are known already take no second turn.
  // Their replies leave through the API. What was written long ago goes in the bulk lane: whoever writes now goes
  // first. False: the store kept nothing. 'fresh', which outlives the coroutine, counts the messages not known before.
  Task<bool> take_missed(std::string name, std::vector<InboundMessage> messages, store::Lane lane = store::Lane::bulk,
                         std::vector<Receipt> receipts = {}, std::int64_t* fresh = nullptr);

 private:
  struct Work;
  static live::Asked asked_of(const InboundMessage& message, TimePoint now, bool fetched);
  void tell_rejected(const std::string& name, const Rejected& rejected);
  Task<Work> work_on(const std::string& name, std::vector<InboundMessage> messages, std::vector<Receipt> receipts,
                     bool fetched);

  Parts parts_;
  std::atomic<std::int64_t> rejected_ = 0;  // since the start
  SentMarker marker_;
};

}  // namespace passerelle::inbox
