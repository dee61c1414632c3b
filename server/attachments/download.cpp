#include "attachments/download.hpp"

#include <optional>
#include <utility>

namespace passerelle::attachments {
namespace {

constexpr std::size_t most_requests = 3;

media::Answer judge(const NoResponse& nothing) {
  if (nothing.why == too_long_answer) return media::Lost{"too_large"};
  return media::Later{std::chrono::seconds(0), nothing.why};
}

}  // namespace

Task<media::Answer> download(Transport& transport, const Channel& channel, Attachment attachment) {
  const Reach reach = reach_of_media(channel.traits());
  if (reach.empty()) co_return media::Lost{"not_fetched"};
  std::optional<OutgoingRequest> request = channel.ask_media(attachment);
  for (std::size_t asked = 0; request; ++asked) {
    if (asked == most_requests) co_return media::Lost{"too_many_steps"};
    if (!reaches(reach, request->url)) break;
    Exchange exchange = co_await transport.send(std::move(*request));
    if (const auto* nothing = std::get_if<NoResponse>(&exchange)) co_return judge(*nothing);
    media::Answer answer = channel.read_media(attachment, asked, std::move(std::get<HttpResponse>(exchange)));
    auto* next = std::get_if<media::Ask>(&answer);
    if (next == nullptr) co_return answer;
    request = std::move(next->request);
  }
  co_return media::Lost{"other_host"};
}

}  // namespace passerelle::attachments
