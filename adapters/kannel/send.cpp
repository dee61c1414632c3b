#include "adapters/kannel/send.hpp"

#include <cassert>
#include <stdexcept>

#include "adapters/outgoing.hpp"
#include "base/crypto.hpp"

namespace passerelle::adapters::kannel {
namespace {

constexpr std::size_t most_parts = 255;
constexpr std::string_view not_routable = "Not routable";

// bearerbox's queue takes the higher number first.
std::string_view priority(MessageClass message_class) {
  switch (message_class) {
    case MessageClass::crisis: return "3";
    case MessageClass::reply: return "2";
    case MessageClass::reminder: return "1";
    case MessageClass::shift: return "0";
    case MessageClass::notice: return "0";
  }
  return "0";
}

std::string hex_byte(std::size_t value) { return crypto::hex(std::string(1, static_cast<char>(value))); }

// 3GPP TS 23.040, 9.2.3.24.1: the parts of a text share a number, which a phone joins them by. Made from our reference,
// so that a part which is sent again fits the others.
std::string concatenation(const OutboundMessage& message, std::size_t part) {
  const std::string shared = crypto::hex(crypto::sha256(message.ref)).substr(0, 2);
  return "050003" + shared + hex_byte(message.parts.size()) + hex_byte(part + 1);
}

// A space would make several receivers of one.
std::string receiver(std::string user) {
  std::erase(user, ' ');
  return user;
}

// Kannel fills in %d and %A; everything else in the URL is free of '%'.
std::string report_url(const Line& line, const OutboundMessage& message, std::optional<std::size_t> part) {
  const std::string which = part ? "&part=" + std::to_string(*part) : "";
  return line.report_url + "?ref=" + message.ref + which + "&type=%d&reply=%A";
}

}  // namespace

bool is_parted(const OutboundMessage& message) { return message.parts.size() > 1; }

OutgoingRequest send_request(const Line& line, const OutboundMessage& message, std::size_t part, TimePoint now) {
  const bool parted = is_parted(message);
  if (message.text.empty() || message.parts.size() > most_parts) throw std::logic_error("no text for one message");
  assert(part < (parted ? message.parts.size() : 1));
  OutgoingRequest request;
  request.url = line.api_url + "/cgi-bin/sendsms";
  request.fields = {{"Content-Type", "text/plain; charset=UTF-8"},
                    {"X-Kannel-Username", line.username},
                    {"X-Kannel-Password", std::string(line.password.reveal())},
                    {"X-Kannel-From", line.from},
                    {"X-Kannel-To", receiver(message.to.user)},
                    {"X-Kannel-Coding", message.encoding == Encoding::ucs2 ? "2" : "0"},
                    {"X-Kannel-Priority", std::string(priority(message.message_class))},
                    {"X-Kannel-DLR-Mask", "31"},
                    {"X-Kannel-DLR-Url", report_url(line, message, parted ? std::optional(part) : std::nullopt)}};
  if (!line.smsc.empty()) request.fields.push_back({"X-Kannel-SMSC", line.smsc});
  if (const auto left = time_left(message, now)) {
    const auto minutes = std::max<std::int64_t>(1, std::chrono::floor<std::chrono::minutes>(*left).count());
    request.fields.push_back({"X-Kannel-Validity", std::to_string(minutes)});
  }
  if (parted) request.fields.push_back({"X-Kannel-UDH", concatenation(message, part)});
  request.body = parted ? message.parts[part] : message.text;
  return request;
}

Outcome judge_answer(const HttpResponse& response) {
  const std::string why = std::to_string(response.status);
  switch (response.status) {
    case 202: return Accepted{};  // "0: Accepted for delivery", "3: Queued for later delivery": no id in either
    case 400: return Refused{why};
    case 403:  // no line of bearerbox takes this number; otherwise the user, the password or our address
      if (response.body.starts_with(not_routable)) return Refused{"not_routable"};
      return Misconfigured{why};
    default: return judge_status(response);
  }
}

}  // namespace passerelle::adapters::kannel
