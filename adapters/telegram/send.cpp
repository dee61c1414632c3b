#include "adapters/telegram/send.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cassert>
#include <charconv>
#include <utility>

#include "adapters/json_object.hpp"
#include "adapters/outgoing.hpp"
#include "adapters/telegram/json.hpp"
#include "domain/utf8.hpp"

namespace passerelle::adapters::telegram {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_body = 256 * 1024;
constexpr std::size_t longest_column = 8;
constexpr std::int64_t longest_wait = 24 * 60 * 60;

// Parts of Telegram's descriptions, which are written for people and have no code of their own; what staff are told.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> reasons = {{
    {"chat not found", "400_chat_not_found"},
    {"message is too long", "400_too_long"},
    {"text is empty", "400_empty"},
    {"deactivated", "403_deactivated"},
    {"initiate conversation", "403_never_wrote"},
    {"can't send messages to bots", "403_bot"},
    {"kicked", "403_kicked"},
    {"user not found", "400_user_not_found"},
}};

// A person's id. Anything else, "@name" above all, could be a public channel: 0 is nobody.
std::int64_t chat_of(std::string_view user) {
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(user.data(), user.data() + user.size(), id);
  return error == std::errc() && end == user.data() + user.size() && id > 0 ? id : 0;
}

std::string reason_of(const Told& told) {
  for (const auto& [words, reason] : reasons) {
    if (told.description.find(words) != std::string::npos) return std::string(reason);
  }
  return std::to_string(told.code);
}

Outcome judge_refusal(const Told& told) {
  switch (told.code) {
    case 400: return Refused{reason_of(told)};
    case 403:
      if (told.description.find("blocked by the user") != std::string::npos) return OptedOut{};
      return Refused{reason_of(told)};
    case 429: return RetryLater{told.retry_after, "429"};
    default: return judge_status({told.code, {}, {}});  // 401 and 404: the token is wrong
  }
}

// A button a line, since most answers are sentences; long lists of names in two columns.
json::array keyboard(const std::vector<Button>& buttons) {
  const std::size_t columns = buttons.size() > longest_column ? 2 : 1;
  json::array rows;
  for (std::size_t i = 0; i < buttons.size(); ++i) {
    if (i % columns == 0) rows.push_back(json::array());
    rows.back().get_array().push_back(
        json::object{{"text", valid_utf8(buttons[i].label)}, {"callback_data", buttons[i].payload}});
  }
  return rows;
}

}  // namespace

OutgoingRequest call(const Api& api, std::string_view method, const json::object& arguments) {
  OutgoingRequest request;
  request.url = api.url + "/bot" + std::string(api.token.reveal()) + "/" + std::string(method);
  request.fields = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
  request.body = json::serialize(arguments);
  return request;
}

OutgoingRequest send_request(const Api& api, const OutboundMessage& message) {
  assert(!message.text.empty());
  // Previews would have Telegram's servers open every link of ours.
  json::object arguments{{"chat_id", chat_of(message.to.user)},
                         {"text", valid_utf8(message.text)},
                         {"link_preview_options", json::object{{"is_disabled", true}}}};
  if (!message.buttons.list.empty())
    arguments["reply_markup"] = json::object{{"inline_keyboard", keyboard(message.buttons.list)}};
  return call(api, "sendMessage", arguments);
}

json::object confirmation(std::string_view press) {
  return {{"method", "answerCallbackQuery"}, {"callback_query_id", press}};
}

Told told_by(const HttpResponse& response, const json::object& body) {
  Told told;
  const json::value* ok = body.if_contains("ok");
  if (ok == nullptr || !ok->is_bool()) return told;
  told.ok = ok->get_bool();
  const auto code = number_at(body, "error_code");
  told.code = told.ok ? 200 : code && *code >= 400 && *code < 600 ? static_cast<int>(*code) : response.status;
  if (const json::string* description = text_at(body, "description")) told.description = *description;
  const json::object* parameters = object_at(body, "parameters");
  const auto after = parameters == nullptr ? std::nullopt : number_at(*parameters, "retry_after");
  if (after && *after > 0) told.retry_after = std::chrono::seconds(std::min(*after, longest_wait));
  return told;
}

Outcome judge_answer(const HttpResponse& response) {
  json::object body;
  if (response.body.size() <= longest_body) body = read_object(response.body).value_or(json::object());
  const Told told = told_by(response, body);
  if (told.code == 0) return judge_status(response);
  if (!told.ok) return judge_refusal(told);
  const json::object* message = object_at(body, "result");
  const auto id = message == nullptr ? std::nullopt : number_at(*message, "message_id");
  return Accepted{id && *id > 0 ? std::to_string(*id) : std::string()};
}

}  // namespace passerelle::adapters::telegram
