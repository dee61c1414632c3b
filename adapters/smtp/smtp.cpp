#include "adapters/smtp/smtp.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "adapters/settings.hpp"
#include "adapters/smtp/submission.hpp"
#include "adapters/text.hpp"
#include "base/url.hpp"

namespace passerelle::adapters::smtp {
namespace {

struct Settings {
  Relay relay;
  std::string from, from_name, subject;
};

class Smtp final : public Channel {
 public:
  explicit Smtp(Settings settings) : settings_(std::move(settings)) {}

  Traits traits() const override {
    Traits traits;
    traits.longest_text = 100'000;
    traits.sends = true;
    traits.receipts = false;
    traits.hears = false;
    traits.host = settings_.relay.host;
    traits.names_us = true;  // From, and the host in it
    traits.place = settings_.relay.host + ":" + std::to_string(settings_.relay.port);
    return traits;
  }

  Webhook read(const HttpRequest&, TimePoint) const override { return Rejected{404, "no webhook"}; }
  HttpResponse answer(const Events&, std::span<const OutboundMessage>) const override { return {}; }

  std::unique_ptr<Handover> open_handover(const OutboundMessage& message, TimePoint now) const override {
    Mail mail;
    mail.from = settings_.from;
    mail.from_name = settings_.from_name;
    mail.to = message.to.user;
    mail.subject = settings_.subject;
    // The same each time: a mail that comes twice can be known by it.
    mail.message_id = message.ref + settings_.from.substr(settings_.from.find('@'));
    mail.language = message.locale;
    mail.text = message.text;
    mail.date = now;
    return submit(settings_.relay, std::move(mail));
  }

 private:
  Settings settings_;
};

std::optional<std::uint16_t> port_of(const std::string& text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port > 0 ? std::optional(port) : std::nullopt;
}

// The rules for hosts of URLs, which the client of requests goes by, too.
bool is_host(const std::string& text) {
  const auto url = read_url("https://" + text + "/");
  return url && url->host == text && url->port.empty();
}

result<Security> security_of(const ChannelSettings& settings, const std::string& host) {
  const std::string word = text_of(settings, "tls", "starttls");
  if (word == "starttls") return Security::start_tls;
  if (word == "implicit") return Security::implicit;
  if (word == "none" && is_loopback(host)) return Security::none;
  return Error{
      "tls must be \"starttls\" (usual for port 587), \"implicit\" (for port 465) or, to this machine only, \"none\"",
      "tls"};
}

result<Relay> relay_of(const ChannelSettings& settings, const std::string& from) {
  Relay relay;
  relay.host = text_of(settings, "host");
  if (!is_host(relay.host))
    return Error{"host must be the name of the mail server, as in \"mail.example.org\"", "host"};
  const auto port = port_of(text_of(settings, "port", "587"));
  if (!port) return Error{"port must be a number, as in \"587\"", "port"};
  relay.port = *port;
  const auto security = security_of(settings, relay.host);
  if (!security) return security.error();
  relay.security = *security;
  relay.username = text_of(settings, "username");
  relay.password = secret_of(settings, "password");
  if (relay.username.empty() != relay.password.empty() || relay.username.find('\0') != std::string::npos) {
    return Error{"username and password belong together: give both, or neither", "username"};
  }
  relay.hello = text_of(settings, "hello", from.substr(from.find('@') + 1));
  if (!is_plain(relay.hello, 255) || !is_ascii(relay.hello) || relay.hello.find(' ') != std::string::npos) {
    return Error{"hello must be the name of this machine, as in \"bot.example.org\"", "hello"};
  }
  return relay;
}

result<std::unique_ptr<Channel>> make(const ChannelSettings& settings) {
  Settings made;
  made.from = text_of(settings, "from");
  if (!is_mail_address(made.from) || !is_ascii(made.from)) {
    return Error{"from must be a mail address, as in \"bot@example.org\"", "from"};
  }
  made.from_name = text_of(settings, "from_name");
  made.subject = text_of(settings, "subject");
  for (const auto& [key, text] : {std::pair("from_name", made.from_name), std::pair("subject", made.subject)}) {
    if (!text.empty() && !is_plain(text, 200)) return Error{std::string(key) + " must be one short line", key};
  }
  if (made.subject.empty()) return Error{"subject must be what people see in their list of mails", "subject"};
  auto relay = relay_of(settings, made.from);
  if (!relay) return relay.error();
  made.relay = std::move(*relay);
  return std::make_unique<Smtp>(std::move(made));
}

std::vector<Trap> traps(const ChannelSettings& settings, const PeerFiles&) {
  std::vector<Trap> found;
  if (text_of(settings, "port", "587") == "25") {
    found.push_back({"port 25 is for mail between servers: most networks close it, and mail from it lands in spam",
                     "set port = \"587\", with the account of a mail provider"});
  }
  if (!text_of(settings, "username").empty() && secret_of(settings, "password").empty())
    found.push_back({"there is a username and no password: nobody is signed in", "set password_file"});
  return found;
}

}  // namespace

Gateway gateway() {
  return {"smtp",
          {{"host", "", "The mail server, as in \"mail.example.org\"."},
           {"port", "587", "Its port: 587, or 465 with tls = \"implicit\"."},
           {"tls", "starttls", "\"starttls\", \"implicit\" or, to this machine only, \"none\"."},
           {"username", "", "Of our account there.", false, true},
           {"password", "", "Of our account there.", true, true},
           {"from", "", "The address that mails come from, as in \"bot@example.org\"."},
           {"from_name", "", "The name beside it.", false, true},
           {"subject", "", "The subject of every mail. Discreet: it is seen over shoulders."},
           {"hello", "", "Our name in EHLO; without it, the domain of 'from'.", false, true}},
          &make,
          false,
          {},
          nullptr,
          &traps};
}

}  // namespace passerelle::adapters::smtp
