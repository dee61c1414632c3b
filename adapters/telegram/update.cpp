#include "adapters/telegram/update.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <string_view>
#include <utility>

#include "adapters/json_object.hpp"
#include "adapters/pressed.hpp"
#include "adapters/telegram/json.hpp"
#include "adapters/text.hpp"
#include "domain/utf8.hpp"

namespace passerelle::adapters::telegram {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_file_id = 256;
constexpr std::size_t longest_press = 64;
constexpr std::int64_t latest = 32'503'680'000;  // the year 3000

// What a message can show, and the type that stands for it where Telegram tells none.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> media_kinds = {{
    {"photo", "image/jpeg"},
    {"voice", "audio/ogg"},
    {"audio", "audio/mpeg"},
    {"video", "video/mp4"},
    {"video_note", "video/mp4"},
    {"animation", "video/mp4"},
    {"document", ""},
    {"sticker", "image/webp"},
}};

std::string words_at(const json::object& object, std::string_view key) {
  const json::string* text = text_at(object, key);
  return text == nullptr ? std::string() : valid_utf8(*text);
}

bool is_true(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

std::optional<double> degrees_at(const json::object& place, std::string_view key, double most) {
  const json::value* value = place.if_contains(key);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  const auto degrees = value->to_number<double>();
  return degrees >= -most && degrees <= most ? std::optional(degrees) : std::nullopt;
}

std::string shortest(double number) {
  std::array<char, 400> digits{};
  const auto [end, error] =
      std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed);
  return {digits.data(), end};
}

// A place as a geo: URI (RFC 5870); of a shop or an office, its name and address below it.
std::optional<std::string> location(const json::object& message) {
  const json::object* venue = object_at(message, "venue");
  const json::object* place = object_at(venue == nullptr ? message : *venue, "location");
  if (place == nullptr) return std::nullopt;
  const auto latitude = degrees_at(*place, "latitude", 90);
  const auto longitude = degrees_at(*place, "longitude", 180);
  if (!latitude || !longitude) return std::nullopt;
  std::string text = "geo:" + shortest(*latitude) + "," + shortest(*longitude);
  if (venue == nullptr) return text;
  for (const std::string_view key : {"title", "address"}) {
    if (const std::string words = words_at(*venue, key); !words.empty()) text.append("\n").append(words);
  }
  return text;
}

// A number as a tel: URI (RFC 3966). Only the sender's own comes without a name: Telegram vouches for that one, while
// anybody's may be typed into a card.
std::optional<std::string> contact(const json::object& message, std::int64_t sender) {
  const json::object* card = object_at(message, "contact");
  if (card == nullptr) return std::nullopt;
  std::string number;
  for (const char c : words_at(*card, "phone_number")) {
    if (c >= '0' && c <= '9') number += c;
  }
  if (number.empty() || number.size() > 20) return std::nullopt;
  std::string text = "tel:+" + number;
  if (number_at(*card, "user_id") == sender) return text;
  std::string name = words_at(*card, "first_name");
  const std::string last = words_at(*card, "last_name");
  if (!last.empty()) name.append(name.empty() ? "" : " ").append(last);
  return text + "\n" + name;
}

// A file is fetched by its id, in two steps, with the token in the address; the token is left out of what we keep.
void attach(const Bot& bot, const json::object& file, std::string_view standard, InboundMessage& message) {
  const std::string id = words_at(file, "file_id");
  if (!is_ascii_word(id, longest_file_id)) return;
  const std::string type = words_at(file, "mime_type");
  message.attachments.push_back(
      {bot.api_url + "/getFile?file_id=" + id, is_plain(type, 128) ? type : std::string(standard)});
}

void attach_media(const Bot& bot, const json::object& sent, InboundMessage& message) {
  for (const auto& [kind, type] : media_kinds) {
    const json::value* media = sent.if_contains(kind);
    if (media == nullptr || (kind == "document" && sent.contains("animation"))) continue;  // the same file, twice
    if (const json::object* file = media->if_object()) attach(bot, *file, type, message);
    // A photo comes in several sizes, the largest last.
    const json::array* sizes = media->if_array();
    const json::object* largest = sizes == nullptr || sizes->empty() ? nullptr : sizes->back().if_object();
    if (largest != nullptr) attach(bot, *largest, type, message);
  }
}

std::string written(const json::object& sent) {
  std::string text = words_at(sent, "text");
  if (text.empty()) text = words_at(sent, "caption");
  const json::object* sticker = object_at(sent, "sticker");
  return text.empty() && sticker != nullptr ? words_at(*sticker, "emoji") : text;
}

// The button with which everybody begins, and begins again after having blocked the bot; a link into the bot adds a
// word of its own. It is no word of the person's: "start" would be heard as one, in English.
bool is_beginning(std::string_view text) { return text == "/start" || text.starts_with("/start "); }

// False: nothing that somebody said, but a service message, a game, a die.
bool read_content(const Bot& bot, const json::object& sent, std::int64_t sender, InboundMessage& message) {
  message.text = written(sent);
  if (is_beginning(message.text)) {
    message.text.clear();
    return true;
  }
  attach_media(bot, sent, message);
  if (const auto place = location(sent)) {
    message.kind = InboundMessage::Kind::location;
    message.text += message.text.empty() ? *place : "\n" + *place;
  } else if (const auto number = contact(sent, sender)) {
    message.text += message.text.empty() ? *number : "\n" + *number;
  } else if (message.text.empty() && !message.attachments.empty()) {
    message.kind = InboundMessage::Kind::media;
  }
  return !message.text.empty() || !message.attachments.empty();
}

// The words of the button that was pressed; its data where the message is too old to be shown.
std::string pressed(const json::object& query) {
  const std::string data = words_at(query, "data");
  const json::object* message = object_at(query, "message");
  const json::object* markup = message == nullptr ? nullptr : object_at(*message, "reply_markup");
  const json::value* keyboard = markup == nullptr ? nullptr : markup->if_contains("inline_keyboard");
  if (keyboard == nullptr || !keyboard->is_array()) return data;
  for (const json::value& row : keyboard->get_array()) {
    if (!row.is_array()) continue;
    for (const json::value& one : row.get_array()) {
      const json::object* button = one.if_object();
      if (button == nullptr || words_at(*button, "callback_data") != data) continue;
      if (std::string words = words_at(*button, "text"); !words.empty()) return words;
    }
  }
  return data;
}

// Who wrote, in a conversation with nobody but the bot: a group reads along.
std::optional<std::int64_t> person(const json::object& update, const json::object* message) {
  const json::object* from = object_at(update, "from");
  const json::object* chat = message == nullptr ? nullptr : object_at(*message, "chat");
  if (from == nullptr || chat == nullptr || words_at(*chat, "type") != "private" || is_true(*from, "is_bot")) return {};
  const auto id = number_at(*from, "id");
  return id && *id > 0 ? id : std::nullopt;
}

// A press shows as waiting on the person's telephone until it is confirmed, whether or not we have a use for it.
std::string press_of(const json::object& update) {
  const json::object* query = object_at(update, "callback_query");
  std::string id = query == nullptr ? std::string() : words_at(*query, "id");
  return is_ascii_word(id, longest_press) ? id : std::string();
}

std::optional<InboundMessage> message_of(const Bot& bot, const json::object& update, TimePoint now) {
  InboundMessage message;
  message.sent_at = now;
  std::optional<std::int64_t> sender;
  if (const json::object* sent = object_at(update, "message")) {
    sender = person(*sent, sent);
    if (!sender || !read_content(bot, *sent, *sender, message)) return std::nullopt;
    const auto date = number_at(*sent, "date");
    if (date && *date > 0 && *date < latest) message.sent_at = std::min(now, TimePoint(std::chrono::seconds(*date)));
  } else if (const json::object* query = object_at(update, "callback_query")) {
    sender = person(*query, object_at(*query, "message"));
    message.text = pressed(*query);
    note_press(words_at(*query, "data"), message);
    if (!sender || message.text.empty()) return std::nullopt;
  } else {
    return std::nullopt;
  }
  message.from = {bot.channel, std::to_string(*sender)};
  return message;
}

}  // namespace

std::optional<std::int64_t> update_id(const json::object& update) {
  const auto id = number_at(update, "update_id");
  return id && *id >= 0 ? id : std::nullopt;
}

void read_update(const Bot& bot, const json::object& update, TimePoint now, Events& events) {
  const auto id = update_id(update);
  events.pressed = press_of(update);
  std::optional<InboundMessage> message = id ? message_of(bot, update, now) : std::nullopt;
  if (!message) {
    ++events.ignored;
    return;
  }
  message->provider_id = bot.id + "-" + std::to_string(*id);
  events.messages.push_back(std::move(*message));
}

}  // namespace passerelle::adapters::telegram
