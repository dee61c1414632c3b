#include "net/name_lookup.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/timer.hpp"
#include "net/address_rule.hpp"

namespace passerelle::net {
namespace {

namespace asio = boost::asio;

struct Lookup {
  explicit Lookup(const Executor& executor) : alarm(executor) {}

  std::vector<std::string> found;
  bool done = false;
  Alarm alarm;
};

// Keeps what it needs to itself: it may end long after the one who asked has left.
Task<void> fill(std::shared_ptr<Lookup> lookup, Resolver resolver, std::string host) {
  lookup->found = co_await resolver(std::move(host));
  lookup->done = true;
  lookup->alarm.ring();
}

Task<std::vector<std::string>> ask_system(Executor executor, std::string host) {
  asio::ip::tcp::resolver resolver(executor);
  boost::system::error_code error;
  const auto answers = co_await resolver.async_resolve(host, "", asio::redirect_error(asio::use_awaitable, error));
  std::vector<std::string> found;
  if (error) co_return found;
  for (const auto& each : answers) found.push_back(each.endpoint().address().to_string());
  co_return found;
}

}  // namespace

Resolver system_resolver(Executor executor) {
  return [executor](std::string host) { return ask_system(executor, std::move(host)); };
}

Task<std::vector<asio::ip::address>> look_up(Executor executor, Resolver resolver, std::string host,
                                             std::chrono::steady_clock::time_point deadline) {
  if (const auto address = literal(host)) co_return std::vector<asio::ip::address>{*address};

  const auto lookup = std::make_shared<Lookup>(executor);
  spawn(executor, fill(lookup, std::move(resolver), std::move(host)));
  while (!lookup->done) {
    const auto left = deadline - std::chrono::steady_clock::now();
    if (left <= std::chrono::steady_clock::duration::zero()) break;
    co_await lookup->alarm.sleep(std::chrono::ceil<std::chrono::milliseconds>(left));
  }
  std::vector<asio::ip::address> addresses;
  for (const std::string& text : lookup->found) {
    if (const auto address = literal(text)) addresses.push_back(*address);
  }
  co_return addresses;
}

}  // namespace passerelle::net
