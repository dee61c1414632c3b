#include "inbox/catch_up.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>

#include "base/log.hpp"
#include "base/timer.hpp"
#include "base/wake.hpp"
#include "store/channel_state.hpp"
#include "store/transact.hpp"

namespace passerelle::inbox {
namespace {

using std::chrono::milliseconds;

constexpr std::chrono::minutes interval{5};
// Lists may lag behind, and clocks differ: what was fetched already costs a look only.
constexpr std::chrono::minutes overlap{15};
constexpr int most_pages = 1000;  // in one round; the rest comes with the next
constexpr milliseconds step{20};  // of waiting for a round that is under way
constexpr milliseconds patience{10'000};
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
        const auto caught = co_await self->fetch(source);
        if (!caught) log::warning("catch_up.failed", {{"ch", source.name}, {"why", caught.error().what}});
      }
      if (!self->stopped) co_await self->wake.rest(self->parts.clock.now() + interval);
    }
    self->wake.ended();
  }

  // One at a time, so that nothing of a later list is heard before what an earlier one still brings.
  Task<result<Caught>> fetch(const Source& source) {
    struct Busy {
      bool& busy;
      ~Busy() { busy = false; }
    };
    for (milliseconds waited{0}; busy; waited += step) {
      if (waited >= patience || stopped) co_return Error{"another round of fetching is under way", ""};
      co_await wait_for(step);
    }
    busy = true;
    const Busy until_done{busy};
    co_return co_await fetch_all(source);
  }

  // A round that fails changes nothing, and the next one begins where this one began.
  Task<result<Caught>> fetch_all(const Source& source) {
    const TimePoint begun = parts.clock.now();
    const auto known = co_await caught_up_to(source, begun);
    if (!known) co_return known.error();
    if (!*known) co_return Caught{begun};  // what was written to the number before belongs to somebody else
    const TimePoint since = **known - overlap;
    result<std::vector<InboundMessage>> messages = co_await list(source, since);
    if (!messages) co_return messages.error();
    Caught caught{since, static_cast<std::int64_t>(messages->size())};
    const bool kept = co_await take(source, std::move(*messages), caught.fresh);
    if (!kept) co_return not_stored();
    co_await remember(source, begun, caught);
    co_return caught;
  }

  static Error not_stored() { return {"the store does not answer", ""}; }

  // All pages of a round, in the order in which they were written: gateways list the newest first, and a START must
  // not be heard after the STOP that followed it.
  Task<result<std::vector<InboundMessage>>> list(const Source& source, TimePoint since) {
    InboundQuery query{since, ""};
    std::vector<InboundMessage> messages;
    for (int page = 0; page < most_pages && !stopped; ++page) {
      Exchange exchange = co_await parts.transport.send(source.channel->list_inbound(query));
      auto read = read_page(source, exchange, query);
      if (!read) co_return read.error();
      std::ranges::move(read->messages, std::back_inserter(messages));
      if (read->next_page.empty()) {
        co_return as_written(std::move(messages));
      }
      query.next_page = read->next_page;
    }
    co_return Error{stopped ? "the server is stopping" : "more than a thousand pages", ""};
  }

  // Nothing: the channel is new.
  Task<result<std::optional<TimePoint>>> caught_up_to(const Source& source, TimePoint begun) {
    auto work = [name = source.name, begun](store::Transaction& transaction) -> std::optional<TimePoint> {
      const store::ChannelState state = store::load_channel_state(transaction, name);
      if (!state.caught_up_to) store::set_caught_up(transaction, name, begun);
      return state.caught_up_to;
    };
    const auto done = co_await store::transact(parts.writer, store::Lane::bulk, std::move(work));
    if (!done) co_return not_stored();
    co_return *done;
  }

  static result<InboundPage> read_page(const Source& source, const Exchange& exchange, const InboundQuery& query) {
    if (const auto* nothing = std::get_if<NoResponse>(&exchange)) return Error{nothing->why, ""};
    return source.channel->read_listing(std::get<HttpResponse>(exchange), query);
  }

  Task<bool> take(const Source& source, std::vector<InboundMessage> messages, std::int64_t& fresh) {
    for (std::size_t at = 0; at < messages.size(); at += chunk) {
      const auto first = messages.begin() + static_cast<std::ptrdiff_t>(at);
      const auto last = messages.begin() + static_cast<std::ptrdiff_t>(std::min(at + chunk, messages.size()));
      const bool kept = co_await parts.inbox.take_missed(source.name, {first, last}, store::Lane::bulk, {}, &fresh);
      if (!kept) co_return false;
    }
    co_return true;
  }

  Task<void> remember(const Source& source, TimePoint begun, Caught caught) {
    auto work = [name = source.name, begun](store::Transaction& transaction) {
      store::set_caught_up(transaction, name, begun);
    };
    const auto done = co_await store::transact(parts.writer, store::Lane::bulk, std::move(work));
    if (done) log::info("caught_up", {{"ch", source.name}, {"listed", caught.listed}});
  }

  Parts parts;
  Wake wake;
  std::atomic<bool> stopped = false;
  bool busy = false;  // on the executor's thread only
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

Task<result<CatchUp::Caught>> CatchUp::fetch(std::string name) {
  const std::shared_ptr<State> state = state_;
  const auto source = std::ranges::find(state->parts.sources, name, &Source::name);
  if (source == state->parts.sources.end())
    co_return Error{
        "this gateway has no list of what it received: it brings its messages itself, or is asked all the time",
        "name"};
  co_return co_await state->fetch(*source);
}

bool CatchUp::idle() const { return state_->parts.sources.empty() || state_->stopped || state_->wake.idle(); }

}  // namespace passerelle::inbox
