#include "adapters/telegram/media.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <string>
#include <utility>

#include "adapters/json_object.hpp"
#include "adapters/text.hpp"

namespace passerelle::adapters::telegram {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_id = 256;
constexpr std::size_t longest_path = 1024;
constexpr std::size_t longest_answer = 64 * 1024;

// "photos/file_12.jpg": below the file address and nowhere else. A local Bot API server tells a path of its own disk,
// which begins with '/' and is no address.
bool is_path(std::string_view path) {
  const auto is_fit = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '_' ||
           c == '-' || c == '.';
  };
  return !path.empty() && path.size() <= longest_path && path.front() != '/' && std::ranges::all_of(path, is_fit) &&
         path.find("..") == std::string_view::npos;
}

media::Answer read_place(const Api& api, const HttpResponse& response) {
  json::object body;
  if (response.body.size() <= longest_answer) body = read_object(response.body).value_or(json::object());
  const Told told = told_by(response, body);
  const json::object* file = told.ok ? object_at(body, "result") : nullptr;
  if (file == nullptr) {
    // Also of files that a bot may not have, for good; whoever asks again for some days finds that out.
    if (told.description.find("too big") != std::string::npos) return media::Lost{"too_large"};
    return media::Later{told.retry_after, std::to_string(told.code == 0 ? response.status : told.code)};
  }
  const json::string* path = text_at(*file, "file_path");
  if (path == nullptr || !is_path(*path)) return media::Lost{"path"};
  const std::string url = api.url + "/file/bot" + std::string(api.token.reveal()) + "/" + std::string(*path);
  return media::Ask{{"GET", url, {}, ""}};
}

}  // namespace

std::optional<OutgoingRequest> ask_for_media(const Api& api, const Attachment& attachment) {
  const std::string begins = api.url + "/getFile?file_id=";
  if (!attachment.url.starts_with(begins)) return std::nullopt;
  const std::string id = attachment.url.substr(begins.size());
  if (!is_ascii_word(id, longest_id)) return std::nullopt;
  return call(api, "getFile", {{"file_id", id}});
}

media::Answer read_media_answer(const Api& api, std::size_t asked, HttpResponse response) {
  return asked == 0 ? read_place(api, response) : media::judge_status(std::move(response));
}

}  // namespace passerelle::adapters::telegram
