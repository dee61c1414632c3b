// Requests to gateways: pooled connections, deadlines, verified TLS, and no connection to anywhere but a configured
// origin whose address fits the rule of address_rule.hpp. Redirects are answers like others: nobody follows them.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/transport.hpp"
#include "net/dial.hpp"
#include "net/response_reader.hpp"

namespace passerelle::net {

struct ClientSettings {
  // "https://api.twilio.com", "http://127.0.0.1:13013": scheme, host and port; a path is not looked at.
  std::vector<std::string> origins;
  // "twiliocdn.com": hosts that are not known one by one, as in base/reach.hpp.
  std::vector<std::string> domains;
  std::string ca_file;                       // PEM; empty: the system's certificates
  std::chrono::milliseconds connect{5'000};  // name, connection and TLS handshake together
  std::chrono::milliseconds answer{30'000};  // from the first byte of the request to the last one of the answer
  std::chrono::milliseconds idle{3'000};     // a connection unused for longer is not used again
  std::size_t idle_per_origin = 16;
  ResponseLimits limits;
};

// Lives on one thread: 'executor' is that thread's, and send() is called there. close() before the executor's context
// goes; the client itself goes after the context, because suspended sends refer to it.
class HttpClient final : public Transport {
 public:
  // Errors: an origin that is no http(s) URL, a ca_file that cannot be read.
  static result<std::unique_ptr<HttpClient>> make(Executor executor, ClientSettings settings, Resolver resolver = {});
  ~HttpClient() override;

  Task<Exchange> send(OutgoingRequest request) override;
  void close();  // forgets the idle connections; requests under way are not waited for

  struct Counters {
    std::uint64_t connections = 0, requests = 0, reused = 0, failed = 0;
  };
  Counters counters() const;

 private:
  struct State;
  explicit HttpClient(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace passerelle::net
