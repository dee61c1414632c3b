// What the fuzz targets of gateways with signed JSON webhooks have in common: strangers' bytes are refused, whatever
// bears a good signature is read within bounds, and every answer to a message of ours has a meaning that can be logged.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/registry.hpp"
#include "adapters/text.hpp"
#include "domain/utf8.hpp"
#include "outcome_check.hpp"

namespace passerelle::fuzz {

// A channel whose secrets are all "secret".
inline std::unique_ptr<Channel> make_channel(const std::string& gateway, std::map<std::string, std::string> values,
                                             std::initializer_list<const char*> secrets) {
  adapters::ChannelSettings settings;
  settings.name = "chat";
  settings.callback_url = "https://chat.example.org/hooks/chat";
  settings.values = std::move(values);
  for (const char* key : secrets) settings.secrets.emplace(key, Secret("secret"));
  return adapters::find_gateway(gateway)->make(settings).value();
}

struct Bounds {
  std::size_t longest_user = 64;
  std::size_t longest_id = 256;
  std::size_t most_attachments = 10;
  std::string_view media = "https://";  // how every attachment's address begins
  bool users_are_words = false;         // letters, digits, '-' and '_'
};

inline void check_events(const Channel& channel, const Events& events, const Bounds& bounds) {
  for (const InboundMessage& message : events.messages) {
    const std::string& user = message.from.user;
    require(is_utf8(message.text) && adapters::is_plain(user, bounds.longest_user));
    require(!bounds.users_are_words || adapters::is_ascii_word(user, bounds.longest_user));
    require(adapters::is_plain(message.provider_id, bounds.longest_id) && message.sent_at <= TimePoint());
    require(message.attachments.size() <= bounds.most_attachments);
    for (const Attachment& one : message.attachments) require(one.url.starts_with(bounds.media));
  }
  for (const Receipt& receipt : events.receipts) {
    require(adapters::is_plain(receipt.provider_id, bounds.longest_id));
    require(receipt.ref.size() <= 64 && receipt.code.size() <= 16);
  }
  require(channel.answer(events, {}).body.empty());
}

// 'signature' is the good one for this body. Returns the request, for what a target tries beside.
inline HttpRequest try_webhook(const Channel& channel, std::string_view body, const std::string& header,
                               const std::string& signature, const Bounds& bounds) {
  HttpRequest request;
  request.method = "POST";
  request.target = "/hooks/chat";
  request.body = body;
  request.fields = {{header, request.body}};
  require(std::holds_alternative<Rejected>(channel.read(request, TimePoint())));
  request.fields = {{header, signature}};
  const Webhook webhook = channel.read(request, TimePoint());
  if (const auto* events = std::get_if<Events>(&webhook)) check_events(channel, *events, bounds);
  for (const int status : {200, 400, 401, 429, 503})
    std::visit(CanBeLogged{}, channel.judge({status, {}, request.body}));
  return request;
}

}  // namespace passerelle::fuzz
