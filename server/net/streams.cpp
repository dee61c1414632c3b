#include "net/streams.hpp"

#include <algorithm>
#include <utility>

#include "net/name_lookup.hpp"
#include "net/outgoing_tls.hpp"

namespace passerelle::net {
namespace {

class TcpStream final : public Stream {
 public:
  TcpStream(std::unique_ptr<HttpConnection> connection, OutgoingTls& tls, std::string host)
      : connection_(std::move(connection)), tls_(tls), host_(std::move(host)) {}

  void set_deadline(std::chrono::milliseconds from_now) override {
    connection_->set_deadline(std::chrono::steady_clock::now() + from_now);
  }

  Task<bool> secure() override {
    connection_->begin_tls(tls_.context());
    co_return co_await connection_->shake_hands(host_);
  }

  Task<bool> write(std::string bytes) override {
    const HttpConnection::Written written = co_await connection_->write(bytes);
    co_return written.all;
  }

  Task<std::string> read() override {
    std::string chunk(4096, '\0');
    const HttpConnection::Read read = co_await connection_->read(chunk.data(), chunk.size());
    chunk.resize(read.bytes);
    co_return chunk;
  }

  bool is_overdue() const override { return connection_->is_overdue(); }

 private:
  std::unique_ptr<HttpConnection> connection_;
  OutgoingTls& tls_;
  std::string host_;
};

}  // namespace

struct TcpStreams::State {
  Executor executor;
  StreamSettings settings;
  Resolver resolver;
  OutgoingTls tls;
};

TcpStreams::TcpStreams(std::unique_ptr<State> state) : state_(std::move(state)) {}

TcpStreams::~TcpStreams() = default;

result<std::unique_ptr<TcpStreams>> TcpStreams::make(Executor executor, StreamSettings settings, Resolver resolver) {
  auto state = std::make_unique<State>();
  state->resolver = resolver ? std::move(resolver) : system_resolver(executor);
  state->executor = std::move(executor);
  state->settings = std::move(settings);
  if (const auto ready = state->tls.trust(state->settings.ca_file); !ready) return ready.error();
  return std::unique_ptr<TcpStreams>(new TcpStreams(std::move(state)));
}

Task<OpenedStream> TcpStreams::open(std::string host, std::uint16_t port, bool tls) {
  State& state = *state_;
  const auto& places = state.settings.places;
  if (std::ranges::find(places, host + ":" + std::to_string(port)) == places.end()) {
    co_return OpenedStream{nullptr, "place not configured"};
  }
  Dialled dialled = co_await dial(state.executor, tls ? &state.tls.context() : nullptr, state.resolver, host, port,
                                  std::chrono::steady_clock::now() + state.settings.connect);
  if (dialled.connection == nullptr) co_return OpenedStream{nullptr, dialled.why};
  co_return OpenedStream{std::make_unique<TcpStream>(std::move(dialled.connection), state.tls, std::move(host)), {}};
}

}  // namespace passerelle::net
