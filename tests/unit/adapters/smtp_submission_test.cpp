// The conversation with a mail server, event by event.
#include <gtest/gtest.h>

#include "base/crypto.hpp"
#include "unit/adapters/smtp_fixture.hpp"

namespace passerelle::adapters::smtp_test {
namespace {

const std::string offers =
    "250-mail.example.org at your service\r\n250-SIZE 1000000\r\n250-8BITMIME\r\n250 AUTH LOGIN PLAIN";
const std::string offers_utf8 = "250-mail.example.org\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN";
const std::string signed_in = crypto::base64(std::string("\0bot\0fiction only", 17));

TEST(SmtpSubmission, a_mail_is_handed_over_step_by_step_under_tls) {
  Talking talk(message("Bonjour"));
  EXPECT_EQ(talk.begin(), "connect mail.example.org:587");
  EXPECT_EQ(talk.connected(), "listen");
  EXPECT_EQ(talk.hears("220 mail.example.org ESMTP"), "say EHLO asso.example\r\n");
  EXPECT_EQ(talk.hears("250-mail.example.org\r\n250-AUTH PLAIN\r\n250 STARTTLS"), "say STARTTLS\r\n");
  EXPECT_EQ(talk.hears("220 ready"), "secure");
  EXPECT_EQ(talk.secured(), "say EHLO asso.example\r\n");
  EXPECT_EQ(talk.hears(offers), "say AUTH PLAIN " + signed_in + "\r\n");
  const std::string from = talk.hears("235 2.7.0 welcome");
  EXPECT_TRUE(from.starts_with("say MAIL FROM:<bot@asso.example> SIZE=")) << from;
  EXPECT_TRUE(from.ends_with(" BODY=8BITMIME\r\n")) << from;
  EXPECT_EQ(talk.hears("250 2.1.0 ok"), "say RCPT TO:<amina@example.com>\r\n");
  EXPECT_EQ(talk.hears("250 2.1.5 ok"), "say DATA\r\n");
  const std::string mail = talk.hears("354 end with a dot");
  EXPECT_TRUE(mail.ends_with("\r\n\r\nBonjour\r\n.\r\n")) << mail;
  EXPECT_EQ(talk.hears("250 2.0.0 queued as 4F1"), "over accepted  quit");
}

TEST(SmtpSubmission, an_answer_may_come_byte_by_byte) {
  Talking talk(message("Bonjour"));
  talk.begin();
  talk.connected();
  talk.hears("220 hello");
  std::string said;
  for (const char c : std::string("250-mail.example.org\n250 STARTTLS\r\n")) {
    EXPECT_TRUE(said.empty() || said == "listen") << said;
    said = talk.event(handover::Arrived{std::string(1, c)});
  }
  EXPECT_EQ(said, "say STARTTLS\r\n");
}

TEST(SmtpSubmission, without_starttls_nothing_is_said_in_clear) {
  Talking talk(message("Bonjour"));
  talk.begin();
  talk.connected();
  talk.hears("220 hello");
  EXPECT_EQ(talk.hears("250-mail.example.org\r\n250 AUTH PLAIN"), "over misconfigured no_starttls quit");
  Talking old(message("Bonjour"));
  old.begin();
  old.connected();
  old.hears("220 hello");
  EXPECT_EQ(old.hears("502 what?"), "say HELO asso.example\r\n");
  EXPECT_EQ(old.hears("250 hello"), "over misconfigured no_starttls quit");
}

TEST(SmtpSubmission, what_was_said_in_clear_behind_starttls_is_not_believed) {
  Talking talk(message("Bonjour"));
  talk.begin();
  talk.connected();
  talk.hears("220 hello");
  talk.hears("250 STARTTLS");
  Talking second(message("Bonjour"));
  second.begin();
  second.connected();
  second.hears("220 hello");
  second.hears("250-x\r\n250 STARTTLS");
  EXPECT_EQ(second.hears("220 go on\r\n250 AUTH PLAIN"), "over misconfigured injected");
}

TEST(SmtpSubmission, tls_from_the_first_byte_and_a_server_on_this_machine) {
  ChannelSettings implicit = settings();
  implicit.values["tls"] = "implicit";
  implicit.values["port"] = "465";
  Talking talk(message("x"), implicit);
  EXPECT_EQ(talk.begin(), "connect mail.example.org:465 tls");
  talk.connected();
  talk.hears("220 hello");
  EXPECT_EQ(talk.hears(offers), "say AUTH PLAIN " + signed_in + "\r\n");

  ChannelSettings here = settings();
  here.values = {
      {"host", "127.0.0.1"}, {"port", "25"}, {"tls", "none"}, {"from", "bot@asso.example"}, {"subject", "s"}};
  here.secrets.clear();
  Talking plain(message("x"), here);
  EXPECT_EQ(plain.begin(), "connect 127.0.0.1:25");
  plain.connected();
  plain.hears("220 hello");
  EXPECT_EQ(plain.hears("250 here"), "say MAIL FROM:<bot@asso.example>\r\n");
}

TEST(SmtpSubmission, it_signs_in_as_the_server_wants_it) {
  Talking login(message("x"));
  EXPECT_EQ(login.to_offers("250-x\r\n250 AUTH=LOGIN"), "say AUTH LOGIN\r\n");
  EXPECT_EQ(login.hears("334 VXNlcm5hbWU6"), "say Ym90\r\n");
  EXPECT_EQ(login.hears("334 UGFzc3dvcmQ6"), "say " + crypto::base64("fiction only") + "\r\n");
  EXPECT_EQ(login.hears("235 ok"), "say MAIL FROM:<bot@asso.example>\r\n");
  Talking none(message("x"));
  EXPECT_EQ(none.to_offers("250-x\r\n250 AUTH XOAUTH2 CRAM-MD5"), "over misconfigured no_auth quit");
}

TEST(SmtpSubmission, trouble_with_our_account_stops_the_channel) {
  const auto after_offers = [](const std::string& reply) {
    Talking talk(message("x"));
    talk.to_offers(offers);
    return talk.hears(reply);
  };
  EXPECT_EQ(after_offers("535 5.7.8 no"), "over misconfigured 535_5.7.8 quit");
  EXPECT_EQ(after_offers("454 4.7.0 later"), "over later 454_4.7.0 0 quit");
  const auto after_sign_in = [](const std::string& reply) {
    Talking talk(message("x"));
    talk.to_offers(offers);
    talk.hears("235 ok");
    return talk.hears(reply);
  };
  EXPECT_EQ(after_sign_in("550 5.7.1 not your address"), "over misconfigured 550_5.7.1 quit");
  EXPECT_EQ(after_sign_in("530 5.7.0 sign in first"), "over misconfigured 530_5.7.0 quit");
  EXPECT_EQ(after_sign_in("552 5.3.4 too large"), "over refused 552_5.3.4 quit");
  EXPECT_EQ(after_sign_in("451 later"), "over later 451 0 quit");
}

TEST(SmtpSubmission, what_the_server_says_of_the_recipient_decides) {
  const auto recipient = [](const std::string& reply) {
    Talking talk(message("x"));
    talk.to_offers(offers);
    talk.hears("235 ok");
    talk.hears("250 ok");
    return talk.hears(reply);
  };
  EXPECT_EQ(recipient("550 5.1.1 no such user amina@example.com"), "over refused 550_5.1.1 quit");
  EXPECT_EQ(recipient("550-5.1.1 two\r\n550 5.1.1 lines"), "over refused 550_5.1.1 quit");
  EXPECT_EQ(recipient("553 what?"), "over refused 553 quit");
  EXPECT_EQ(recipient("450 4.2.0 greylisted"), "over later 450_4.2.0 0 quit");
  EXPECT_EQ(recipient("452 4.2.2 mailbox full"), "over later 452_4.2.2 0 quit");
  EXPECT_EQ(recipient("251 will forward"), "say DATA\r\n");
  EXPECT_EQ(recipient("421 4.3.2 going down"), "over later 421_4.3.2 0 lost");
}

TEST(SmtpSubmission, after_the_dot_only_a_lost_answer_is_uncertain) {
  const auto dot = [](const std::string& reply) {
    Talking talk(message("x"));
    talk.to_mail();
    return reply.empty() ? talk.loses("reset") : talk.hears(reply);
  };
  EXPECT_EQ(dot("250 ok"), "over accepted  quit");
  EXPECT_EQ(dot("451 4.3.0 later"), "over later 451_4.3.0 0 quit");
  EXPECT_EQ(dot("554 5.7.1 spam"), "over refused 554_5.7.1 quit");
  EXPECT_EQ(dot(""), "over ambiguous reset lost");
  EXPECT_EQ(dot("what"), "over ambiguous broken answer lost");
  EXPECT_EQ(dot("421 4.4.2 too slow"), "over later 421_4.4.2 0 lost");
}

TEST(SmtpSubmission, an_answer_that_nobody_asked_for_is_not_taken_for_the_next) {
  Talking talk(message("x"));
  talk.to_offers(offers);
  EXPECT_EQ(talk.hears("235 ok\r\n250 and more"), "over later broken answer 0 lost");
  Talking odd(message("x"));
  odd.to_offers(offers);
  odd.hears("235 ok");
  odd.hears("250 ok");
  odd.hears("250 ok");
  EXPECT_EQ(odd.hears("250 no text please"), "over later broken answer 0 lost");
  Talking last(message("x"));
  last.to_mail();
  EXPECT_EQ(last.hears("250 taken\r\n421 bye"), "over accepted  quit");
  Talking late(message("x"));
  late.to_mail();
  EXPECT_EQ(late.hears("354 go on"), "over ambiguous broken answer lost");
}

TEST(SmtpSubmission, before_the_text_nothing_is_lost_that_cannot_be_sent_again) {
  Talking unreached(message("x"));
  unreached.begin();
  EXPECT_EQ(unreached.loses("connect"), "over later connect 0 lost");
  Talking greeted(message("x"));
  greeted.begin();
  greeted.connected();
  EXPECT_EQ(greeted.hears("554 go away"), "over misconfigured 554 quit");
  Talking data(message("x"));
  data.to_offers(offers);
  data.hears("235 ok");
  data.hears("250 ok");
  EXPECT_EQ(data.hears("250 ok"), "say DATA\r\n");
  EXPECT_EQ(data.loses("deadline"), "over later deadline 0 lost");
}

TEST(SmtpSubmission, letters_beyond_ascii_in_an_address_need_smtputf8) {
  Talking without(message("x", "амина@пример.example"));
  without.to_offers(offers);
  EXPECT_EQ(without.hears("235 ok"), "over refused no_smtputf8 quit");
  Talking with(message("x", "амина@пример.example"));
  with.to_offers(offers_utf8);
  EXPECT_EQ(with.hears("235 ok"), "say MAIL FROM:<bot@asso.example> BODY=8BITMIME SMTPUTF8\r\n");
  EXPECT_EQ(with.hears("250 ok"), "say RCPT TO:<амина@пример.example>\r\n");
}

TEST(SmtpSubmission, an_address_that_is_none_is_refused_without_a_connection) {
  for (const std::string& bad : std::vector<std::string>{"",
                                                         "amina",
                                                         "amina@",
                                                         "@example.org",
                                                         "a@b",
                                                         "a@b..c",
                                                         ".a@b.c",
                                                         "a@.b.c",
                                                         "a b@c.d",
                                                         "a@b.c>",
                                                         "<a@b.c",
                                                         "a@b.c\r\nRCPT TO:<x@y.z>",
                                                         "a@b@c.d",
                                                         "\"a b\"@c.d",
                                                         "a@[127.0.0.1]",
                                                         "a,b@c.d",
                                                         std::string(65, 'a') + "@b.c",
                                                         "a@" + std::string(260, 'b') + ".c",
                                                         "a\xFF@b.c",
                                                         "+41791234567"}) {
    EXPECT_EQ(Talking(message("x", bad)).begin(), "over refused address") << bad;
  }
  for (const std::string good : {"o'neil+tag@sub.example.org", "a.b-c_d@example.co", "1@2.3"}) {
    EXPECT_EQ(Talking(message("x", good)).begin(), "connect mail.example.org:587") << good;
  }
}

TEST(SmtpSubmission, an_answer_without_end_or_sense_ends_it) {
  const auto greeting = [](const std::string& bytes) {
    Talking talk(message("x"));
    talk.begin();
    talk.connected();
    return talk.event(handover::Arrived{bytes});
  };
  EXPECT_EQ(greeting(std::string(3000, '2')), "over later broken answer 0 lost");
  EXPECT_EQ(greeting("HTTP/1.1 400 Bad Request\r\n"), "over later broken answer 0 lost");
  EXPECT_EQ(greeting("220-a\r\n221 b\r\n"), "over later broken answer 0 lost");
  EXPECT_EQ(greeting("22\r\n"), "over later broken answer 0 lost");
  EXPECT_EQ(greeting("999 x\r\n"), "over later broken answer 0 lost");
  EXPECT_EQ(greeting("220\r\n"), "say EHLO asso.example\r\n");
  std::string endless;
  for (int i = 0; i < 200; ++i) endless += "220-x\r\n";
  EXPECT_EQ(greeting(endless), "over later broken answer 0 lost");
}

}  // namespace
}  // namespace passerelle::adapters::smtp_test
