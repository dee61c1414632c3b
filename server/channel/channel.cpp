#include "channel/channel.hpp"

#include <stdexcept>
#include <utility>
#include <vector>

namespace passerelle {

Reach reach_of_media(const Traits& traits) {
  if (!is_loopback(traits.host)) return traits.media;
  Reach here = {traits.media.origins, {}};
  std::erase_if(here.origins, [](const std::string& origin) {
    const auto url = read_url(origin);
    return !url || !is_loopback(url->host);
  });
  return here;
}

std::size_t Channel::requests(const OutboundMessage&) const { return 1; }

OutgoingRequest Channel::write(const OutboundMessage&, std::size_t, TimePoint) const {
  throw std::logic_error("this channel does not send");
}

Outcome Channel::judge(const HttpResponse&) const { throw std::logic_error("this channel does not send"); }

OutgoingRequest Channel::list_inbound(const InboundQuery&) const {
  throw std::logic_error("this channel does not list");
}

result<InboundPage> Channel::read_listing(const HttpResponse&, const InboundQuery&) const {
  throw std::logic_error("this channel does not list");
}

OutgoingRequest Channel::sign_in(TimePoint) const { throw std::logic_error("this channel wants no sign-in"); }

SignInAnswer Channel::read_sign_in(const HttpResponse&) const {
  throw std::logic_error("this channel wants no sign-in");
}

void Channel::add_token(OutgoingRequest&, const Secret&) const {
  throw std::logic_error("this channel wants no sign-in");
}

std::unique_ptr<Handover> Channel::open_handover(const OutboundMessage&, TimePoint) const {
  throw std::logic_error("this channel sends requests");
}

std::unique_ptr<Link> Channel::open_link() const { throw std::logic_error("this channel has no link"); }

// What can be had for the asking: no secret, one request.
std::optional<OutgoingRequest> Channel::ask_media(const Attachment& attachment) const {
  if (!reaches(traits().media, attachment.url)) return std::nullopt;
  return OutgoingRequest{"GET", attachment.url, {}, ""};
}

media::Answer Channel::read_media(const Attachment&, std::size_t, HttpResponse response) const {
  return media::judge_status(std::move(response));
}

std::vector<ApprovedText> Channel::approved_texts() const { return {}; }

std::optional<OutgoingRequest> Channel::probe() const { return std::nullopt; }

Diagnosis Channel::explain(const HttpResponse& response) const { return explain_status(response.status); }

std::optional<Knocks> Channel::knocks(TimePoint) const { return std::nullopt; }

Diagnosis explain_status(int status) {
  const std::string answered = "the gateway answered " + std::to_string(status) + ": ";
  if (status / 100 == 2) return {true, "the gateway knows this account"};
  if (status == 401 || status == 403) {
    return {false, answered + "it does not accept the account or the secret of this channel",
            "write them as the gateway shows them today, and start the server again"};
  }
  if (status == 404)
    return {false, answered + "there is no such account, or nothing at this address", "check the account and api_url"};
  if (status == 402) return {false, answered + "the account has no credit", "top it up at the gateway"};
  if (status == 429) return {false, answered + "it is asked too often", "wait a minute, and test again"};
  if (status >= 500)
    return {false, answered + "it is out of order", "wait, and test again; its status page may tell more"};
  if (status / 100 == 3)
    return {false, answered + "it sends us elsewhere", "write the final address as api_url; nobody follows redirects"};
  return {false, answered + "this is not how this gateway speaks", "check api_url, and that no proxy answers for it"};
}

}  // namespace passerelle
