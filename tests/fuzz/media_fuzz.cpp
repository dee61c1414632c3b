// What gateways answer where a file is asked for, and the bytes of files: whatever they are, an adapter asks on only
// with a URL that can be read, reasons are codes that can be logged, and a type is one of the closed list.
#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>

#include "adapters/registry.hpp"
#include "adapters/text.hpp"
#include "attachments/sniff.hpp"
#include "outcome_check.hpp"
#include "webhook_target.hpp"

using namespace passerelle;

namespace {

struct Asked {
  std::unique_ptr<Channel> channel;
  Attachment attachment;
};

const std::array<Asked, 3>& gateways() {
  static const std::array<Asked, 3> all = [] {
    adapters::ChannelSettings bot;
    bot.name = "bot";
    bot.callback_url = "https://chat.example.org/hooks/bot";
    bot.secrets.emplace("token", Secret("123456789:AAFictionFictionFictionFictionFiction"));
    bot.secrets.emplace("hook_secret", Secret("0123456789abcdefghijkl"));
    return std::array<Asked, 3>{
        {{fuzz::make_channel("whatsapp", {{"phone_number_id", "1"}}, {"app_secret", "verify_token", "token"}),
          {"https://graph.facebook.com/v25.0/1", ""}},
         {adapters::find_gateway("telegram")->make(bot).value(), {"https://api.telegram.org/getFile?file_id=a", ""}},
         {fuzz::make_channel("twilio", {{"account", "AC1"}, {"from", "+41798070000"}}, {"token"}),
          {"https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1", ""}}}};
  }();
  return all;
}

void check(const media::Answer& answer) {
  if (const auto* ask = std::get_if<media::Ask>(&answer)) {
    fuzz::require(adapters::is_plain(ask->request.url, 8192) && ask->request.url.find('\n') == std::string::npos);
    return;
  }
  const auto* later = std::get_if<media::Later>(&answer);
  const auto* lost = std::get_if<media::Lost>(&answer);
  const std::string* why = later != nullptr ? &later->why : lost != nullptr ? &lost->why : nullptr;
  if (why != nullptr) fuzz::require(adapters::is_ascii_word(*why, 32));
}

}  // namespace

// The first byte says which gateway, the second whether it is a redirect, the rest is the answer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const Asked& asked = gateways()[data[0] % gateways().size()];
  const bool redirects = data[1] % 2 == 1;
  const std::string rest(reinterpret_cast<const char*>(data) + 2, size - 2);
  HttpResponse response{redirects ? 307 : 200, {}, redirects ? "" : rest};
  if (redirects) response.fields.push_back({"Location", rest});
  check(asked.channel->read_media(asked.attachment, 0, response));
  check(asked.channel->read_media(asked.attachment, 1, response));
  constexpr std::array<std::string_view, 12> types{
      "image/jpeg", "image/png", "image/webp", "image/gif", "application/pdf", "audio/ogg",
      "audio/mpeg", "audio/amr", "audio/mp4",  "video/mp4", "video/3gpp",      attachments::unknown_type};
  fuzz::require(std::ranges::find(types, attachments::sniff(rest)) != types.end());
  return 0;
}
