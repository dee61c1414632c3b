#include "outbox/ask_for_token.hpp"

#include "base/log.hpp"

namespace passerelle::outbox {
namespace {

struct Heard {
  SignIn& sign_in;
  TimePoint asked, now;
  double random;
  const std::string& channel;

  std::string operator()(Token& token) const {
    log::info("outbox.signed_in", {{"ch", channel}, {"seconds", token.lifetime.count()}});
    sign_in.got(std::move(token), asked, now);
    return {};
  }
  std::string operator()(RetryLater& later) const {
    fail(later.after, later.why);
    return {};
  }
  std::string operator()(Misconfigured& wrong) const {
    fail(std::chrono::seconds(0), wrong.why);
    return "sign_in " + wrong.why;
  }
  void fail(std::chrono::seconds after, const std::string& why) const {
    log::warning("outbox.no_token", {{"ch", channel}, {"why", why}});
    sign_in.failed(after, now, random);
  }
};

}  // namespace

Task<std::string> ask_for_token(Desk desk, SignIn& sign_in, double random) {
  const TimePoint asked = desk.clock.now();
  Exchange exchange = co_await desk.transport.send(desk.channel.sign_in(asked));
  SignInAnswer answer = RetryLater{};
  if (const auto* response = std::get_if<HttpResponse>(&exchange))
    answer = desk.channel.read_sign_in(*response);
  else
    answer = RetryLater{{}, std::get<NoResponse>(exchange).why};
  co_return std::visit(Heard{sign_in, asked, desk.clock.now(), random, desk.name}, answer);
}

}  // namespace passerelle::outbox
