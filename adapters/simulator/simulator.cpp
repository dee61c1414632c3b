#include "adapters/simulator/simulator.hpp"

#include <boost/json.hpp>
#include <utility>

#include "adapters/signature.hpp"
#include "adapters/text.hpp"
#include "domain/utf8.hpp"

namespace passerelle::adapters::simulator {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_body = 64 * 1024;

bool is_json(const HttpRequest& request) {
  const std::string_view type = field(request.fields, "Content-Type");
  return same_field_name(type.substr(0, type.find_first_of("; ")), "application/json");
}

// The text of a member; the outer 'key' names itself in the refusal.
const json::string* member(const json::object& object, std::string_view key) {
  const json::value* found = object.if_contains(key);
  return found == nullptr ? nullptr : found->if_string();
}

class Simulator final : public Channel {
 public:
  explicit Simulator(std::string name) : name_(std::move(name)), path_(hook_path(name_)) {}

  Traits traits() const override {
    Traits traits;
    traits.inline_replies = true;
    traits.gateway_retries = false;
    traits.authenticated = false;
    traits.host = "localhost";
    return traits;
  }

  Webhook read(const HttpRequest& request, TimePoint now) const override;
  HttpResponse answer(const Events& events, std::span<const OutboundMessage> inline_replies) const override;

 private:
  std::string name_;
  std::string path_;
};

Webhook Simulator::read(const HttpRequest& request, TimePoint now) const {
  if (!request.peer_is_loopback || was_forwarded(request)) return Rejected{403, "not from this machine"};
  if (request.method != "POST") return Rejected{405, "method"};
  if (request.path() != path_) return Rejected{403, "path"};
  // A web page open on this machine cannot send this type without asking us first.
  if (!is_json(request)) return Rejected{415, "type"};
  if (request.body.size() > longest_body) return Rejected{413, "size"};
  boost::system::error_code error;
  const json::value body = json::parse(request.body, error);
  if (error || !body.is_object()) return Rejected{400, "not a JSON object"};
  const json::string* from = member(body.as_object(), "from");
  const json::string* text = member(body.as_object(), "text");
  const json::string* id = member(body.as_object(), "id");
  if (from == nullptr || !is_plain(*from, 128)) return Rejected{400, "fields: from"};
  if (id == nullptr || !is_ascii_word(*id, 64)) return Rejected{400, "fields: id"};
  if (text == nullptr) return Rejected{400, "fields: text"};
  InboundMessage message;
  message.from = {name_, std::string(*from)};
  message.provider_id = *id;
  message.text = valid_utf8(*text);
  message.sent_at = now;
  Events events;
  events.messages.push_back(std::move(message));
  return events;
}

HttpResponse Simulator::answer(const Events&, std::span<const OutboundMessage> inline_replies) const {
  json::array replies;
  for (const OutboundMessage& reply : inline_replies) {
    replies.push_back(json::object{{"text", valid_utf8(reply.text)}, {"ref", reply.ref}});
  }
  const json::object body{{"replies", std::move(replies)}};
  return {200, {{"Content-Type", "application/json"}}, json::serialize(body)};
}

result<std::unique_ptr<Channel>> make(const ChannelSettings& settings) {
  return std::make_unique<Simulator>(settings.name);
}

}  // namespace

Gateway gateway() { return {"simulator", {}, &make, true}; }

}  // namespace passerelle::adapters::simulator
