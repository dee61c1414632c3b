#include "adapters/gammu/gammu.hpp"

#include <algorithm>
#include <utility>

#include "adapters/gammu/outbox.hpp"
#include "adapters/gammu/spool_link.hpp"
#include "adapters/gammu/traps.hpp"
#include "adapters/settings.hpp"

namespace passerelle::adapters::gammu {
namespace {

constexpr std::string_view standard_spool = "/var/spool/gammu";

class Gammu final : public Channel {
 public:
  explicit Gammu(Spool spool) : spool_(std::move(spool)) {}

  Traits traits() const override {
    Traits traits;
    traits.longest_text = 1600;
    traits.takes_reference = true;  // a file of the same name is the same message
    traits.telephones = true;
    traits.sends = true;
    traits.receipts = false;
    traits.links = true;
    traits.api_url = "file://" + spool_.folder;
    traits.host = "localhost";
    return traits;
  }

  Webhook read(const HttpRequest&, TimePoint) const override { return Rejected{404, "no webhook"}; }
  HttpResponse answer(const Events&, std::span<const OutboundMessage>) const override { return {}; }

  OutgoingRequest write(const OutboundMessage& message, std::size_t, TimePoint) const override {
    return put_request(spool_, message);
  }
  Outcome judge(const HttpResponse& response) const override { return judge_put(response); }

  std::unique_ptr<Link> open_link() const override { return make_spool_link(spool_); }

 private:
  Spool spool_;
};

bool is_folder(std::string_view path) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("/._-").find(c) != std::string_view::npos;
  };
  return path.size() > 1 && path.size() < 400 && path.front() == '/' && path.back() != '/' &&
         path.find("//") == std::string_view::npos && path.find("/.") == std::string_view::npos &&
         std::ranges::all_of(path, is_plain);
}

result<std::unique_ptr<Channel>> make(const ChannelSettings& settings) {
  const std::string spool = text_of(settings, "spool", std::string(standard_spool));
  if (!is_folder(spool)) {
    return Error{"spool must be the folder above gammu-smsd's inbox, outbox, sent and error, as in \"" +
                     std::string(standard_spool) + "\": of letters, digits, '-', '_' and '.'",
                 "spool"};
  }
  return std::make_unique<Gammu>(Spool{settings.name, spool});
}

}  // namespace

Gateway gateway() {
  return {"gammu",
          {{"spool", std::string(standard_spool), "The folder above gammu-smsd's inbox, outbox, sent and error."},
           {"smsdrc", "", "The daemon's own gammu-smsdrc: 'passerelle doctor' looks into it.", false, true}},
          &make,
          false,
          {},
          nullptr,
          &traps,
          {"smsdrc"}};
}

}  // namespace passerelle::adapters::gammu
