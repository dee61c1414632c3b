#include "net/dial.hpp"

#include <utility>

#include "net/address_rule.hpp"
#include "net/name_lookup.hpp"

namespace passerelle::net {

// Each address gets its share of the time that is left: one that swallows packets (a broken IPv6 route) must not keep
// us from the others.
Task<Dialled> dial(Executor executor, boost::asio::ssl::context* tls, Resolver resolver, std::string host,
                   std::uint16_t port, std::chrono::steady_clock::time_point deadline) {
  auto addresses = co_await look_up(executor, std::move(resolver), host, deadline);
  std::string why = addresses.empty() ? "no address" : "address not allowed";
  std::erase_if(addresses, [&](const auto& address) { return !may_connect(host, address); });
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    const auto now = std::chrono::steady_clock::now();
    if (now >= deadline) co_return Dialled{nullptr, "deadline"};
    auto connection = std::make_unique<HttpConnection>(executor, tls);
    connection->set_deadline(now + (deadline - now) / static_cast<int>(addresses.size() - i));
    const bool reached = co_await connection->connect({addresses[i], port});
    const bool secured = reached && (tls == nullptr || co_await connection->shake_hands(host));
    if (secured) co_return Dialled{std::move(connection), {}};
    why = connection->is_overdue() ? "deadline" : reached ? "tls" : "connect";
  }
  co_return Dialled{nullptr, why};
}

}  // namespace passerelle::net
