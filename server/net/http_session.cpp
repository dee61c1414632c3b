#include "net/http_session.hpp"

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/core/demangle.hpp>
#include <exception>

#include "base/log.hpp"
#include "net/tls_layer.hpp"

namespace passerelle::net {
namespace {

// The class only: what() may quote a message or an address.
void log_caught(std::string_view verb, std::string_view route, const std::exception& error) {
  log::error(verb, {{"route", route}, {"class", boost::core::demangle(typeid(error).name())}});
}

HttpResponse no_route(const Router::Match& match) {
  if (match.allow.empty()) return bare(404);
  HttpResponse response = bare(405);
  response.fields.push_back({"Allow", match.allow});
  return response;
}

}  // namespace

Task<void> HttpSession::run(std::shared_ptr<HttpSession> self) {
  try {
    boost::system::error_code ignored;
    self->socket_.set_option(boost::asio::ip::tcp::no_delay(true), ignored);  // a Unix socket knows no such thing
    const bool ready = self->tls_ == nullptr || co_await self->tls_->shake_hands();
    while (ready && co_await self->serve_one()) self->shed_memory();
    if (ready) co_await self->end();
  } catch (const std::exception& error) {
    log_caught("connection_failed", "", error);
  }
  self->close();
  self->start_leaving();  // its place is as good as free: nobody needs to be refused for it
}

Task<bool> HttpSession::serve_one() {
  Verdict verdict;
  Step step = co_await receive_head(verdict);
  if (!step.alive) co_return false;
  if (step.refuse != 0) {
    co_await refuse(step.refuse);
    co_return false;
  }
  const Router::Match match = site_.router.match(request_.method, request_.path());
  if (match.route == nullptr) co_return co_await answer_no_route(match, verdict);
  step = co_await receive_body(verdict);
  if (!step.alive) co_return false;
  if (step.refuse != 0) {
    co_await refuse(step.refuse);
    co_return false;
  }
  common_.requests.fetch_add(1, std::memory_order_relaxed);
  co_return co_await answer(match, verdict.keep_alive);
}

Task<HttpSession::Step> HttpSession::receive_head(Verdict& verdict) {
  HeadScanner scanner(limits_);
  if (arrived().empty())
    start_waiting();
  else
    start_header();
  for (;;) {
    const HeadScanner::State state = scanner.scan(arrived());
    if (state == HeadScanner::State::refused) co_return Step{true, scanner.status()};
    if (state == HeadScanner::State::complete) break;
    if (!co_await receive()) co_return Step{expired_, 408};
    if (phase_ == Phase::waiting) start_header();
  }
  const Step step = judge_head(arrived().substr(0, scanner.size()), verdict);
  begin_ += scanner.size();
  first_ = false;
  co_return step;
}

HttpSession::Step HttpSession::judge_head(std::string_view block, Verdict& verdict) {
  const std::optional<Version> version = read_head(block, request_);
  if (!version) return Step{true, 400};
  verdict = guard(request_, *version, site_.settings, limits_);
  return Step{true, verdict.refuse};
}

Task<HttpSession::Step> HttpSession::receive_body(const Verdict& verdict) {
  const Instant started = std::chrono::steady_clock::now();
  const auto take = [](HttpSession& self, std::size_t length) {
    const std::string_view piece = self.arrived().substr(0, length - self.request_.body.size());
    self.request_.body += piece;
    self.begin_ += piece.size();
  };
  request_.body.clear();
  take(*this, verdict.content_length);
  if (verdict.expects_continue && request_.body.size() < verdict.content_length) {
    out_ = "HTTP/1.1 100 Continue\r\n\r\n";
    if (!co_await write_out()) co_return Step{false};
  }
  while (request_.body.size() < verdict.content_length) {
    // Each byte buys time at the lowest rate allowed, up to the ceiling: a trickle cannot renew itself for ever.
    const auto bought =
        std::chrono::milliseconds(request_.body.size() * 1000 / std::max<std::size_t>(limits_.body_rate, 1));
    enter_phase(Phase::body, started + std::min(limits_.body_time, limits_.body_grace + bought));
    if (!co_await receive()) co_return Step{expired_, gave_way_ ? 503 : 408};
    take(*this, verdict.content_length);
    if (!has_place()) co_return Step{true, 503};
  }
  if (large_) large_->is_whole();
  co_return Step{};
}

// A place is taken by what is really here: a length that is only announced costs us no memory, and keeps nobody out.
bool HttpSession::has_place() {
  const std::size_t most = site_.settings.large_bodies;
  if (most == 0 || request_.body.size() <= limits_.body) return true;
  if (large_) {
    large_->brought(request_.body.size() - limits_.body);
    return true;
  }
  large_.emplace(common_.large_bodies, request_.peer, [this] { give_way(); });
  return large_->enter(most, std::chrono::steady_clock::now());
}

Task<bool> HttpSession::answer(const Router::Match& match, bool keep_alive) {
  const HttpResponse response = co_await handle(match);
  bool written = false;
  const bool go_on = keep_alive && !is_last();
  if (phase_ != Phase::overtime) written = co_await write(response, !go_on);  // else the peer has its 503 already
  report(response, written);
  co_return written&& go_on;
}

Task<HttpResponse> HttpSession::handle(const Router::Match& match) {
  enter_phase(Phase::handling, std::chrono::steady_clock::now() + limits_.handler_time);
  try {
    co_return co_await match.route->handler(request_, match.parameters);
  } catch (const std::exception& error) {
    log_caught("handler_failed", match.route->pattern, error);
  } catch (...) {
    log::error("handler_failed", {{"route", match.route->pattern}, {"class", "unknown"}});
  }
  co_return bare(500);
}

void HttpSession::report(const HttpResponse& response, bool written) {
  if (!response.answered) return;
  try {
    response.answered(written);
  } catch (const std::exception& error) {
    log_caught("answered_failed", "", error);
  }
}

Task<bool> HttpSession::answer_no_route(const Router::Match& match, const Verdict& verdict) {
  const bool go_on = verdict.keep_alive && verdict.content_length == 0 && !is_last();
  const bool written = co_await write(no_route(match), !go_on);
  if (written && verdict.content_length > 0) co_await linger();
  co_return written&& go_on;
}

Task<void> HttpSession::refuse(int status) {
  large_.reset();
  common_.refused.fetch_add(1, std::memory_order_relaxed);
  HttpResponse response = bare(status);
  if (status == 405) response.fields.push_back({"Allow", std::string(allowed_methods)});
  const bool written = co_await write(response, true);
  if (written && !expired_) co_await linger();
}

}  // namespace passerelle::net
