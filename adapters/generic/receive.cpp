#include <algorithm>

#include "adapters/generic/translate.hpp"
#include "adapters/signature.hpp"
#include "adapters/text.hpp"
#include "base/url.hpp"

namespace passerelle::adapters::generic {
namespace {

constexpr std::size_t longest_id = 128;
constexpr std::size_t longest_address = 128;
constexpr std::size_t longest_url = 2048;
constexpr std::size_t longest_code = 40;
constexpr std::size_t most_media = 10;
constexpr std::string_view telephone = "tel:";

// "33612345678" and "tel:+336…" are the number "+336…"; short codes and names stay as they are.
std::string address_of(std::string text, bool telephones) {
  if (!telephones) return text;
  if (text.starts_with(telephone)) text.erase(0, telephone.size());
  const bool digits = text.find_first_not_of("0123456789") == std::string::npos;
  const bool is_msisdn = digits && text.size() >= 9 && text.size() <= 15 && text.front() != '0';
  return is_msisdn ? "+" + text : text;
}

// Where the gateway gives no id: two texts of the same words at the same time are one.
std::string made_id(const std::string& from, const std::string& when, const std::string& text) {
  return crypto::hex(crypto::sha256(from + '\0' + when + '\0' + text)).substr(0, 40);
}

bool is_own_host(std::string_view url, const std::vector<std::string>& hosts) {
  const auto read = read_url(url);
  if (!read || !read->is_https) return false;
  return std::ranges::any_of(
      hosts, [&](const std::string& host) { return read->host == host || read->host.ends_with("." + host); });
}

std::vector<Attachment> attachments(const InboundPlan& plan, const Event& event) {
  std::vector<Attachment> found;
  for (const std::string& url : all(event, plan.media)) {
    if (found.size() < most_media && is_plain(url, longest_url) && is_own_host(url, plan.media_hosts))
      found.push_back({url, ""});
  }
  return found;
}

std::optional<InboundMessage> message_of(const Plan& plan, const std::string& channel, const Event& event,
                                         TimePoint now) {
  const InboundPlan& inbound = plan.inbound;
  const std::string from = address_of(first(event, inbound.from), plan.telephones);
  const std::string when = first(event, inbound.time);
  InboundMessage message;
  message.from = {channel, from};
  message.text = first(event, inbound.text);
  message.provider_id = first(event, inbound.id);
  if (message.provider_id.empty() && !when.empty()) message.provider_id = made_id(from, when, message.text);
  if (!is_plain(from, longest_address) || !is_plain(message.provider_id, longest_id)) return std::nullopt;
  message.sent_at = std::min(read_moment(when, inbound.time_is_utc).value_or(now), now);
  message.attachments = attachments(inbound, event);
  if (message.text.empty() && !message.attachments.empty()) message.kind = InboundMessage::Kind::media;
  return message;
}

// Nothing where the status is of no use to us, or names no message.
std::optional<Receipt> receipt_of(const ReceiptPlan& plan, const Event& event) {
  const std::string status = first(event, plan.status);
  const auto state = std::ranges::find(plan.states, status, &std::pair<std::string, Delivery>::first);
  Receipt receipt;
  receipt.ref = first(event, plan.ref);
  receipt.provider_id = first(event, plan.id);
  if (!is_ascii_word(receipt.ref, 64)) receipt.ref.clear();
  if (!is_plain(receipt.provider_id, longest_id)) receipt.provider_id.clear();
  if (state == plan.states.end() || (receipt.ref.empty() && receipt.provider_id.empty())) return std::nullopt;
  receipt.state = state->second;
  const std::string code = first(event, plan.code);
  const auto stopped = [&](const std::string& word) {
    return std::ranges::find(plan.opted_out, word) != plan.opted_out.end();
  };
  receipt.opted_out = stopped(code) || stopped(status);
  if (receipt.state == Delivery::failed) receipt.code = is_ascii_word(code, longest_code) ? code : "";
  return receipt;
}

std::vector<Event> chosen(const EventPlan& plan, const Arrived& arrived) {
  std::vector<Event> events = events_at(arrived, plan.events, plan.format);
  if (plan.only) std::erase_if(events, [&](const Event& event) { return !holds(*plan.only, event); });
  return events;
}

}  // namespace

Webhook read_events(const Plan& plan, const std::string& channel, const HttpRequest& request, bool is_status,
                    TimePoint now) {
  const bool receipts = plan.receipt.present && (is_status || plan.receipt.only);
  const bool messages = plan.inbound.present && !is_status;
  if (!receipts && !messages) return Rejected{404, "path"};
  Events events;
  bool readable = false;
  std::size_t unusable = 0;
  if (receipts) {
    if (const auto arrived = read_request(request, plan.receipt.format, plan.receipt.charset)) {
      readable = true;
      for (const Event& event : chosen(plan.receipt, *arrived)) {
        if (auto receipt = receipt_of(plan.receipt, event))
          events.receipts.push_back(std::move(*receipt));
        else
          ++events.ignored;
      }
    }
  }
  const bool all_receipts = !events.receipts.empty() || events.ignored > 0;
  if (messages) {
    if (const auto arrived = read_request(request, plan.inbound.format, plan.inbound.charset)) {
      readable = true;
      for (const Event& event : chosen(plan.inbound, *arrived)) {
        // Without 'only' of its own, what is a receipt is no message.
        if (!plan.inbound.only && all_receipts) break;
        if (plan.inbound.opted_out && holds(*plan.inbound.opted_out, event)) {
          std::string from = address_of(first(event, plan.inbound.from), plan.telephones);
          if (is_plain(from, longest_address))
            events.opted_out.push_back({channel, std::move(from)});
          else
            ++unusable;
          continue;
        }
        auto message = message_of(plan, channel, event, now);
        if (!message)
          ++unusable;
        else if (message->text.empty() && message->attachments.empty())
          ++events.ignored;
        else
          events.messages.push_back(std::move(*message));
      }
    }
  }
  if (!readable) return Rejected{400, "body"};
  // One event that lacks its sender does not hide the others.
  const bool nothing = events.messages.empty() && events.receipts.empty() && events.opted_out.empty();
  if (unusable > 0 && nothing) return Rejected{400, "fields"};
  events.ignored += static_cast<std::uint32_t>(unusable);
  if (nothing && events.ignored == 0) events.ignored = 1;
  return events;
}

}  // namespace passerelle::adapters::generic
