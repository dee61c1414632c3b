#include "adapters/signal/receiving.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <deque>
#include <optional>
#include <utility>

#include "adapters/json_fields.hpp"

namespace passerelle::adapters::signal {
namespace {

namespace json = boost::json;
using std::chrono::seconds;

// While signal-cli waits for messages it sends none, and it waits this long after each that arrives.
constexpr int patience = 1;
constexpr std::size_t most_kept = 50;  // in one transaction, where it gave more than it was asked for
constexpr std::size_t longest_body = 4 * 1024 * 1024;
constexpr seconds first_back_off{1};
constexpr seconds longest_back_off{60};
constexpr seconds refusal_rest{300};

bool says(const json::object& answer, std::string_view words) {
  return view_at(answer, "error").find(words) != std::string_view::npos;
}

class Receiving final : public Link {
 public:
  Receiving(Account account, Access access, int at_once)
      : account_(std::move(account)), access_(std::move(access)), at_once_(at_once) {}

  link::Action next(const link::Event& event, TimePoint now) override {
    if (const auto* answered = std::get_if<link::Answered>(&event)) return read(answered->response, now);
    if (const auto* nothing = std::get_if<link::Unanswered>(&event)) return back_off(nothing->why);
    if (std::holds_alternative<link::NotKept>(event)) return back_off("not_stored");
    if (std::holds_alternative<link::Kept>(event)) {
      held_.pop_front();
      troubles_ = 0;
    }
    return go_on();
  }

 private:
  link::Action go_on() {
    if (!held_.empty()) return held_.front();
    OutgoingRequest request;
    request.method = "GET";
    request.url = account_.api_url + "/v1/receive/" + percent_encode(account_.number) +
                  "?timeout=" + std::to_string(patience) + "&max_messages=" + std::to_string(at_once_) +
                  "&ignore_stories=true";
    request.fields = fields_for(access_);
    return link::Ask{std::move(request)};
  }

  link::Action read(const HttpResponse& response, TimePoint now) {
    if (response.status != 200) return refused(response);
    if (response.body.size() > longest_body) return back_off("too_long");
    const auto list = read_array(response.body);
    if (!list) return back_off("no_list");
    troubles_ = 0;
    Events events;
    for (const json::value& value : *list) {
      if (const json::object* received = value.if_object()) read_envelope(account_, *received, now, events);
      if (events.messages.size() >= most_kept || events.receipts.size() >= most_kept) hold(events);
    }
    hold(events);
    return go_on();
  }

  void hold(Events& events) {
    if (events.messages.empty() && events.receipts.empty()) return;
    held_.push_back({std::move(events.messages), std::move(events.receipts)});
    events = {};
  }

  link::Action refused(const HttpResponse& response) {
    const std::string why = std::to_string(response.status);
    const auto answer = read_object(response.body);
    if (response.status == 401 || response.status == 403)
      return link::Rest{refusal_rest, why, "the proxy in front of signal-cli-rest-api refuses username and password"};
    if (response.status == 404)
      return link::Rest{refusal_rest, why, "api_url leads to something else than signal-cli-rest-api"};
    // In that mode the same address is a WebSocket, and whatever asks otherwise is refused without JSON.
    if (response.status == 400 && !answer) {
      return link::Rest{refusal_rest, "wrong_mode",
                        "signal-cli-rest-api seems to run with MODE=json-rpc, where it cannot be asked; run it with "
                        "MODE=native or normal, or set receive = \"webhook\" and its RECEIVE_WEBHOOK_URL"};
    }
    if (response.status == 400 &&
        (says(*answer, "not registered") || says(*answer, "does not exist") || says(*answer, "Authorization failed"))) {
      return link::Rest{refusal_rest, "not_registered",
                        "Signal does not know our number any more, or this device was unlinked; register or link it "
                        "again (the gateway's README shows how)"};
    }
    return back_off(why);
  }

  link::Action back_off(const std::string& why) {
    seconds time = first_back_off;
    for (int i = 0; i < troubles_ && time < longest_back_off; ++i) time *= 2;
    ++troubles_;
    return link::Rest{std::min(time, longest_back_off), why};
  }

  Account account_;
  Access access_;
  int at_once_;
  std::deque<link::Keep> held_;  // the gateway has forgotten it; the first is offered until it is committed
  int troubles_ = 0;             // in a row
};

}  // namespace

std::unique_ptr<Link> make_receiving(Account account, Access access, int at_once) {
  return std::make_unique<Receiving>(std::move(account), std::move(access), at_once);
}

}  // namespace passerelle::adapters::signal
