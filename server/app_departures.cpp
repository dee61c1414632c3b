#include "app_departures.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/serialize.hpp>
#include <future>
#include <random>
#include <set>

#include "app_probe.hpp"
#include "attachments/fetcher.hpp"
#include "base/url.hpp"
#include "inbox/catch_up.hpp"
#include "links/carrier.hpp"
#include "links/links.hpp"
#include "links/spool_transport.hpp"
#include "net/http_client.hpp"
#include "net/streams.hpp"
#include "schedule/schedule.hpp"
#include "turns/enqueue.hpp"
#include "turns/fact_due.hpp"
#include "turns/remind.hpp"

namespace passerelle {
namespace {

// The gateways that we call; no other host is ever connected to.
std::vector<std::string> origins(const Channels& channels) {
  std::set<std::string> urls;
  for (const auto& [name, channel] : channels) {
    const Traits traits = channel->traits();
    if (traits.api_url.starts_with("file:")) continue;
    if ((traits.sends || traits.lists_inbound || traits.links) && !traits.api_url.empty()) urls.insert(traits.api_url);
    if (!traits.sign_in_url.empty()) urls.insert(traits.sign_in_url);
  }
  return {urls.begin(), urls.end()};
}

// …and where what people showed us is fetched from. Nobody else's answers may be as long.
net::ClientSettings media_settings(const Departures::Parts& parts) {
  Reach reach;
  for (const auto& [name, channel] : parts.channels) reach.add(reach_of_media(channel->traits()));
  net::ClientSettings settings;
  settings.origins = std::move(reach.origins);
  settings.domains = std::move(reach.domains);
  settings.answer = std::chrono::milliseconds(60'000);
  settings.idle_per_origin = 0;  // each answer is long, and the hosts are many
  // What tells where the file is must be readable, however small files have to be.
  settings.limits.body = static_cast<std::size_t>(std::max<std::int64_t>(parts.config.attachments.largest, 65'536));
  return settings;
}

attachments::Fetcher::Parts fetching(const Departures::Parts& parts, Transport& transport) {
  std::vector<attachments::Fetcher::Source> found;
  for (const auto& [name, channel] : parts.channels) found.push_back({name, channel.get()});
  return {transport,       parts.writer, parts.clock, parts.executor, parts.config.data_dir, parts.config.attachments,
          std::move(found)};
}

// …and those that we speak with otherwise.
std::vector<std::string> places(const Channels& channels) {
  std::set<std::string> found;
  for (const auto& [name, channel] : channels) {
    if (const std::string place = channel->traits().place; !place.empty()) found.insert(place);
  }
  return {found.begin(), found.end()};
}

outbox::Carry carry_by(Streams& streams) {
  return [&streams](std::unique_ptr<Handover> message) { return links::carry(streams, std::move(message)); };
}

// A test goes to both ends of a channel, and somebody waits for it.
net::ClientSettings test_settings(const Departures::Parts& parts) {
  net::ClientSettings settings;
  settings.origins = origins(parts.channels);
  for (const auto& [name, url] : parts.hooks) {
    if (read_url(url)) settings.origins.push_back(url);
  }
  settings.connect = std::chrono::milliseconds(3'000);
  settings.answer = std::chrono::milliseconds(5'000);
  settings.idle_per_origin = 0;
  return settings;
}

// …and the folders that we share with programs on this machine.
std::vector<std::string> folders(const Channels& channels) {
  std::vector<std::string> found;
  for (const auto& [name, channel] : channels) {
    if (std::string url = channel->traits().api_url; url.starts_with("file:")) found.push_back(std::move(url));
  }
  return found;
}

std::function<double()> dice() {
  return [engine = std::mt19937_64(std::random_device()()),
          even = std::uniform_real_distribution<double>(0.0, 1.0)]() mutable { return even(engine); };
}

std::vector<outbox::Outbox::Sender> senders(const Departures::Parts& parts) {
  std::vector<outbox::Outbox::Sender> found;
  for (const auto& [name, channel] : parts.channels) found.push_back({name, *channel, parts.book.at(name).policy});
  return found;
}

std::vector<inbox::CatchUp::Source> sources(const Channels& channels) {
  std::vector<inbox::CatchUp::Source> found;
  for (const auto& [name, channel] : channels) found.push_back({name, channel.get()});
  return found;
}

links::Links::Parts links_of(const Departures::Parts& parts, Transport& transport) {
  std::vector<links::Links::Source> found;
  for (const auto& [name, channel] : parts.channels) found.push_back({name, channel.get()});
  auto take = [&inbox = parts.inbox](std::string name, link::Keep arrived) {
    return inbox.take_missed(std::move(name), std::move(arrived.messages), store::Lane::interactive,
                             std::move(arrived.receipts));
  };
  return {transport, parts.clock, parts.executor, std::move(take), std::move(found)};
}

// For consoles that look at other servers' work: where there is something new to see, never what.
std::string news_of(const store::Notes& notes) {
  boost::json::array channels;
  for (const std::string& channel : notes.channels) channels.emplace_back(channel);
  return boost::json::serialize(boost::json::object{{"outbound", std::move(channels)}, {"due", notes.due}});
}

schedule::Work due_work(const Departures::Parts& parts) {
  return [content = parts.content, &book = parts.book](store::Transaction& transaction, const store::Due& due,
                                                       TimePoint now) {
    if (due.kind == turns::facts_due) return turns::run_fact_check(transaction, *content(), now);
    turns::run_due(transaction, *content(), book, due, now);
  };
}

outbox::MayLeave rules(const Departures::Parts& parts) {
  return [content = parts.content](store::Transaction& transaction, const store::Taken& taken, TimePoint now) {
    return turns::may_leave(transaction, *content(), taken, now);
  };
}

// co_spawn wants a value that can be made of nothing.
Task<std::optional<result<inbox::CatchUp::Caught>>> fetch(inbox::CatchUp& catch_up, std::string channel) {
  co_return co_await catch_up.fetch(std::move(channel));
}

}  // namespace

struct Departures::State {
  struct Ways {  // out of this process
    std::unique_ptr<net::HttpClient> client;
    std::unique_ptr<net::TcpStreams> streams;
    std::unique_ptr<net::HttpClient> test_client;
    std::unique_ptr<net::HttpClient> media_client;
  };
  State(const Parts& given, Ways ways)
      : parts(given),
        client(std::move(ways.client)),
        streams(std::move(ways.streams)),
        test_client(std::move(ways.test_client)),
        media_client(std::move(ways.media_client)),
        transport(*client, folders(parts.channels)),
        outbox(std::in_place,
               outbox::Outbox::Parts{parts.writer, transport, parts.clock, parts.executor, dice(), rules(parts),
                                     carry_by(*streams)},
               senders(parts)),
        schedule(std::in_place, schedule::Schedule::Parts{parts.writer, parts.clock, parts.executor, due_work(parts)}),
        catch_up(std::in_place, inbox::CatchUp::Parts{parts.inbox, parts.writer, *client, parts.clock, parts.executor,
                                                      sources(parts.channels)}),
        links(std::in_place, links_of(parts, *client)),
        fetcher(std::in_place, fetching(parts, *media_client)) {}

  Parts parts;
  std::unique_ptr<net::HttpClient> client;
  std::unique_ptr<net::TcpStreams> streams;
  std::unique_ptr<net::HttpClient> test_client;
  std::unique_ptr<net::HttpClient> media_client;
  links::SpoolTransport transport;
  std::optional<outbox::Outbox> outbox;
  std::optional<schedule::Schedule> schedule;
  std::optional<inbox::CatchUp> catch_up;
  std::optional<links::Links> links;
  std::optional<attachments::Fetcher> fetcher;
};

result<std::unique_ptr<Departures>> Departures::make(Parts parts) {
  net::ClientSettings settings;
  settings.origins = origins(parts.channels);
  auto client = net::HttpClient::make(parts.executor, std::move(settings));
  if (!client) return client.error();
  auto streams = net::TcpStreams::make(parts.executor, {places(parts.channels), {}});
  if (!streams) return streams.error();
  auto test_client = net::HttpClient::make(parts.executor, test_settings(parts));
  if (!test_client) return test_client.error();
  auto media_client = net::HttpClient::make(parts.executor, media_settings(parts));
  if (!media_client) return media_client.error();
  State::Ways ways{std::move(*client), std::move(*streams), std::move(*test_client), std::move(*media_client)};
  return std::unique_ptr<Departures>(new Departures(std::make_unique<State>(parts, std::move(ways))));
}

Departures::Departures(std::unique_ptr<State> state) : state_(std::move(state)) {}
Departures::~Departures() { state_->parts.writer.on_committed({}); }

result<void> Departures::start() {
  State& state = *state_;
  state.parts.writer.on_committed([&state](const store::Notes& notes) {
    state.outbox->committed(notes);
    if (notes.due) state.schedule->ring();
    if (state.parts.live.shares()) state.parts.live.publish(news_of(notes));
    state.fetcher->committed(notes);
  });
  if (auto started = state.outbox->start(); !started) return started;
  state.schedule->start();
  state.catch_up->start();
  state.links->start();
  state.fetcher->start();
  return {};
}

void Departures::stop(std::chrono::milliseconds longest) {
  state_->fetcher->stop();
  state_->links->stop();
  state_->catch_up->stop();
  state_->schedule->stop();
  state_->outbox->stop();
  state_->outbox->wait_until_stopped(longest);
}

void Departures::release() {
  state_->parts.writer.on_committed({});
  state_->fetcher.reset();
  state_->links.reset();
  state_->catch_up.reset();
  state_->schedule.reset();
  state_->outbox.reset();
  state_->client->close();
  state_->test_client->close();
  state_->media_client->close();
}

std::vector<Worker> Departures::workers() {
  State* state = state_.get();
  return {{[state] { state->schedule->ring(); }, [state] { return state->schedule->idle(); },
           [state] { return state->schedule->next_wake(); }},
          {[state] { state->outbox->ring(); }, [state] { return state->outbox->idle(); },
           [state] { return state->outbox->next_wake(); }},
          // It looks every few minutes; each of them would be a step of a clock that is moved by years.
          {[state] { state->catch_up->ring(); }, [state] { return state->catch_up->idle(); },
           [] { return std::optional<TimePoint>(); }},
          {[state] { state->fetcher->ring(); }, [state] { return state->fetcher->idle(); },
           [state] { return state->fetcher->next_wake(); }},
          // They ask by the time of day, whatever our clock shows; what they brought is waited for.
          {[] {}, [state] { return state->links->idle(); }, [] { return std::optional<TimePoint>(); }}};
}

Task<boost::json::object> Departures::test(std::string channel) {
  State& state = *state_;
  const auto hook = state.parts.hooks.find(channel);
  ProbePlan plan{channel,
                 *state.parts.channels.at(channel),
                 hook == state.parts.hooks.end() ? std::string() : hook->second,
                 *state.test_client,
                 state.parts.clock.now(),
                 state.parts.clock.moves_by_itself()};
  co_return co_await boost::asio::co_spawn(state.parts.executor, probe_channel(std::move(plan)),
                                           boost::asio::use_awaitable);
}

Task<result<inbox::CatchUp::Caught>> Departures::catch_up(std::string channel) {
  co_return *co_await boost::asio::co_spawn(state_->parts.executor, fetch(*state_->catch_up, std::move(channel)),
                                            boost::asio::use_awaitable);
}

std::map<std::string, outbox::Counters> Departures::counters() const { return state_->outbox->counters(); }
std::map<std::string, std::uint64_t> Departures::links() const { return state_->links->troubles(); }

}  // namespace passerelle
