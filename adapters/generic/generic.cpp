#include "adapters/generic/generic.hpp"

#include <algorithm>
#include <utility>

#include "adapters/generic/plan.hpp"
#include "adapters/generic/translate.hpp"
#include "adapters/settings.hpp"
#include "adapters/signature.hpp"
#include "adapters/text.hpp"
#include "base/nearest.hpp"
#include "base/url.hpp"

namespace passerelle::adapters::generic {
namespace {

constexpr std::size_t longest_body = 256 * 1024;  // a batch of events
constexpr std::size_t shortest_secret = 22;       // 128 bits in base64
constexpr std::size_t longest_secret = 128;
constexpr std::string_view folder = "adapters/generic/presets/";

struct Settings {
  std::string channel, callback_url;
  Plan plan;
  ApiUrl api;
  std::string sign_in_url;    // absolute; empty: nothing is asked for
  Values values;              // what templates take of the settings
  std::vector<Secret> paths;  // the end of the webhook; none: it has none
  std::vector<Secret> keys;   // that webhooks are signed with
};

class Generic final : public Channel {
 public:
  explicit Generic(Settings settings) : settings_(std::move(settings)), path_(hook_path(settings_.channel)) {}

  Traits traits() const override {
    const Plan& plan = settings_.plan;
    Traits traits;
    traits.true_clock = false;  // of nobody we know
    traits.longest_text = plan.longest_text;
    traits.gateway_retries = plan.gateway_retries;
    traits.takes_reference = plan.takes_reference;
    traits.telephones = plan.telephones;
    const bool hears = plan.inbound.present || plan.receipt.present;  // else every webhook is refused
    traits.authenticated = !hears || !settings_.paths.empty() || plan.verify.scheme > VerifyPlan::Scheme::path;
    traits.sends = true;
    traits.receipts = plan.receipt.present;
    traits.api_url = settings_.api.base;
    traits.host = settings_.api.host;
    traits.sign_in_url = settings_.sign_in_url;
    traits.media.domains = plan.inbound.media_hosts;
    traits.names_us = names_us();
    return traits;
  }

  Webhook read(const HttpRequest& request, TimePoint now) const override;

  HttpResponse answer(const Events&, std::span<const OutboundMessage>) const override {
    return {200, {{"Content-Type", "text/plain"}}, settings_.plan.inbound.reply};
  }

  OutgoingRequest write(const OutboundMessage& message, std::size_t, TimePoint now) const override {
    return send_request(settings_.plan.send, settings_.api.base, settings_.values, message, now);
  }

  Outcome judge(const HttpResponse& response) const override {
    return judge_answer(settings_.plan.answer, settings_.plan.takes_reference, response);
  }

  OutgoingRequest sign_in(TimePoint) const override {
    return sign_in_request(settings_.plan.sign_in, settings_.sign_in_url, settings_.values);
  }
  SignInAnswer read_sign_in(const HttpResponse& response) const override {
    return read_token(settings_.plan.sign_in, response);
  }
  void add_token(OutgoingRequest& request, const Secret& token) const override {
    generic::add_token(settings_.plan.send, request, token);
  }

  // A token that is asked for and thrown away is harmless, and tells that the account is known.
  std::optional<OutgoingRequest> probe() const override {
    return settings_.plan.sign_in.present ? std::optional(sign_in({})) : std::nullopt;
  }
  Diagnosis explain(const HttpResponse& response) const override {
    return explain_sign_in(settings_.plan.sign_in, settings_.channel, response);
  }

 private:
  // Where a template takes our number from the settings; a number that stands in a template is not looked at.
  bool names_us() const {
    const auto from = settings_.values.find("from");
    return from != settings_.values.end() && sender_names_us(from->second);
  }

  Settings settings_;
  std::string path_;
};

Webhook Generic::read(const HttpRequest& request, TimePoint now) const {
  if (request.method != "GET" && request.method != "POST") return Rejected{405, "method"};
  if (!request.path().starts_with(path_)) return Rejected{404, "path"};
  std::string_view rest = request.path().substr(path_.size());
  const bool is_status = rest.ends_with("/status");
  if (is_status) rest.remove_suffix(std::string_view("/status").size());
  std::vector<std::string> expected;
  for (const Secret& secret : settings_.paths) expected.push_back("/" + std::string(secret.reveal()));
  if (expected.empty() ? !rest.empty() : !matches_any(rest, expected)) return Rejected{404, "path"};
  if (request.body.size() > longest_body) return Rejected{413, "size"};
  std::string url = settings_.callback_url;
  url.append(request.target, path_.size());  // exactly as it came
  if (std::string why = doubt(settings_.plan.verify, settings_.keys, request, url, now); !why.empty())
    return Rejected{403, std::move(why)};
  return read_events(settings_.plan, settings_.channel, request, is_status, now);
}

std::string preset_of(const ChannelSettings& settings) { return text_of(settings, "preset"); }

// The plan of a channel: its preset, with what the channel says itself on top. Findings stand where the mistake does.
Plan plan_of(const ChannelSettings& settings, Findings& findings) {
  const std::string name = preset_of(settings);
  const std::optional<Block> preset = name.empty() ? std::nullopt : find_preset(name, findings);
  const std::size_t before = findings.size();
  Plan plan = read_plan(merge(preset.value_or(Block()), settings.tables), findings);
  for (std::size_t i = before; i < findings.size(); ++i) {
    if (findings[i].at.file.empty()) findings[i].at = settings.tables.at;
  }
  return plan;
}

bool is_given(const ChannelSettings& settings, const std::string& key) {
  return !secret_of(settings, key).empty() || !text_of(settings, key).empty();
}

Findings check(const ChannelSettings& settings) {
  Findings findings;
  const std::vector<std::string> names = preset_names();
  const std::string name = preset_of(settings);
  // An unknown preset is told by make(), which names the key.
  if (!name.empty() && std::ranges::find(names, name) == names.end()) return findings;
  plan_of(settings, findings);
  return findings;
}

// All at once, as a sentence.
result<void> check_needs(const ChannelSettings& settings, const Plan& plan) {
  std::vector<std::string> needs = plan.needs;
  if (plan.api_url.empty()) needs.emplace_back("api_url");
  std::string missing;
  for (const std::string& key : needs) {
    if (is_given(settings, key)) continue;
    const bool secret = key != "account" && key != "from" && key != "api_url";
    missing += (missing.empty() ? "" : ", ") + key + (secret ? "_file" : "");
  }
  if (missing.empty()) return {};
  const std::string name = preset_of(settings);
  return Error{(name.empty() ? "this channel" : "the preset '" + name + "'") + " needs more settings; add " + missing,
               ""};
}

result<void> check_path_secret(const Secret& secret, const std::string& key) {
  if (secret.empty() || (is_ascii_word(secret.reveal(), longest_secret) && secret.reveal().size() >= shortest_secret))
    return {};
  return Error{key + " must be 22 to 128 letters, digits, '-' or '_'; make one with: openssl rand -hex 16", key};
}

// What stays on this machine, as a rehearsal does, must not carry our secrets elsewhere.
result<std::string> sign_in_url(const SignInPlan& plan, const ApiUrl& api) {
  if (!plan.present || plan.url.starts_with('/')) return plan.present ? api.base + plan.url : std::string();
  const auto url = read_url(plan.url);
  if (url && is_loopback(api.host) && !is_loopback(url->host))
    return Error{"api_url is on this machine, and 'url' of [channel.sign_in] is not; write that one, too", "api_url"};
  return plan.url;
}

result<Settings> settings_of(const ChannelSettings& given, Plan plan) {
  Settings settings;
  for (const std::string key : {"hook_secret", "old_hook_secret"}) {
    Secret secret = secret_of(given, key);
    if (const auto checked = check_path_secret(secret, key); !checked) return checked.error();
    if (!secret.empty()) settings.paths.push_back(std::move(secret));
  }
  for (const std::string key : {"signing_key", "old_signing_key"}) {
    if (Secret secret = secret_of(given, key); !secret.empty()) settings.keys.push_back(std::move(secret));
  }
  auto api = api_url_of(given, plan.api_url);
  if (!api) return api.error();
  auto token_from = sign_in_url(plan.sign_in, *api);
  if (!token_from) return token_from.error();
  settings.channel = given.name;
  settings.callback_url = given.callback_url;
  settings.api = std::move(*api);
  settings.sign_in_url = std::move(*token_from);
  for (const std::string key : {"account", "from"}) settings.values[key] = text_of(given, key);
  for (const std::string key : {"api_key", "api_secret", "consumer_key"})
    settings.values[key] = secret_of(given, key).reveal();
  settings.values["basic"] = crypto::base64(settings.values["account"] + ":" + settings.values["api_key"]);
  const std::string secret = settings.paths.empty() ? "" : "/" + std::string(settings.paths.front().reveal());
  settings.values["callback_url"] = given.callback_url + secret + "/status";
  settings.plan = std::move(plan);
  return settings;
}

result<std::unique_ptr<Channel>> make(const ChannelSettings& settings) {
  const std::vector<std::string> names = preset_names();
  const std::string name = preset_of(settings);
  if (!name.empty() && std::ranges::find(names, name) == names.end())
    return Error{"there is no preset '" + name + "'; " + suggest(name, names), "preset"};
  if (const Findings findings = check(settings); !findings.empty()) return Error{to_string(findings.front()), ""};
  if (const auto callback = check_callback_url(settings); !callback) return callback.error();
  Findings none;
  Plan plan = plan_of(settings, none);
  if (const auto needs = check_needs(settings, plan); !needs) return needs.error();
  auto read = settings_of(settings, std::move(plan));
  if (!read) return read.error();
  return std::make_unique<Generic>(std::move(*read));
}

}  // namespace

std::vector<std::string> preset_names() {
  std::vector<std::string> names;
  for (const EmbeddedFile& file : embedded_files()) {
    const std::string_view name = file.path.substr(folder.size());
    names.emplace_back(name.substr(0, name.find('.')));
  }
  return names;
}

std::optional<Block> find_preset(const std::string& name, Findings& findings) {
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.path == std::string(folder) + name + ".toml")
      return parse_block(std::string(file.path), std::string(file.text), findings);
  }
  return std::nullopt;
}

Gateway gateway() {
  Gateway gateway{
      "generic",
      {{"preset", "",
        "A gateway that adapters/generic/presets/ describes, as in \"infobip\"; without one, all tables below.", false,
        true},
       {"api_url", "", "Where the gateway's API is, when not as the preset says; http:// only to this machine.", false,
        true},
       {"account", "", "The name of the account, for presets with {account} or {basic}.", false, true},
       {"from", "", "Our number or name, for presets with {from}.", false, true},
       {"api_key", "", "The password or key of the API, for presets with {api_key} or {basic}.", true, true},
       {"api_secret", "", "A second secret of the API, which signs requests.", true, true},
       {"consumer_key", "", "A third secret of the API.", true, true},
       {"hook_secret", "", "The end of the webhook: <public_url>/hooks/<name>/<hook_secret>; 22 characters or more.",
        true, true},
       {"old_hook_secret", "", "The former one, accepted too while it is being replaced.", true, true},
       {"signing_key", "", "What the gateway signs or opens its webhooks with, for [channel.verify].", true, true},
       {"old_signing_key", "", "The former one, accepted too while it is being replaced.", true, true}},
      &make};
  gateway.tables = {{"send", "How a message is handed over"},
                    {"sign_in", "How a token is asked for that ends, for gateways that want one: OAuth"},
                    {"answer", "Which answers mean success, and which what else"},
                    {"inbound", "Where a webhook has sender, words and id of a message"},
                    {"receipt", "Where it has the state of a message, and what the states are called"},
                    {"verify", "How a webhook proves where it comes from"},
                    {"traits", "Limits"}};
  gateway.check = &check;
  return gateway;
}

}  // namespace passerelle::adapters::generic
