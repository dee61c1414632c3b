#include "adapters/twilio/media.hpp"

#include <string>
#include <utility>

#include "adapters/outgoing.hpp"
#include "adapters/text.hpp"

namespace passerelle::adapters::twilio {
namespace {

constexpr std::size_t longest_url = 4096;
// A host that everybody's files are on: only what is below Twilio's folder there is Twilio's. Accounts that do not
// enforce the password on media are sent there.
constexpr std::string_view shared_host = "s3-external-1.amazonaws.com";
constexpr std::string_view shared_folder = "/media.twiliocdn.com/";

bool is_theirs(std::string_view url) {
  const auto read = is_plain(url, longest_url) ? read_url(url) : std::nullopt;
  if (!read || read->host != shared_host) return read.has_value();
  return read->path.starts_with(shared_folder) && read->path.find("..") == std::string::npos;
}

}  // namespace

Reach media_reach(const Account& account) {
  return {{account.api_url, "https://" + std::string(shared_host)}, {"twiliocdn.com"}};
}

std::optional<OutgoingRequest> ask_for_media(const Account& account, const Attachment& attachment) {
  if (!reaches({{account.api_url}, {}}, attachment.url)) return std::nullopt;
  return OutgoingRequest{
      "GET", attachment.url, {{"Authorization", basic_authorization(account.sid, account.token)}}, ""};
}

media::Answer read_media_answer(std::size_t asked, HttpResponse response) {
  const std::string url(field(response.fields, "Location"));
  if (response.status / 100 != 3 || url.empty() || asked > 0) return media::judge_status(std::move(response));
  if (!is_theirs(url)) return media::Lost{"other_host"};
  return media::Ask{{"GET", url, {}, ""}};
}

}  // namespace passerelle::adapters::twilio
