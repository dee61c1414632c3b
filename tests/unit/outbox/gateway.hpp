// A gateway in memory for the tests of what leaves: its channel, and a transport that does what a test tells it to.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/timer.hpp"
#include "base/transport.hpp"
#include "channel/channel.hpp"

namespace passerelle::outbox {

inline constexpr std::string_view api_url = "http://127.0.0.1:9";

// A request is the message's ref and part; an answer is judged by its status alone.
class GatewayChannel final : public Channel {
 public:
  struct Manner {
    bool takes_reference = false;
    bool by_parts = false;  // one request for each part
    std::string api = std::string(api_url);
    bool signs_in = false;  // at /token: a 200's body is the token of an hour, a 400 refuses the account
  };
  GatewayChannel() = default;
  explicit GatewayChannel(Manner manner) : manner_(std::move(manner)) {}

  Traits traits() const override {
    Traits traits;
    traits.sends = true;
    traits.takes_reference = manner_.takes_reference;
    traits.api_url = manner_.api;
    if (manner_.signs_in) traits.sign_in_url = manner_.api + "/token";
    return traits;
  }
  Webhook read(const HttpRequest&, TimePoint) const override { return Rejected{}; }
  HttpResponse answer(const Events&, std::span<const OutboundMessage>) const override { return {}; }

  std::size_t requests(const OutboundMessage& message) const override {
    return manner_.by_parts ? message.parts.size() : 1;
  }
  OutgoingRequest write(const OutboundMessage& message, std::size_t part, TimePoint) const override {
    return {"POST", manner_.api + "/send", {{"X-Part", std::to_string(part)}}, message.ref};
  }
  OutgoingRequest sign_in(TimePoint) const override {
    return {"POST", manner_.api + "/token", {{"X-Part", "0"}}, "sign-in"};
  }
  SignInAnswer read_sign_in(const HttpResponse& response) const override {
    if (response.status == 200) return Token{Secret(response.body), std::chrono::hours(1)};
    if (response.status == 400) return Misconfigured{"400"};
    return RetryLater{std::chrono::seconds(0), std::to_string(response.status)};
  }
  void add_token(OutgoingRequest& request, const Secret& token) const override {
    request.fields.push_back({"Authorization", std::string(token.reveal())});
  }
  Outcome judge(const HttpResponse& response) const override {
    const std::string why = std::to_string(response.status);
    switch (response.status) {
      case 200: return Accepted{response.body};
      case 400: return Refused{"21211"};
      case 401: return Misconfigured{"20003"};
      case 410: return OptedOut{};
      case 504: return Ambiguous{why};
      default: break;
    }
    const std::string after(field(response.fields, "Retry-After"));
    return RetryLater{std::chrono::seconds(after.empty() ? 0 : std::stoi(after)), why};
  }

 private:
  Manner manner_;
};

inline HttpResponse status(int code, std::vector<HttpField> fields = {}) {
  return {code, std::move(fields), code == 200 ? "SM" : ""};
}

// Remembers every request with its time; the script answers. Runs on the test's thread.
class ScriptedTransport final : public Transport {
 public:
  struct Request {
    std::string ref;
    std::size_t part = 0;
    TimePoint at{};
    std::string carried = {};
  };
  // 'earlier': how many requests there were of the same ref and part.
  using Script = std::function<Exchange(const Request&, std::size_t earlier)>;

  explicit ScriptedTransport(const Clock& clock) : clock_(clock) {}

  Task<Exchange> send(OutgoingRequest outgoing) override {
    const Request request{outgoing.body, std::stoul(std::string(field(outgoing.fields, "X-Part"))), clock_.now(),
                          std::string(field(outgoing.fields, "Authorization"))};
    requests.push_back(request);
    const std::size_t earlier = seen_[request.ref + "/" + std::to_string(request.part)]++;
    most_at_once = std::max(most_at_once, ++at_once);
    Exchange exchange = script(request, earlier);
    while (held.contains(request.ref) || hold_all) co_await wait_for(std::chrono::milliseconds(1));
    --at_once;
    co_return exchange;
  }

  std::size_t times(const std::string& ref) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(requests, [&](const Request& request) { return request.ref == ref; }));
  }

  Script script = [](const Request& request, std::size_t) { return HttpResponse{200, {}, "SM" + request.ref}; };
  std::set<std::string> held;  // their answers wait
  bool hold_all = false;
  std::vector<Request> requests;
  std::size_t at_once = 0, most_at_once = 0;

 private:
  const Clock& clock_;
  std::map<std::string, std::size_t> seen_;
};

}  // namespace passerelle::outbox
