// A WhatsApp channel, and webhooks to it.
#pragma once

#include <memory>
#include <string>

#include "unit/adapters/graph_fixture.hpp"

namespace passerelle::adapters::whatsapp_test {

using graph_test::now;

inline ChannelSettings settings() {
  ChannelSettings settings = graph_test::common_settings("chat");
  settings.values["phone_number_id"] = "109000000000001";
  return settings;
}

inline std::unique_ptr<Channel> channel(const ChannelSettings& of = settings()) {
  return find_gateway("whatsapp")->make(of).value();
}

inline HttpRequest signed_request(const std::string& body, const std::string& with = graph_test::app_secret) {
  return graph_test::signed_request("chat", body, with);
}

}  // namespace passerelle::adapters::whatsapp_test
