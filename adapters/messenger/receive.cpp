#include "adapters/messenger/receive.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <optional>
#include <utility>

#include "adapters/json_fields.hpp"
#include "adapters/json_object.hpp"
#include "adapters/pressed.hpp"
#include "adapters/text.hpp"
#include "base/crypto.hpp"
#include "base/url.hpp"
#include "domain/utf8.hpp"

namespace passerelle::adapters::messenger {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_id = 256;  // of a message: "m_" and about a hundred letters
constexpr std::size_t longest_user = 64;
constexpr std::size_t longest_ref = 64;
constexpr std::size_t most_media = 10;
constexpr std::size_t most_mids = 500;
constexpr std::size_t longest_url = 2048;
constexpr auto media_hosts = std::to_array<std::string_view>({".fbcdn.net", ".fbsbx.com"});
// The thumb beside the text field, in its three sizes: the yes of many people.
constexpr auto thumbs = std::to_array<std::string_view>({"369239263222822", "369239343222814", "369239383222810"});
constexpr std::string_view thumb = "\U0001F44D";

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> media_types = {
    {{"image", "image/*"}, {"audio", "audio/*"}, {"video", "video/*"}, {"file", ""}}};

std::string user_at(const json::object& event, std::string_view key) {
  const json::object* party = object_at(event, key);
  std::string id = party == nullptr ? std::string() : id_at(*party, "id", longest_user);
  return is_ascii_word(id, longest_user) ? id : std::string();
}

bool is_meta_host(std::string_view url) {
  if (!is_plain(url, longest_url)) return false;
  const std::optional<WebUrl> read = read_url(url);
  return read && read->is_https &&
         std::ranges::any_of(media_hosts, [&](std::string_view host) { return read->host.ends_with(host); });
}

void add_line(std::string& text, std::string_view line) {
  if (!text.empty()) text += '\n';
  text.append(line);
}

void read_attachment(const json::object& attachment, InboundMessage& message) {
  const std::string_view type = view_at(attachment, "type");
  const json::object* payload = object_at(attachment, "payload");
  if (payload == nullptr) return;
  if (const json::object* point = object_at(*payload, "coordinates"); point != nullptr && type == "location") {
    if (const auto place = place_at(*point, "lat", "long")) {
      message.kind = InboundMessage::Kind::location;
      add_line(message.text, *place);
    }
    return;
  }
  if (std::ranges::find(thumbs, id_at(*payload, "sticker_id", longest_user)) != thumbs.end())
    return add_line(message.text, thumb);
  const auto known = std::ranges::find(media_types, type, &std::pair<std::string_view, std::string_view>::first);
  const std::string_view url = view_at(*payload, "url");
  if (known != media_types.end() && is_meta_host(url))
    message.attachments.push_back({std::string(url), std::string(known->second)});
}

// False: nothing that a person wants to tell us is in it. Of what has no form that we know (a file at a host that is
// not Meta's, a link, what Messenger itself cannot show), staff must see that it came.
bool read_message(const json::object& given, InboundMessage& message) {
  if (is_true(given, "is_deleted")) return false;
  message.provider_id = id_at(given, "mid", longest_id);
  if (message.provider_id.empty()) return false;
  // A quick reply's words stand in the text too; its payload is ours.
  message.text = valid_utf8(view_at(given, "text"));
  for (const json::value& each : items_at(given, "attachments", most_media)) {
    if (each.is_object()) read_attachment(each.get_object(), message);
  }
  // A photo with words under it stays a text: "help" under a picture must be read like any other.
  if (message.text.empty()) message.kind = InboundMessage::Kind::media;
  if (const json::object* reply = object_at(given, "quick_reply")) note_press(view_at(*reply, "payload"), message);
  return true;
}

// A button of a template or of the menu; that with which everybody begins says nothing. Old ones come without an id:
// whoever presses one twice within a millisecond has pressed it once.
bool read_postback(const json::object& given, const json::object& event, std::string_view get_started,
                   InboundMessage& message) {
  const std::string_view title = view_at(given, "title");
  const std::string_view payload = view_at(given, "payload");
  const bool begins = !payload.empty() && payload == get_started;
  message.words = InboundMessage::Words::pressed;
  message.text = begins ? std::string() : valid_utf8(title.empty() ? payload : title);
  message.provider_id = id_at(given, "mid", longest_id);
  if (message.provider_id.empty()) {
    const auto at = integer_at(event, "timestamp");
    if (!at) return false;
    const std::string told = message.from.user + '\0' + std::to_string(*at) + '\0' + std::string(payload);
    message.provider_id = "postback-" + crypto::hex(crypto::sha256(told)).substr(0, 40);
  }
  return begins || !message.text.empty();
}

// What the page itself has sent. Ours carries our reference, and is so known to have left although its answer was lost;
// what staff write in Facebook's inbox carries none.
std::optional<Receipt> read_echo(const json::object& message) {
  const std::string_view ref = view_at(message, "metadata");
  Receipt receipt;
  receipt.provider_id = id_at(message, "mid", longest_id);
  if (receipt.provider_id.empty() || !is_ascii_word(ref, longest_ref)) return std::nullopt;
  receipt.ref = ref;
  receipt.state = Delivery::sent;
  return receipt;
}

class Reader {
 public:
  Reader(const Page& page, TimePoint now) : page_(page), now_(now) {}

  void read(const json::object& event) {
    const json::object* message = object_at(event, "message");
    const bool echo = message != nullptr && is_true(*message, "is_echo");
    if (user_at(event, echo ? "sender" : "recipient") != page_.id) return ignore();
    if (echo) return take(read_echo(*message));
    if (const json::object* delivery = object_at(event, "delivery")) return read_delivery(*delivery);
    read_person(event, message);
  }
  void ignore() { ++events_.ignored; }
  Events events() && { return std::move(events_); }

 private:
  void take(std::optional<Receipt> receipt) {
    if (!receipt) return ignore();
    events_.receipts.push_back(std::move(*receipt));
  }

  void read_delivery(const json::object& delivery) {
    const std::size_t before = events_.receipts.size();
    for (const json::value& each : items_at(delivery, "mids", most_mids)) {
      const json::string* mid = each.if_string();
      if (mid == nullptr || !is_plain(*mid, longest_id)) continue;
      Receipt receipt;
      receipt.provider_id = *mid;
      receipt.state = Delivery::delivered;
      events_.receipts.push_back(std::move(receipt));
    }
    if (events_.receipts.size() == before) ignore();
  }

  // A text, media or a button; reads, reactions, edits, opt-ins and referrals are none of these.
  void read_person(const json::object& event, const json::object* given) {
    InboundMessage message;
    message.from = {page_.channel, user_at(event, "sender")};
    message.sent_at = time_at(event, "timestamp", now_);
    const json::object* postback = object_at(event, "postback");
    const bool tells = given != nullptr      ? read_message(*given, message)
                       : postback != nullptr ? read_postback(*postback, event, page_.get_started, message)
                                             : false;
    if (!tells || message.from.user.empty() || message.from.user == page_.id) return ignore();
    events_.messages.push_back(std::move(message));
  }

  const Page& page_;
  TimePoint now_;
  Events events_;
};

}  // namespace

Reach media_reach(const std::string& api_url) { return {{api_url}, {"fbcdn.net", "fbsbx.com"}}; }

Webhook read_body(const Page& page, std::string_view body, TimePoint now) {
  const std::optional<json::object> root = read_object(body);
  if (!root) return Rejected{400, "body"};
  Reader reader(page, now);
  if (view_at(*root, "object") != "page") {
    reader.ignore();
    return std::move(reader).events();
  }
  for (const json::value& each : items_at(*root, "entry")) {
    const json::object* entry = each.if_object();
    if (entry == nullptr || !entry->contains("messaging")) {
      reader.ignore();  // changes of the page, or "standby": another app has the conversation
      continue;
    }
    for (const json::value& event : items_at(*entry, "messaging")) {
      if (event.is_object())
        reader.read(event.get_object());
      else
        reader.ignore();
    }
  }
  return std::move(reader).events();
}

}  // namespace passerelle::adapters::messenger
