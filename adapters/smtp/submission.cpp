#include "adapters/smtp/submission.hpp"

#include <utility>

#include "adapters/smtp/reply.hpp"
#include "base/crypto.hpp"

namespace passerelle::adapters::smtp {
namespace {

using handover::Over;
using handover::Talk;

constexpr std::chrono::seconds after_the_dot{120};  // the server looks for viruses and spam meanwhile

class Submission final : public Handover {
 public:
  Submission(const Relay& relay, Mail mail) : relay_(relay), mail_(std::move(mail)) {}

  handover::Action next(const handover::Event& event) override {
    if (const auto* arrived = std::get_if<handover::Arrived>(&event)) return hear(arrived->bytes);
    if (const auto* broken = std::get_if<handover::Broken>(&event)) return lost(broken->why);
    if (std::holds_alternative<handover::Connected>(event)) return Talk{};
    if (std::holds_alternative<handover::Secured>(event)) {
      secured_ = true;
      return say(Step::hello, "EHLO " + relay_.hello);
    }
    if (!is_mail_address(mail_.to)) return Over{Refused{"address"}};
    return handover::Connect{relay_.host, relay_.port, relay_.security == Security::implicit};
  }

 private:
  // What the server answers next.
  enum class Step { greeting, hello, old_hello, start_tls, plain, login, login_name, password, from, to, data, text };

  handover::Action say(Step step, const std::string& line) {
    if (!arrived_.empty()) return lost("broken answer");  // nobody asked for it; it would be taken for the next answer
    step_ = step;
    return Talk{line + "\r\n"};
  }

  // Once the text may have left as a whole, nobody knows.
  handover::Action lost(const std::string& why) const {
    if (step_ == Step::text) return Over{Ambiguous{why}, false};
    return Over{RetryLater{{}, why}, false};
  }

  static handover::Action over(Outcome outcome) { return Over{std::move(outcome), true, "QUIT\r\n"}; }

  handover::Action hear(const std::string& bytes) {
    arrived_ += bytes;
    Reply reply;
    switch (read_reply(arrived_, reply)) {
      case Reading::more: return Talk{};
      case Reading::broken: return lost("broken answer");
      case Reading::complete: break;
    }
    if (reply.code == 421) return Over{RetryLater{{}, reply.why()}, false};  // it closes; it has not taken the mail
    return answer(reply);
  }

  handover::Action answer(const Reply& reply) {
    switch (step_) {
      case Step::greeting: return reply.kind() == 2 ? say(Step::hello, "EHLO " + relay_.hello) : our_trouble(reply);
      case Step::hello: return hello(reply);
      case Step::old_hello: return reply.kind() == 2 ? begin() : our_trouble(reply);
      case Step::start_tls: return secure(reply);
      case Step::plain:
      case Step::password: return reply.kind() == 2 ? from() : our_trouble(reply);
      case Step::login: return reply.code == 334 ? secret(Step::login_name, relay_.username) : our_trouble(reply);
      case Step::login_name:
        return reply.code == 334 ? secret(Step::password, relay_.password.reveal()) : our_trouble(reply);
      case Step::from: return sender(reply);
      case Step::to: return recipient(reply);
      case Step::data:
        if (reply.code != 354) return their_trouble(reply);
        if (!arrived_.empty()) return lost("broken answer");
        step_ = Step::text;
        return Talk{mail_bytes(mail_, offers_.eight_bit) + ".\r\n", after_the_dot};
      case Step::text: return reply.kind() == 2 ? over(Accepted{}) : their_trouble(reply);
    }
    return lost("broken answer");
  }

  // About us, our account or our sender: no mail of ours would fare better.
  handover::Action our_trouble(const Reply& reply) const {
    if (reply.kind() < 4) return lost("broken answer");
    if (reply.kind() == 4) return over(RetryLater{{}, reply.why()});
    return over(Misconfigured{reply.why()});
  }
  // About this recipient or this text.
  handover::Action their_trouble(const Reply& reply) const {
    if (reply.kind() < 4) return lost("broken answer");
    if (reply.kind() == 4) return over(RetryLater{{}, reply.why()});
    if (reply.code == 530 || reply.code == 535) return over(Misconfigured{reply.why()});
    return over(Refused{reply.why()});
  }

  handover::Action hello(const Reply& reply) {
    if (reply.kind() == 2) {
      offers_ = read_offers(reply);
      return begin();
    }
    const bool is_old = reply.code == 500 || reply.code == 502;
    return is_old && !secured_ ? say(Step::old_hello, "HELO " + relay_.hello) : our_trouble(reply);
  }

  handover::Action begin() {
    if (relay_.security == Security::start_tls && !secured_) {
      // Somebody on the way may have taken the offer out; nothing is ever said in clear instead.
      return offers_.start_tls ? say(Step::start_tls, "STARTTLS") : over(Misconfigured{"no_starttls"});
    }
    if (relay_.username.empty()) return from();
    if (offers_.plain) {
      const std::string both = '\0' + relay_.username + '\0' + std::string(relay_.password.reveal());
      return say(Step::plain, "AUTH PLAIN " + crypto::base64(both));
    }
    return offers_.login ? say(Step::login, "AUTH LOGIN") : over(Misconfigured{"no_auth"});
  }

  handover::Action secure(const Reply& reply) {
    if (reply.code != 220) return our_trouble(reply);
    if (!arrived_.empty()) return Over{Misconfigured{"injected"}};  // said in clear, to be believed as if under TLS
    offers_ = {};
    return handover::Secure{};
  }

  handover::Action secret(Step step, std::string_view word) { return say(step, crypto::base64(word)); }

  handover::Action from() {
    const bool beyond_ascii = !is_ascii(mail_.to);
    if (beyond_ascii && !offers_.utf8) return over(Refused{"no_smtputf8"});
    std::string line = "MAIL FROM:<" + mail_.from + ">";
    if (offers_.size) line += " SIZE=" + std::to_string(mail_bytes(mail_, offers_.eight_bit).size());
    if (offers_.eight_bit) line += " BODY=8BITMIME";
    if (beyond_ascii) line += " SMTPUTF8";
    return say(Step::from, line);
  }

  handover::Action sender(const Reply& reply) {
    if (reply.kind() == 2) return say(Step::to, "RCPT TO:<" + mail_.to + ">");
    return reply.code == 552 ? over(Refused{reply.why()}) : our_trouble(reply);  // 552: the text is too large
  }

  handover::Action recipient(const Reply& reply) {
    return reply.kind() == 2 ? say(Step::data, "DATA") : their_trouble(reply);
  }

  const Relay& relay_;
  Mail mail_;
  Step step_ = Step::greeting;
  Offers offers_;
  std::string arrived_;  // and not yet heard
  bool secured_ = false;
};

}  // namespace

std::unique_ptr<Handover> submit(const Relay& relay, Mail mail) {
  return std::make_unique<Submission>(relay, std::move(mail));
}

}  // namespace passerelle::adapters::smtp
