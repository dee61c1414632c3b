#include "adapters/whatsapp/whatsapp.hpp"

#include <utility>

#include "adapters/approved.hpp"
#include "adapters/graph_probe.hpp"
#include "adapters/graph_webhook.hpp"
#include "adapters/interactive.hpp"
#include "adapters/signature.hpp"
#include "adapters/text.hpp"
#include "adapters/whatsapp/media.hpp"
#include "adapters/whatsapp/receive.hpp"
#include "adapters/whatsapp/send.hpp"

namespace passerelle::adapters::whatsapp {
namespace {

struct Settings {
  Line line;
  graph::Keys keys;
  graph::Api api;
  std::vector<ApprovedText> approved;
};

class WhatsApp final : public Channel {
 public:
  explicit WhatsApp(Settings settings) : settings_(std::move(settings)), path_(hook_path(settings_.line.channel)) {}

  Traits traits() const override {
    Traits traits;
    traits.longest_text = 4096;
    traits.gateway_retries = true;  // for seven days, at longer and longer intervals
    traits.answer_within = std::chrono::seconds(5);
    traits.longest_body = graph::longest_body;
    traits.sends = true;
    traits.window = std::chrono::hours(24);  // what comes later needs a template
    traits.telephones = true;
    traits.buttons = interactive_limits;
    traits.api_url = settings_.api.url;
    traits.host = settings_.api.host;
    traits.media = media_reach(settings_.api);
    traits.names_us = true;  // a business profile
    return traits;
  }

  Webhook read(const HttpRequest& request, TimePoint now) const override {
    if (auto answer = graph::answer_unless_signed(request, path_, settings_.keys)) return std::move(*answer);
    return read_body(settings_.line, request.body, now);
  }

  HttpResponse answer(const Events&, std::span<const OutboundMessage>) const override {
    return {200, {{"Content-Type", "text/plain"}}, ""};
  }

  OutgoingRequest write(const OutboundMessage& message, std::size_t, TimePoint) const override {
    return send_request(settings_.api, settings_.line.phone_number_id, message);
  }

  Outcome judge(const HttpResponse& response) const override { return judge_answer(response); }

  std::optional<OutgoingRequest> ask_media(const Attachment& attachment) const override {
    return ask_for_media(settings_.api, settings_.line, attachment);
  }
  media::Answer read_media(const Attachment&, std::size_t asked, HttpResponse response) const override {
    return read_media_answer(settings_.api, asked, std::move(response));
  }

  std::vector<ApprovedText> approved_texts() const override { return settings_.approved; }

  std::optional<OutgoingRequest> probe() const override {
    return graph::ask_about(settings_.api, settings_.line.phone_number_id, "display_phone_number,verified_name");
  }
  Diagnosis explain(const HttpResponse& response) const override { return graph::explain(response, "phone_number_id"); }
  std::optional<Knocks> knocks(TimePoint) const override {
    return graph::knocks(settings_.keys, "whatsapp_business_account");
  }

 private:
  Settings settings_;
  std::string path_;
};

result<std::unique_ptr<Channel>> make(const ChannelSettings& settings) {
  const std::string number = text_of(settings, "phone_number_id");
  if (!is_ascii_word(number, 32)) {
    return Error{"phone_number_id must be the id of the number, as WhatsApp's API Setup shows it, not the number",
                 "phone_number_id"};
  }
  auto keys = graph::keys_of(settings);
  if (!keys) return keys.error();
  auto api = graph::api_of(settings);
  if (!api) return api.error();
  if (const auto callback = check_callback_url(settings); !callback) return callback.error();
  Line line{settings.name, number, api->base + "/"};
  Findings told;  // check() has told them
  return std::make_unique<WhatsApp>(
      Settings{std::move(line), std::move(*keys), std::move(*api), read_approved(settings.tables, told)});
}

Findings check(const ChannelSettings& settings) {
  Findings findings;
  read_approved(settings.tables, findings);
  return findings;
}

std::vector<Trap> traps(const ChannelSettings& settings, const PeerFiles&) {
  return graph::traps(settings, "WhatsApp");
}

}  // namespace

Gateway gateway() {
  return {"whatsapp",
          graph::with_common_rows(
              {{"phone_number_id", "", "The id of the number (not the number): WhatsApp, API Setup."},
               {"token", "", "The access token of a system user, with whatsapp_business_messaging.", true}}),
          &make,
          false,
          {{approved_key, approved_comment, true}},
          &check,
          &traps};
}

}  // namespace passerelle::adapters::whatsapp
