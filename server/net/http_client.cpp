#include "net/http_client.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>

#include "base/reach.hpp"
#include "base/url.hpp"
#include "net/dial.hpp"
#include "net/http_connection.hpp"
#include "net/name_lookup.hpp"
#include "net/outgoing.hpp"
#include "net/outgoing_tls.hpp"

namespace passerelle::net {
namespace {

namespace asio = boost::asio;
using SteadyClock = std::chrono::steady_clock;
using Connection = std::unique_ptr<HttpConnection>;

asio::ip::port_type port_number(const WebUrl& url) { return static_cast<asio::ip::port_type>(std::stoi(port_of(url))); }

}  // namespace

struct HttpClient::State {
  State(Executor its_executor, ClientSettings agreed, Resolver its_resolver)
      : executor(std::move(its_executor)), settings(std::move(agreed)), resolver(std::move(its_resolver)) {
    if (!resolver) resolver = system_resolver(executor);
  }

  bool is_configured(const WebUrl& url) const {
    const auto known = std::find(origins.begin(), origins.end(), origin_of(url));
    return known != origins.end() || reaches({{}, settings.domains}, url);
  }

  // The one used last: it is the least likely to have been closed by the gateway.
  Connection take_idle(const std::string& origin) {
    if (settings.idle_per_origin == 0) return nullptr;
    std::deque<Connection>& resting = idle[origin];
    const auto oldest = SteadyClock::now() - settings.idle;
    while (!resting.empty()) {
      Connection connection = std::move(resting.back());
      resting.pop_back();
      if (connection->idle_since() > oldest && connection->is_quiet()) return connection;
    }
    return nullptr;
  }

  void keep(const std::string& origin, Connection connection) {
    if (closed || settings.idle_per_origin == 0) return;
    connection->rest();
    std::deque<Connection>& resting = idle[origin];
    resting.push_back(std::move(connection));
    if (resting.size() > settings.idle_per_origin) resting.pop_front();
  }

  Executor executor;
  ClientSettings settings;
  Resolver resolver;
  std::vector<std::string> origins;
  OutgoingTls tls;
  std::map<std::string, std::deque<Connection>> idle;
  Counters counters;
  bool closed = false;
};

namespace {

// Nothing: the reader is complete. Otherwise, how far things went.
Task<std::optional<NoResponse>> exchange(HttpConnection& connection, std::string bytes, ResponseReader& reader) {
  const HttpConnection::Written written = co_await connection.write(bytes);
  if (!written.all) co_return NoResponse{written.bytes > 0, connection.is_overdue() ? "deadline" : "reset"};
  std::string chunk(16 * 1024, '\0');
  for (;;) {
    const HttpConnection::Read read = co_await connection.read(chunk.data(), chunk.size());
    auto state = ResponseReader::State::more;
    if (read.bytes > 0) state = reader.take(std::string_view(chunk).substr(0, read.bytes));
    if (read.end) state = reader.end();
    if (state == ResponseReader::State::complete) co_return std::nullopt;
    if (state == ResponseReader::State::broken)
      co_return NoResponse{true, std::string(reader.too_long() ? too_long_answer : "broken answer")};
    if (read.bytes == 0) co_return NoResponse{true, connection.is_overdue() ? "deadline" : "reset"};
  }
}

}  // namespace

HttpClient::HttpClient(std::unique_ptr<State> state) : state_(std::move(state)) {}

HttpClient::~HttpClient() = default;

result<std::unique_ptr<HttpClient>> HttpClient::make(Executor executor, ClientSettings settings, Resolver resolver) {
  auto state = std::make_unique<State>(std::move(executor), std::move(settings), std::move(resolver));
  for (const std::string& text : state->settings.origins) {
    const auto url = read_url(text);
    if (!url) return Error{"'" + text + "' is not an http:// or https:// address", ""};
    state->origins.push_back(origin_of(*url));
  }
  if (const auto ready = state->tls.trust(state->settings.ca_file); !ready) return ready.error();
  return std::unique_ptr<HttpClient>(new HttpClient(std::move(state)));
}

Task<Exchange> HttpClient::send(OutgoingRequest request) {
  State& state = *state_;
  ++state.counters.requests;
  const auto url = read_url(request.url);
  std::string bytes;
  if (!url || !state.is_configured(*url)) co_return NoResponse{false, "origin not configured"};
  if (state.closed || !write_request(request, *url, bytes)) co_return NoResponse{false, "request"};
  const std::string origin = origin_of(*url);
  Connection connection = state.take_idle(origin);
  if (connection != nullptr) {
    ++state.counters.reused;
  } else {
    ++state.counters.connections;
    Dialled fresh = co_await dial(state.executor, url->is_https ? &state.tls.context() : nullptr, state.resolver,
                                  url->host, port_number(*url), SteadyClock::now() + state.settings.connect);
    connection = std::move(fresh.connection);
    if (connection == nullptr) {
      ++state.counters.failed;
      co_return NoResponse{false, fresh.why};
    }
  }
  connection->set_deadline(SteadyClock::now() + state.settings.answer);
  ResponseReader reader(state.settings.limits);
  if (const auto failure = co_await exchange(*connection, std::move(bytes), reader)) {
    ++state.counters.failed;
    co_return *failure;
  }
  if (reader.keeps_alive()) state.keep(origin, std::move(connection));
  co_return reader.response();
}

void HttpClient::close() {
  state_->closed = true;
  state_->idle.clear();
}

HttpClient::Counters HttpClient::counters() const { return state_->counters; }

}  // namespace passerelle::net
