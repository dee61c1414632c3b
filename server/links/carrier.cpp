#include "links/carrier.hpp"

#include <string>
#include <utility>

namespace passerelle::links {
namespace {

constexpr int most_steps = 100;
constexpr std::chrono::minutes longest{5};
constexpr std::chrono::seconds handshake{10};
constexpr std::chrono::seconds farewell{2};

struct Line {
  Streams& streams;
  std::unique_ptr<Stream> stream;

  handover::Event broken() const { return handover::Broken{stream->is_overdue() ? "deadline" : "reset"}; }

  Task<handover::Event> act(handover::Connect connect) {
    OpenedStream opened = co_await streams.open(std::move(connect.host), connect.port, connect.tls);
    if (opened.stream == nullptr) co_return handover::Broken{std::move(opened.why)};
    stream = std::move(opened.stream);
    co_return handover::Connected{};
  }

  Task<handover::Event> act(handover::Secure) {
    stream->set_deadline(handshake);
    const bool secured = co_await stream->secure();
    if (!secured) co_return handover::Broken{stream->is_overdue() ? "deadline" : "tls"};
    co_return handover::Secured{};
  }

  Task<handover::Event> act(handover::Talk talk) {
    stream->set_deadline(talk.patience);
    const bool written = talk.bytes.empty() || co_await stream->write(std::move(talk.bytes));
    if (!written) co_return broken();
    std::string bytes = co_await stream->read();
    if (bytes.empty()) co_return broken();
    co_return handover::Arrived{std::move(bytes)};
  }
};

}  // namespace

Task<handover::Over> carry(Streams& streams, std::unique_ptr<Handover> message) {
  Line line{streams, nullptr};
  handover::Event event = handover::Begun{};
  const auto end = std::chrono::steady_clock::now() + longest;
  for (int step = 0; step < most_steps && std::chrono::steady_clock::now() < end; ++step) {
    handover::Action action = message->next(event);
    if (auto* over = std::get_if<handover::Over>(&action)) {
      if (line.stream != nullptr && !over->farewell.empty()) {
        line.stream->set_deadline(farewell);
        co_await line.stream->write(over->farewell);
      }
      co_return std::move(*over);
    }
    if (auto* connect = std::get_if<handover::Connect>(&action))
      event = co_await line.act(std::move(*connect));
    else if (auto* talk = std::get_if<handover::Talk>(&action))
      event = co_await line.act(std::move(*talk));
    else
      event = co_await line.act(handover::Secure{});
  }
  event = handover::Broken{"no end"};
  handover::Action last = message->next(event);
  if (auto* over = std::get_if<handover::Over>(&last)) co_return std::move(*over);
  co_return handover::Over{Ambiguous{"no end"}, false};
}

}  // namespace passerelle::links
