#include "adapters/whatsapp/media.hpp"

#include <boost/json.hpp>
#include <string>
#include <utility>

#include "adapters/graph_answer.hpp"
#include "adapters/json_fields.hpp"
#include "adapters/text.hpp"

namespace passerelle::adapters::whatsapp {
namespace {

constexpr std::size_t longest_id = 256;
constexpr std::size_t longest_url = 4096;
constexpr std::int64_t no_such_thing = 100;  // an id that has ended, after a week or so, or of another account

OutgoingRequest get(const graph::Api& api, std::string url) {
  return {"GET", std::move(url), {{"Authorization", "Bearer " + std::string(api.token.reveal())}}, ""};
}

}  // namespace

Reach media_reach(const graph::Api& api) { return {{api.url, "https://lookaside.fbsbx.com"}, {}}; }

std::optional<OutgoingRequest> ask_for_media(const graph::Api& api, const Line& line, const Attachment& attachment) {
  if (!attachment.url.starts_with(line.media_url)) return std::nullopt;
  const std::string id = attachment.url.substr(line.media_url.size());
  if (!is_ascii_word(id, longest_id)) return std::nullopt;
  return get(api, line.media_url + id + "?phone_number_id=" + line.phone_number_id);
}

media::Answer read_media_answer(const graph::Api& api, std::size_t asked, HttpResponse response) {
  if (asked > 0) return media::judge_status(std::move(response));
  const boost::json::object told = graph::body_of(response);
  if (const auto failure = graph::failure_of(told)) {
    std::string why = std::to_string(failure->code);
    if (failure->code == no_such_thing) return media::Lost{std::move(why)};
    return media::Later{std::chrono::seconds(0), std::move(why)};
  }
  const std::string_view url = view_at(told, "url");
  if (response.status == 200 && is_plain(url, longest_url)) return media::Ask{get(api, std::string(url))};
  return media::Later{std::chrono::seconds(0), std::to_string(response.status)};
}

}  // namespace passerelle::adapters::whatsapp
