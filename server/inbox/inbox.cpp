#include "inbox/inbox.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "base/log.hpp"
#include "base/timer.hpp"
#include "domain/phone_address.hpp"
#include "language/read.hpp"
#include "store/address.hpp"
#include "store/conversation.hpp"
#include "store/outbound.hpp"
#include "store/transact.hpp"
#include "turns/take_in.hpp"

namespace passerelle::inbox {
namespace {

constexpr std::chrono::milliseconds admission_limit{500};  // the oldest waiting job; beyond it gateways come again

HttpResponse unavailable() {
  HttpResponse response = bare(503);
  response.fields.push_back({"Retry-After", "5"});
  return response;
}

// Gateways that retry are told to come again; for those that do not we wait as long as they do.
Task<bool> admitted(const store::Writer& writer, bool gateway_retries, std::chrono::milliseconds answer_within) {
  constexpr std::chrono::milliseconds step{20};
  if (gateway_retries) co_return writer.oldest_wait() <= admission_limit;
  for (std::chrono::milliseconds waited{0}; writer.oldest_wait() > admission_limit; waited += step) {
    if (waited >= answer_within) co_return false;
    co_await wait_for(step);
  }
  co_return true;
}

void tell(const std::string& channel, const std::vector<turns::TakenIn>& taken) {
  for (const turns::TakenIn& one : taken) {
    log::info("inbound", {{"ch", channel},
                          {"id", one.inbound.value},
                          {"repeated", one.repeated ? 1 : 0},
                          {"stuck", one.stuck ? 1 : 0},
                          {"replies", static_cast<std::int64_t>(one.replies.size())}});
  }
}

// Nothing: there is none, or it cannot be read, and the row is.
std::optional<turns::SessionCopy> copy_of(const live::Looked& looked) {
  if (!looked.copy) return std::nullopt;
  auto conversation = load_conversation(looked.copy->bytes);
  if (!conversation || conversation->version != looked.copy->version) return std::nullopt;
  return turns::SessionCopy{std::move(*conversation), looked.copy->saved_at};
}

// Other processes go on from the copies, if the next message is brought to one of those, and consoles have something to
// look at. Nobody waits for it.
void share(live::Live& live, const std::string& channel, const std::vector<std::string>& whos,
           const std::vector<turns::TakenIn>& taken, TimePoint saved_at) {
  for (std::size_t i = 0; i < taken.size(); ++i) {
    const auto& conversation = taken[i].conversation;
    if (taken[i].used_copy) ++live.counters().used;
    if (!conversation || !live.shares()) continue;
    live.keep(whos[i], {conversation->version, saved_at, save(*conversation)});
  }
  const bool news = std::ranges::any_of(taken, [](const turns::TakenIn& one) { return !one.repeated; });
  if (news && live.shares()) live.publish(boost::json::serialize(boost::json::object{{"inbound", {channel}}}));
}

// Of those that were answered: what they took stays taken.
void give_back(live::Live& live, const std::vector<std::string>& whos, const std::vector<bool>& muted,
               const std::vector<turns::TakenIn>& taken) {
  for (std::size_t i = 0; i < whos.size(); ++i) {
    const bool kept = i < taken.size() && !taken[i].repeated;
    if (!kept && !muted[i]) live.give_back(whos[i]);
  }
}

}  // namespace

// Everything the transaction needs, owned: it cannot be cancelled once queued.
struct Inbox::Work {
  static constexpr bool repeatable = true;  // it reads what it owns, and all that it does is in the transaction
  std::shared_ptr<const turns::Content> content;
  std::vector<InboundMessage> messages;
  std::vector<Reading> readings;
  std::vector<turns::Author> authors;
  std::vector<std::string> whos;  // as live knows them
  std::vector<bool> muted;
  std::vector<std::optional<turns::SessionCopy>> copies;
  std::vector<Receipt> receipts;
  std::vector<Address> opted_out;
  std::string channel;
  turns::ChannelFacts facts;
  bool by_webhook = true;
  TimePoint now{};

  std::vector<turns::TakenIn> operator()(store::Transaction& transaction) const {
    for (const Receipt& receipt : receipts) store::record_receipt(transaction, receipt, channel, now);
    for (const Address& address : opted_out) {
      const AddressId known = store::find_address(transaction, address);
      if (known != AddressId{}) store::record_opt_out(transaction, known, now);
    }
    std::vector<turns::TakenIn> taken;
    taken.reserve(messages.size());
    for (std::size_t i = 0; i < messages.size(); ++i) {
      const turns::Arrival arrival{messages[i], readings[i], copies[i], muted[i], facts, by_webhook, authors[i]};
      taken.push_back(turns::take_in(transaction, *content, arrival, now));
    }
    return taken;
  }
};

// What waited somewhere on its way is no flood. A clock that is hours slow tells how fast somebody wrote all the same.
// Nobody tells when a button was pressed: those that were fetched may have waited for hours, and come at once.
live::Asked Inbox::asked_of(const InboundMessage& message, TimePoint now, bool fetched) {
  live::Asked asked{message.from.channel + "/" + message.from.user, now};
  if (message.sent_at > TimePoint() && message.sent_at < now) asked.wrote = message.sent_at;
  if (fetched && message.words == InboundMessage::Words::pressed) asked.pace = live::RateLimit::Pace::unknown;
  return asked;
}

Task<Inbox::Work> Inbox::work_on(const std::string& name, std::vector<InboundMessage> messages,
                                 std::vector<Receipt> receipts, bool fetched) {
  Work work;
  work.by_webhook = !fetched;
  work.content = parts_.content();
  work.messages = std::move(messages);
  work.receipts = std::move(receipts);
  work.channel = name;
  if (const auto found = parts_.channels.find(name); found != parts_.channels.end()) work.facts = found->second;
  work.now = parts_.clock.now();
  std::vector<live::Asked> asked;
  for (InboundMessage& message : work.messages) {
    const std::string& country = work.content->association.country;
    const bool telephones = work.facts.telephones;
    if (telephones) {
      PhoneSender from = read_sender(message.from.user, country);
      message.from.user = std::move(from.address);
      work.authors.push_back({from.sender, std::move(from.country)});
    } else {
      work.authors.push_back(turns::author_of(message.from, telephones, country));
    }
    work.readings.push_back(language::read(message.text, work.content->keywords));
    message.text = work.readings.back().original;  // what turns texts around is never kept
    if (message.words == InboundMessage::Words::part) hear_as_part(work.readings.back());
    if (message.words == InboundMessage::Words::pressed) hear_as_button(work.readings.back());
    asked.push_back(asked_of(message, work.now, fetched));
    work.whos.push_back(asked.back().who);
  }
  for (const live::Looked& looked : co_await parts_.live.look(std::move(asked))) {
    work.muted.push_back(looked.flooding);
    work.copies.push_back(copy_of(looked));
  }
  co_return work;
}

// Strangers do not fill the log: the first rejection is told, then the 2nd, 4th, 8th…
void Inbox::tell_rejected(const std::string& name, const Rejected& rejected) {
  const std::int64_t count = ++rejected_;
  if ((count & (count - 1)) != 0) return;
  log::warning("webhook.rejected",
               {{"ch", name}, {"status", rejected.status}, {"why", rejected.why}, {"count", count}});
}

Task<HttpResponse> Inbox::receive(const Channel& channel, const std::string& name, const HttpRequest& request) {
  const Traits traits = channel.traits();
  if (!traits.authenticated && (!request.peer_is_loopback || was_forwarded(request))) co_return bare(403);
  const TimePoint now = parts_.clock.now();
  Webhook webhook = channel.read(request, now);
  if (const auto* rejected = std::get_if<Rejected>(&webhook)) {
    tell_rejected(name, *rejected);
    co_return bare(rejected->status);
  }
  if (auto* handshake = std::get_if<Handshake>(&webhook)) co_return std::move(handshake->response);
  Events events = std::move(std::get<Events>(webhook));

  std::vector<turns::TakenIn> taken;
  if (!events.messages.empty() || !events.receipts.empty() || !events.opted_out.empty()) {
    // What the answer is made of, of some gateways, is what was pressed; the rest is the transaction's from here on.
    Work work = co_await work_on(name, std::move(events.messages), std::move(events.receipts), false);
    work.opted_out = std::move(events.opted_out);
    const std::vector<std::string> whos = work.whos;
    const std::vector<bool> muted = work.muted;
    const TimePoint saved_at = work.now;
    const bool go = co_await admitted(parts_.writer, traits.gateway_retries, traits.answer_within);
    if (!go) {
      give_back(parts_.live, whos, muted, {});
      co_return unavailable();
    }
    auto done = co_await store::transact(parts_.writer, store::Lane::interactive, std::move(work));
    if (!done) {
      give_back(parts_.live, whos, muted, {});
      log::error("webhook.not_stored", {{"ch", name}, {"why", done.error().why}});
      co_return unavailable();
    }
    taken = std::move(*done);
    give_back(parts_.live, whos, muted, taken);
    share(parts_.live, name, whos, taken, saved_at);
    tell(name, taken);
  }

  std::vector<OutboundMessage> replies;
  std::vector<OutboundId> told;
  for (turns::TakenIn& one : taken) {
    for (OutboundMessage& reply : one.replies) {
      told.push_back(reply.id);
      replies.push_back(std::move(reply));
    }
  }
  HttpResponse response = channel.answer(events, replies);
  if (!told.empty()) {
    // A gateway that has hung up by now got nothing, whatever the socket said.
    response.answered = [this, told = std::move(told), now, within = traits.answer_within](bool written) {
      marker_.mark(told, written && parts_.clock.now() - now <= within);
    };
  }
  co_return response;
}

Task<bool> Inbox::take_missed(std::string name, std::vector<InboundMessage> messages, store::Lane lane,
                              std::vector<Receipt> receipts, std::int64_t* fresh) {
  Work work = co_await work_on(name, std::move(messages), std::move(receipts), true);
  const std::vector<std::string> whos = work.whos;
  const std::vector<bool> muted = work.muted;
  const TimePoint saved_at = work.now;
  const auto done = co_await store::transact(parts_.writer, lane, std::move(work));
  if (!done) {
    give_back(parts_.live, whos, muted, {});
    log::error("missed.not_stored", {{"ch", name}, {"why", done.error().why}});
    co_return false;
  }
  give_back(parts_.live, whos, muted, *done);
  share(parts_.live, name, whos, *done, saved_at);
  std::vector<turns::TakenIn> news;
  for (const turns::TakenIn& one : *done) {
    if (!one.repeated) news.push_back(one);
  }
  if (fresh != nullptr) *fresh += static_cast<std::int64_t>(news.size());
  tell(name, news);
  co_return true;
}

}  // namespace passerelle::inbox
