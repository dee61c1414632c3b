#include "channel/channel.hpp"

#include <stdexcept>

namespace passerelle {

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

std::unique_ptr<Handover> Channel::open_handover(const OutboundMessage&, TimePoint) const {
  throw std::logic_error("this channel sends requests");
}

std::unique_ptr<Link> Channel::open_link() const { throw std::logic_error("this channel has no link"); }

}  // namespace passerelle
