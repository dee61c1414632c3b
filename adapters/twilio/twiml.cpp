#include "adapters/twilio/twiml.hpp"

#include "adapters/text.hpp"

namespace passerelle::adapters::twilio {

HttpResponse twiml(const std::string& status_url, std::span<const OutboundMessage> messages) {
  std::string body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  if (messages.empty()) {
    body += "<Response/>";
  } else {
    constexpr std::size_t around = 128;  // a message
    std::size_t size = around;
    for (const OutboundMessage& message : messages)
      size += around + status_url.size() + message.ref.size() + message.text.size();
    body.reserve(size);
    body += "<Response>";
    for (const OutboundMessage& message : messages) {
      body.append("<Message action=\"").append(xml_escape(status_url + "?ref=" + percent_encode(message.ref)));
      body.append("\">").append(xml_escape(message.text)).append("</Message>");
    }
    body += "</Response>";
  }
  return {200, {{"Content-Type", "text/xml"}}, std::move(body)};
}

}  // namespace passerelle::adapters::twilio
