#include "inbox/catch_up.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>

#include "base/log.hpp"
#include "base/wake.hpp"
#include "store/channel_state.hpp"
#include "store/transact.hpp"

namespace passerelle::inbox {
namespace {

constexpr std::chrono::minutes interval{5};
// Lists may lag behind, and clocks differ: what was fetched already costs a look only.
constexpr std::chrono::minutes overlap{15};
constexpr int most_pages = 1000;   // in one round; the rest comes with the next
constexpr std::size_t chunk = 32;  // messages in one transaction

// From the newest first; many are of the same second, and keep the order of the list among themselves.
std::vector<InboundMessage> as_written(std::vector<InboundMessage> listed) {
  std::vector<std::pair<TimePoint, std::size_t>> order;
  for (std::size_t i = 0; i < listed.size(); ++i) order.emplace_back(listed[i].sent_at, listed.size() - i);
  std::ranges::sort(order);
  std::vector<InboundMessage> written;
  written.reserve(listed.size());
  for (const auto& [at, from_end] : order) written.push_back(std::move(listed[listed.size() - from_end]));
  return written;
}

}  // namespace

struct CatchUp::State : std::enable_shared_from_this<State> {
  explicit State(Parts given) : parts(std::move(given)), wake(parts.executor, parts.clock) {}

  static Task<void> run(std::shared_ptr<State> self) {
    while (!self->stopped) {
      self->wake.looking();
      for (const Source& source : self->parts.sources) {
        if (self->stopped) break;
        co_await self->fetch(source);
      }
      if (!self->stopped) co_await self->wake.rest(self->parts.clock.now() + interval);
    }
    self->wake.ended();
  }

  // A round that fails changes nothing, and the next one begins where this one began.
  Task<void> fetch(const Source& source) {
    const TimePoint begun = parts.clock.now();
    const auto since = co_await caught_up_to(source, begun);
    if (!since) co_return;
    std::optional<std::vector<InboundMessage>> messages = co_await list(source, *since - overlap);
    if (!messages) co_return;
    const auto count = static_cast<std::int64_t>(messages->size());
    const bool kept = co_await take(source, std::move(*messages));
    if (kept) co_await remember(source, begun, count);
  }

  // All pages of a round, in the order in which they were written: gateways list the newest first, and a START must
  // not be heard after the STOP that followed it. Nothing: a page failed, or there were too many.
  Task<std::optional<std::vector<InboundMessage>>> list(const Source& source, TimePoint since) {
    InboundQuery query{since, ""};
    std::vector<InboundMessage> messages;
    for (int page = 0; page < most_pages && !stopped; ++page) {
      Exchange exchange = co_await parts.transport.send(source.channel->list_inbound(query));
      auto read = read_page(source, exchange, query);
      if (!read) co_return std::nullopt;
      std::ranges::move(read->messages, std::back_inserter(messages));
      if (read->next_page.empty()) {
        co_return as_written(std::move(messages));
      }
      query.next_page = read->next_page;
    }
    if (!stopped) failed(source, "more than a thousand pages");
    co_return std::nullopt;
  }

  // Nothing: the channel is new, or the store does not answer.
  Task<std::optional<TimePoint>> caught_up_to(const Source& source, TimePoint begun) {
    auto work = [name = source.name, begun](store::Transaction& transaction) -> std::optional<TimePoint> {
      const store::ChannelState state = store::load_channel_state(transaction, name);
      if (!state.caught_up_to) store::set_caught_up(transaction, name, begun);
      return state.caught_up_to;
    };
    const auto done = co_await store::transact(parts.writer, store::Lane::bulk, std::move(work));
    co_return done ? *done : std::nullopt;
  }

  std::optional<InboundPage> read_page(const Source& source, const Exchange& exchange, const InboundQuery& query) {
    if (const auto* nothing = std::get_if<NoResponse>(&exchange)) return failed(source, nothing->why);
    auto page = source.channel->read_listing(std::get<HttpResponse>(exchange), query);
    if (!page) return failed(source, page.error().what);
    return std::move(*page);
  }

  static std::optional<InboundPage> failed(const Source& source, const std::string& why) {
    log::warning("catch_up.failed", {{"ch", source.name}, {"why", why}});
    return std::nullopt;
  }

  Task<bool> take(const Source& source, std::vector<InboundMessage> messages) {
    for (std::size_t at = 0; at < messages.size(); at += chunk) {
      const auto first = messages.begin() + static_cast<std::ptrdiff_t>(at);
      const auto last = messages.begin() + static_cast<std::ptrdiff_t>(std::min(at + chunk, messages.size()));
      const bool kept = co_await parts.inbox.take_missed(source.name, {first, last});
      if (!kept) co_return false;
    }
    co_return true;
  }

  Task<void> remember(const Source& source, TimePoint begun, std::int64_t count) {
    auto work = [name = source.name, begun](store::Transaction& transaction) {
      store::set_caught_up(transaction, name, begun);
    };
    const auto done = co_await store::transact(parts.writer, store::Lane::bulk, std::move(work));
    if (done) log::info("caught_up", {{"ch", source.name}, {"listed", count}});
  }

  Parts parts;
  Wake wake;
  std::atomic<bool> stopped = false;
};

CatchUp::CatchUp(Parts parts) {
  std::erase_if(parts.sources, [](const Source& source) { return !source.channel->traits().lists_inbound; });
  state_ = std::make_shared<State>(std::move(parts));
}

CatchUp::~CatchUp() { stop(); }

void CatchUp::start() {
  if (!state_->parts.sources.empty()) spawn(state_->parts.executor, State::run(state_));
}

void CatchUp::ring() { state_->wake.ring(); }

void CatchUp::stop() {
  state_->stopped = true;
  state_->wake.ring();
}

bool CatchUp::idle() const { return state_->parts.sources.empty() || state_->stopped || state_->wake.idle(); }

}  // namespace passerelle::inbox
