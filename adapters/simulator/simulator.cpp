#include "adapters/simulator/simulator.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <utility>

#include "adapters/json_object.hpp"
#include "adapters/outgoing.hpp"
#include "adapters/settings.hpp"
#include "adapters/signature.hpp"
#include "adapters/text.hpp"
#include "base/url.hpp"
#include "domain/utf8.hpp"

namespace passerelle::adapters::simulator {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_body = 64 * 1024;
constexpr std::size_t longest_id = 64;
constexpr std::int64_t most_parts = 255;

bool is_json(const HttpRequest& request) {
  const std::string_view type = field(request.fields, "Content-Type");
  return same_field_name(type.substr(0, type.find_first_of("; ")), "application/json");
}

std::string word(const json::object& object, std::string_view key) {
  const json::string* text = text_at(object, key);
  return text != nullptr && is_ascii_word(*text, longest_id) ? std::string(*text) : std::string();
}

struct Settings {
  std::string name;
  ApiUrl api;          // base is empty: nothing is sent
  bool apart = false;  // each part of a long text in a request of its own
};

class Simulator final : public Channel {
 public:
  explicit Simulator(Settings settings)
      : settings_(std::move(settings)), path_(hook_path(settings_.name)), status_path_(path_ + "/status") {}

  Traits traits() const override {
    Traits traits;
    traits.inline_replies = true;
    traits.gateway_retries = false;
    traits.authenticated = false;
    traits.sends = !settings_.api.base.empty();
    traits.api_url = settings_.api.base;
    traits.host = traits.sends ? settings_.api.host : "localhost";
    return traits;
  }

  Webhook read(const HttpRequest& request, TimePoint now) const override;
  HttpResponse answer(const Events& events, std::span<const OutboundMessage> inline_replies) const override;
  std::size_t requests(const OutboundMessage& message) const override;
  OutgoingRequest write(const OutboundMessage& message, std::size_t part, TimePoint now) const override;
  Outcome judge(const HttpResponse& response) const override;

 private:
  Webhook read_message(const json::object& body, TimePoint now) const;

  Settings settings_;
  std::string path_;
  std::string status_path_;
};

Webhook read_receipt(const json::object& body) {
  Receipt receipt;
  receipt.ref = word(body, "ref");
  receipt.provider_id = word(body, "id");
  receipt.code = word(body, "code");
  const json::string* state = text_at(body, "state");
  if (receipt.ref.empty() && receipt.provider_id.empty()) return Rejected{400, "fields: ref"};
  if (state == nullptr || !parse_delivery(*state, receipt.state)) return Rejected{400, "fields: state"};
  constexpr std::array told = {Delivery::sent, Delivery::delivered, Delivery::read, Delivery::failed};
  if (std::ranges::find(told, receipt.state) == told.end()) return Rejected{400, "fields: state"};
  if (const json::value* part = body.if_contains("part")) {
    if (!part->is_int64() || part->get_int64() < 0 || part->get_int64() >= most_parts)
      return Rejected{400, "fields: part"};
    receipt.part = static_cast<std::size_t>(part->get_int64());
  }
  const json::value* opted_out = body.if_contains("opted_out");
  receipt.opted_out = opted_out != nullptr && *opted_out == true;
  Events events;
  events.receipts.push_back(std::move(receipt));
  return events;
}

Webhook Simulator::read_message(const json::object& body, TimePoint now) const {
  const json::string* from = text_at(body, "from");
  const json::string* text = text_at(body, "text");
  const std::string id = word(body, "id");
  if (from == nullptr || !is_plain(*from, 128)) return Rejected{400, "fields: from"};
  if (id.empty()) return Rejected{400, "fields: id"};
  if (text == nullptr) return Rejected{400, "fields: text"};
  InboundMessage message;
  message.from = {settings_.name, std::string(*from)};
  message.provider_id = id;
  message.text = valid_utf8(*text);
  message.sent_at = now;
  Events events;
  events.messages.push_back(std::move(message));
  return events;
}

Webhook Simulator::read(const HttpRequest& request, TimePoint now) const {
  if (!request.peer_is_loopback || was_forwarded(request)) return Rejected{403, "not from this machine"};
  if (request.method != "POST") return Rejected{405, "method"};
  const bool is_status = request.path() == status_path_;
  if (!is_status && request.path() != path_) return Rejected{403, "path"};
  // A web page open on this machine cannot send this type without asking us first.
  if (!is_json(request)) return Rejected{415, "type"};
  if (request.body.size() > longest_body) return Rejected{413, "size"};
  boost::system::error_code error;
  const json::value body = json::parse(request.body, error);
  if (error || !body.is_object()) return Rejected{400, "not a JSON object"};
  return is_status ? read_receipt(body.get_object()) : read_message(body.get_object(), now);
}

HttpResponse Simulator::answer(const Events&, std::span<const OutboundMessage> inline_replies) const {
  json::array replies;
  for (const OutboundMessage& reply : inline_replies) {
    replies.push_back(json::object{{"text", valid_utf8(reply.text)}, {"ref", reply.ref}});
  }
  const json::object body{{"replies", std::move(replies)}};
  return {200, {{"Content-Type", "application/json"}}, json::serialize(body)};
}

std::size_t Simulator::requests(const OutboundMessage& message) const {
  return settings_.apart ? std::max<std::size_t>(1, message.parts.size()) : 1;
}

OutgoingRequest Simulator::write(const OutboundMessage& message, std::size_t part, TimePoint) const {
  const bool apart = settings_.apart && message.parts.size() > 1;
  json::object body{{"to", message.to.user},
                    {"text", valid_utf8(apart ? message.parts.at(part) : message.text)},
                    {"ref", message.ref},
                    {"class", to_string(message.message_class)}};
  if (apart) body["part"] = part;
  OutgoingRequest request;
  request.url = settings_.api.base;
  request.fields = {{"Content-Type", "application/json"}};
  request.body = json::serialize(body);
  return request;
}

Outcome Simulator::judge(const HttpResponse& response) const {
  switch (response.status) {
    case 200:
    case 202: return Accepted{word(read_object(response.body).value_or(json::object()), "id")};
    case 400: return Refused{"400"};
    case 410: return OptedOut{};
    default: return judge_status(response);
  }
}

result<std::unique_ptr<Channel>> make(const ChannelSettings& settings) {
  Settings made;
  made.name = settings.name;
  const std::string parts = text_of(settings, "parts", "together");
  if (parts != "together" && parts != "apart") return Error{"parts must be \"together\" or \"apart\"", "parts"};
  made.apart = parts == "apart";
  if (!text_of(settings, "api_url").empty()) {
    const auto api = api_url_of(settings, "");
    if (!api) return api.error();
    if (!is_loopback(api->host))
      return Error{"the simulator sends to this machine only: write http://127.0.0.1:…", "api_url"};
    made.api = *api;
  }
  return std::make_unique<Simulator>(std::move(made));
}

}  // namespace

Gateway gateway() {
  return {
      "simulator",
      {{"api_url", "", "Where messages go that are no replies: a program on this machine. Without it there are none.",
        false, true},
       {"parts", "together", "\"apart\": each segment of a long text in a request of its own."}},
      &make,
      true};
}

}  // namespace passerelle::adapters::simulator
