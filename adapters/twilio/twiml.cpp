#include "adapters/twilio/twiml.hpp"

#include "adapters/text.hpp"

namespace passerelle::adapters::twilio {

HttpResponse twiml(const std::string& status_url, std::span<const OutboundMessage> messages) {
  std::string body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  if (messages.empty()) {
    body += "<Response/>";
  } else {
    body += "<Response>";
    for (const OutboundMessage& message : messages) {
      body += "<Message action=\"" + xml_escape(status_url + "?ref=" + percent_encode(message.ref)) + "\">";
      body += xml_escape(message.text) + "</Message>";
    }
    body += "</Response>";
  }
  return {200, {{"Content-Type", "text/xml"}}, std::move(body)};
}

}  // namespace passerelle::adapters::twilio
