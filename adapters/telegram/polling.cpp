#include "adapters/telegram/polling.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

#include "adapters/json_object.hpp"

namespace passerelle::adapters::telegram {
namespace {

namespace json = boost::json;
using std::chrono::seconds;

constexpr seconds patience{20};   // how long Telegram keeps a question that it has nothing to answer to
constexpr int most_updates = 32;  // one transaction of ours; of texts of any length they fit into an answer
constexpr std::size_t longest_body = 4 * 1024 * 1024;
constexpr std::size_t most_read = 100;  // what Telegram gives at most
constexpr seconds first_back_off{1};
constexpr seconds longest_back_off{60};
constexpr seconds conflict_rest{30};
constexpr seconds refusal_rest{300};

// Of a body that is no JSON to us, but begins and ends as Telegram's do. A text of a person's cannot look like it: its
// quotation marks are escaped.
std::optional<std::int64_t> first_update_id(std::string_view body) {
  constexpr std::string_view begin = R"({"ok":true,"result":[{"update_id":)";
  std::int64_t id = 0;
  if (!body.starts_with(begin) || !body.ends_with("]}")) return std::nullopt;
  const auto [end, error] = std::from_chars(body.data() + begin.size(), body.data() + body.size(), id);
  return error == std::errc() && id >= 0 && id < std::numeric_limits<std::int64_t>::max() ? std::optional(id)
                                                                                          : std::nullopt;
}

class Polling final : public Link {
 public:
  Polling(Bot bot, Api api) : bot_(std::move(bot)), api_(std::move(api)) {}

  link::Action next(const link::Event& event, TimePoint now) override {
    // Whatever became of it: at worst a button seems to wait a little longer.
    if (std::exchange(confirms_, false)) return ask();
    if (const auto* answered = std::get_if<link::Answered>(&event)) return read(answered->response, now);
    if (const auto* nothing = std::get_if<link::Unanswered>(&event)) {
      // Of one update, however long, a whole answer is short enough.
      if (nothing->why == "too long" || nothing->why == "broken answer") limit_ = 1;
      return back_off(nothing->why);
    }
    if (std::holds_alternative<link::NotKept>(event)) {
      pressed_.clear();  // they come again
      return back_off("not_stored");
    }
    if (std::holds_alternative<link::Kept>(event)) acknowledge();
    return ask();
  }

 private:
  link::Action ask() {
    if (!pressed_.empty()) {
      confirms_ = true;
      const std::string press = std::move(pressed_.back());
      pressed_.pop_back();
      json::object arguments = confirmation(press);
      arguments.erase("method");
      return link::Ask{call(api_, "answerCallbackQuery", arguments)};
    }
    json::object arguments{{"timeout", patience.count()},
                           {"limit", limit_},
                           {"allowed_updates", json::array{"message", "callback_query"}}};
    if (offset_) arguments["offset"] = *offset_;
    return link::Ask{call(api_, "getUpdates", arguments)};
  }

  link::Action read(const HttpResponse& response, TimePoint now) {
    std::optional<json::object> body;
    if (response.body.size() <= longest_body) body = read_object(response.body);
    if (!body && response.status == 200) return unreadable(response.body);
    const Told told = body ? told_by(response, *body) : Told{};
    if (!told.ok) return refused(told, response);
    const json::value* result = body->if_contains("result");
    const json::array* updates = result == nullptr ? nullptr : result->if_array();
    if (updates == nullptr || updates->size() > most_read) return back_off("no_list");
    troubles_ = 0;
    limit_ = most_updates;
    if (updates->empty()) {
      // All is acknowledged. After a week of silence Telegram goes on from a random number, perhaps a lower one.
      offset_.reset();
      return ask();
    }
    return take(*updates, now);
  }

  // One update that nobody can read must not keep back all that follow it: it is found by asking for one at a time, and
  // passed over.
  link::Action unreadable(std::string_view body) {
    const std::optional<std::int64_t> first = first_update_id(body);
    if (!first) return back_off("no_list");
    if (limit_ > 1) {
      limit_ = 1;
      return ask();
    }
    highest_ = first;
    acknowledge();
    limit_ = most_updates;
    return link::Rest{first_back_off, "unreadable_update",
                      "an update of Telegram's cannot be read and was passed over; look into the bot's chats by hand"};
  }

  link::Action take(const json::array& updates, TimePoint now) {
    Events events;
    highest_.reset();
    pressed_.clear();
    for (const json::value& value : updates) {
      const json::object* update = value.if_object();
      if (update == nullptr) continue;
      read_update(bot_, *update, now, events);
      if (!events.pressed.empty()) pressed_.push_back(events.pressed);
      const auto id = update_id(*update);
      if (id && *id > highest_.value_or(-1)) highest_ = id;
    }
    if (!highest_) return back_off("no_list");  // nothing could be acknowledged, and the same would come again
    if (!events.messages.empty()) return link::Keep{std::move(events.messages)};
    acknowledge();
    return ask();
  }

  void acknowledge() {
    troubles_ = 0;
    if (highest_) offset_ = *highest_ + 1;
  }

  link::Action refused(const Told& told, const HttpResponse& response) {
    const int code = told.code == 0 ? response.status : told.code;
    if (code == 409 && told.description.find("webhook") != std::string::npos) {
      return link::Rest{
          conflict_rest, "webhook_set",
          "a webhook is set for this bot, and Telegram brings its messages there and nowhere else; take it "
          "away with deleteWebhook (the gateway's README shows how), or set receive = \"webhook\""};
    }
    if (code == 409) {
      return link::Rest{
          conflict_rest, "other_reader",
          "another program asks for the messages of this bot with the same token, and takes some of them; "
          "stop it, or give it a bot of its own"};
    }
    if (code == 401 || code == 404) {
      return link::Rest{refusal_rest, std::to_string(code),
                        "Telegram does not know this token; write the one that BotFather shows now, and start again"};
    }
    if (code == 429 && told.retry_after > seconds(0)) return link::Rest{told.retry_after, "429"};
    return back_off(code == 200 ? "no_list" : std::to_string(code));
  }

  link::Action back_off(const std::string& why) {
    seconds time = first_back_off;
    for (int i = 0; i < troubles_ && time < longest_back_off; ++i) time *= 2;
    ++troubles_;
    return link::Rest{std::min(time, longest_back_off), why};
  }

  Bot bot_;
  Api api_;
  std::optional<std::int64_t> offset_;   // acknowledges all below it; nothing: all that is unacknowledged is wanted
  std::optional<std::int64_t> highest_;  // of the updates that are being kept
  int limit_ = most_updates;
  int troubles_ = 0;                  // in a row
  std::vector<std::string> pressed_;  // buttons whose press is kept and not yet confirmed
  bool confirms_ = false;             // the call under way does that
};

}  // namespace

std::unique_ptr<Link> make_polling(Bot bot, Api api) {
  return std::make_unique<Polling>(std::move(bot), std::move(api));
}

}  // namespace passerelle::adapters::telegram
