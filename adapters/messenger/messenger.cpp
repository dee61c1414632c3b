#include "adapters/messenger/messenger.hpp"

#include <utility>

#include "adapters/graph_probe.hpp"
#include "adapters/graph_webhook.hpp"
#include "adapters/messenger/receive.hpp"
#include "adapters/messenger/send.hpp"
#include "adapters/signature.hpp"
#include "adapters/text.hpp"

namespace passerelle::adapters::messenger {
namespace {

constexpr std::size_t longest_payload = 1000;  // Meta's limit
constexpr std::string_view standard_payload = "GET_STARTED";

struct Settings {
  Page page;
  graph::Keys keys;
  graph::Api api;
};

class Messenger final : public Channel {
 public:
  explicit Messenger(Settings settings) : settings_(std::move(settings)), path_(hook_path(settings_.page.channel)) {}

  Traits traits() const override {
    Traits traits;
    traits.longest_text = 2000;
    traits.gateway_retries = true;  // for some time; after an hour of failures Meta ends the subscription
    traits.answer_within = std::chrono::seconds(5);
    traits.longest_body = graph::longest_body;
    traits.sends = true;
    traits.window = std::chrono::hours(24);  // what comes later needs a template
    traits.buttons = {13, 20};               // quick replies
    traits.api_url = settings_.api.url;
    traits.host = settings_.api.host;
    traits.media = media_reach(settings_.api.url);
    traits.names_us = true;  // the page
    return traits;
  }

  Webhook read(const HttpRequest& request, TimePoint now) const override {
    if (auto answer = graph::answer_unless_signed(request, path_, settings_.keys)) return std::move(*answer);
    return read_body(settings_.page, request.body, now);
  }

  HttpResponse answer(const Events&, std::span<const OutboundMessage>) const override {
    return {200, {{"Content-Type", "text/plain"}}, ""};
  }

  OutgoingRequest write(const OutboundMessage& message, std::size_t, TimePoint) const override {
    return send_request(settings_.api, settings_.page.id, message);
  }

  Outcome judge(const HttpResponse& response) const override { return judge_answer(response); }

  std::optional<OutgoingRequest> probe() const override {
    return graph::ask_about(settings_.api, settings_.page.id, "name");
  }
  Diagnosis explain(const HttpResponse& response) const override { return graph::explain(response, "page"); }
  std::optional<Knocks> knocks(TimePoint) const override { return graph::knocks(settings_.keys, "page"); }

 private:
  Settings settings_;
  std::string path_;
};

result<std::unique_ptr<Channel>> make(const ChannelSettings& settings) {
  const std::string page = text_of(settings, "page");
  if (!is_ascii_word(page, 32)) return Error{"page must be the id of the page: About, Page transparency", "page"};
  auto keys = graph::keys_of(settings);
  if (!keys) return keys.error();
  auto api = graph::api_of(settings);
  if (!api) return api.error();
  if (const auto callback = check_callback_url(settings); !callback) return callback.error();
  const std::string begins = text_of(settings, "get_started", std::string(standard_payload));
  if (!is_plain(begins, longest_payload))
    return Error{"get_started must be the payload of the page's \"Get started\" button", "get_started"};
  return std::make_unique<Messenger>(Settings{{settings.name, page, begins}, std::move(*keys), std::move(*api)});
}

std::vector<Trap> traps(const ChannelSettings& settings, const PeerFiles&) {
  return graph::traps(settings, "Messenger");
}

}  // namespace

Gateway gateway() {
  return {"messenger",
          graph::with_common_rows(
              {{"page", "", "The id of the Facebook page: About, Page transparency."},
               {"token", "", "The page's access token, with pages_messaging: Messenger, API settings.", true},
               {"get_started", std::string(standard_payload),
                "The payload of the page's \"Get started\" button, which is no word of the person's.", false, true}}),
          &make,
          false,
          {},
          nullptr,
          &traps};
}

}  // namespace passerelle::adapters::messenger
