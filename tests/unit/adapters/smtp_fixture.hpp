// An e-mail channel, and a mail server's side of the conversation, line by line.
#pragma once

#include <boost/json.hpp>
#include <memory>
#include <string>

#include "adapters/registry.hpp"
#include "unit/adapters/outcome_words.hpp"

namespace passerelle::adapters::smtp_test {

inline const TimePoint now = from_ms(1'806'051'600'000);  // Fri, 26 Mar 2027 09:00:00 UTC

inline ChannelSettings settings() {
  ChannelSettings settings;
  settings.name = "mail";
  settings.values = {{"host", "mail.example.org"},
                     {"from", "bot@asso.example"},
                     {"from_name", "Maison du Pont"},
                     {"subject", "Un message pour vous"},
                     {"username", "bot"}};
  settings.secrets.emplace("password", Secret("fiction only"));
  return settings;
}

inline std::unique_ptr<Channel> channel(const ChannelSettings& of = settings()) {
  return find_gateway("smtp")->make(of).value();
}

inline OutboundMessage message(const std::string& text, const std::string& to = "amina@example.com") {
  OutboundMessage made;
  made.ref = "0123456789abcdef0123456789abcdef";
  made.to = {"mail", to};
  made.locale = "fr";
  made.text = text;
  made.parts = {text};
  return made;
}

// What the handover does with an event, in one line: "connect mail.example.org:587", "say EHLO …", "listen", "secure",
// "over refused 550 quit", "over ambiguous reset lost".
struct ActionWords {
  std::string operator()(const handover::Connect& one) const {
    return "connect " + one.host + ":" + std::to_string(one.port) + (one.tls ? " tls" : "");
  }
  std::string operator()(const handover::Secure&) const { return "secure"; }
  std::string operator()(const handover::Talk& one) const { return one.bytes.empty() ? "listen" : "say " + one.bytes; }
  std::string operator()(const handover::Over& one) const {
    return "over " + words_of(one.outcome) + (one.reached ? "" : " lost") + (one.farewell.empty() ? "" : " quit");
  }
};

class Talking {
 public:
  explicit Talking(const OutboundMessage& what, const ChannelSettings& with = settings())
      : channel_(channel(with)), handover_(channel_->open_handover(what, now)) {}

  std::string event(const handover::Event& event) { return std::visit(ActionWords{}, handover_->next(event)); }
  std::string begin() { return event(handover::Begun{}); }
  std::string connected() { return event(handover::Connected{}); }
  std::string secured() { return event(handover::Secured{}); }
  std::string hears(const std::string& lines) { return event(handover::Arrived{lines + "\r\n"}); }
  std::string loses(const std::string& why) { return event(handover::Broken{why}); }

  // As far as the answer to the second EHLO, under TLS.
  std::string to_offers(const std::string& offers) {
    begin();
    connected();
    hears("220 mail.example.org ESMTP");
    hears("250-mail.example.org\r\n250 STARTTLS");
    hears("220 go on");
    secured();
    return hears(offers);
  }
  // …and as far as the mail itself.
  std::string to_mail(const std::string& offers = "250-mail.example.org\r\n250-8BITMIME\r\n250 AUTH PLAIN") {
    to_offers(offers);
    hears("235 welcome");
    hears("250 sender ok");
    hears("250 recipient ok");
    return hears("354 go on");
  }

 private:
  std::unique_ptr<Channel> channel_;
  std::unique_ptr<Handover> handover_;
};

}  // namespace passerelle::adapters::smtp_test
