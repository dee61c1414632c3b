// A mail as bytes, and the settings of a channel of mails.
#include <gtest/gtest.h>

#include "adapters/smtp/mail.hpp"
#include "adapters/text.hpp"
#include "domain/utf8.hpp"
#include "unit/adapters/smtp_fixture.hpp"

namespace passerelle::adapters::smtp_test {
namespace {

using smtp::Mail;
using smtp::mail_bytes;

Mail mail(const std::string& text) {
  Mail made{
      "bot@asso.example", "Maison du Pont", "amina@example.com", "Un message", "0123@asso.example", "fr", text, now};
  return made;
}

std::string body_of(const std::string& bytes) { return bytes.substr(bytes.find("\r\n\r\n") + 4); }
bool has(const std::string& bytes, const std::string& line) { return bytes.find(line + "\r\n") != std::string::npos; }

// What the error of make() says and blames.
template <class Change>
std::string blamed(Change change) {
  ChannelSettings changed = settings();
  change(changed);
  const auto made = find_gateway("smtp")->make(changed);
  return made ? "" : made.error().where;
}

TEST(SmtpMail, a_mail_has_all_the_headers_that_servers_and_people_expect) {
  EXPECT_EQ(mail_bytes(mail("Bonjour\n1 = oui"), true),
            "Date: Fri, 26 Mar 2027 09:00:00 +0000\r\n"
            "From: \"Maison du Pont\" <bot@asso.example>\r\n"
            "To: <amina@example.com>\r\n"
            "Subject: Un message\r\n"
            "Message-ID: <0123@asso.example>\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "Content-Language: fr\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: 7bit\r\n"
            "\r\n"
            "Bonjour\r\n1 = oui\r\n");
}

TEST(SmtpMail, letters_beyond_ascii_travel_as_they_are_or_in_base64) {
  EXPECT_TRUE(has(mail_bytes(mail("ሰላም"), true), "Content-Transfer-Encoding: 8bit"));
  EXPECT_EQ(body_of(mail_bytes(mail("ሰላም"), true)), "ሰላም\r\n");
  const std::string seven = mail_bytes(mail("ሰላም"), false);
  EXPECT_TRUE(has(seven, "Content-Transfer-Encoding: base64"));
  EXPECT_EQ(body_of(seven), "4Yiw4YiL4YidDQo=\r\n");
  EXPECT_TRUE(smtp::is_ascii(seven));
}

TEST(SmtpMail, dots_and_ends_of_lines_are_as_smtp_wants_them) {
  EXPECT_EQ(body_of(mail_bytes(mail(".\n..\na.\r\n.b\rc\n"), true)), "..\r\n...\r\na.\r\n..b\r\nc\r\n");
  EXPECT_EQ(body_of(mail_bytes(mail(std::string("a\0b", 3)), true)), "ab\r\n");
  EXPECT_EQ(body_of(mail_bytes(mail("a\xFFz"), true)), "a\uFFFDz\r\n");
}

TEST(SmtpMail, no_line_is_longer_than_mail_allows) {
  for (const bool eight_bit : {true, false}) {
    for (const std::string& text : {std::string(5000, 'a'), std::string(998, '.'), std::string(997, 'b')}) {
      const std::string bytes = mail_bytes(mail(text), eight_bit);
      std::size_t at = 0;
      for (auto end = bytes.find("\r\n"); end != std::string::npos; at = end + 2, end = bytes.find("\r\n", at)) {
        EXPECT_LE(end - at, 998U);
      }
    }
  }
}

TEST(SmtpMail, encoded_words_are_short_and_cut_no_letter) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "ሰ😀é";
  const std::string header = smtp::header_text(text);
  EXPECT_TRUE(smtp::is_ascii(header));
  std::string decoded;
  for (std::size_t at = 0; at < header.size();) {
    const auto end = std::min(header.find("\r\n ", at), header.size());
    const std::string word = header.substr(at, end - at);
    EXPECT_LE(word.size(), 75U);
    ASSERT_TRUE(word.starts_with("=?UTF-8?B?") && word.ends_with("?=")) << word;
    const auto bytes = base64_decode(word.substr(10, word.size() - 12));
    ASSERT_TRUE(bytes.has_value());
    EXPECT_TRUE(is_utf8(*bytes)) << "a letter is cut in two";
    decoded += *bytes;
    at = end + 3;
  }
  EXPECT_EQ(decoded, text);
  EXPECT_EQ(smtp::header_text("plain"), "plain");
}

TEST(SmtpMail, nothing_begins_a_header_of_its_own) {
  Mail evil = mail("x");
  evil.from_name = "A\" <x@y.z>\r\nBcc: x";
  evil.subject = "s\r\nBcc: victim@example.org\r\n\r\nbody";
  evil.language = "fr\r\nBcc: x";
  const std::string bytes = mail_bytes(evil, true);
  EXPECT_EQ(bytes.find("\nBcc"), std::string::npos) << bytes;
  EXPECT_TRUE(has(bytes, "From: \"A\\\" <x@y.z>  Bcc: x\" <bot@asso.example>")) << bytes;
  EXPECT_EQ(body_of(bytes), "x\r\n");
}

TEST(SmtpMail, a_name_beyond_ascii_is_encoded_too) {
  Mail arabic = mail("x");
  arabic.from_name = "بيت الجسر";
  EXPECT_TRUE(has(mail_bytes(arabic, true), "From: =?UTF-8?B?2KjZitiqINin2YTYrNiz2LE=?=\r\n <bot@asso.example>"));
}

TEST(SmtpMail, dates_are_those_of_mail) {
  EXPECT_EQ(smtp::mail_date(from_ms(0)), "Thu, 01 Jan 1970 00:00:00 +0000");
  EXPECT_EQ(smtp::mail_date(from_ms(1'835'481'599'999)), "Tue, 29 Feb 2028 23:59:59 +0000");
}

TEST(SmtpMail, a_mail_can_be_known_by_its_id_when_it_comes_again) {
  const auto id_of = [](const OutboundMessage& of) {
    Talking talk(of);
    const std::string mail_said = talk.to_mail();
    const auto at = mail_said.find("Message-ID: ");
    return mail_said.substr(at, mail_said.find("\r\n", at) - at);
  };
  EXPECT_EQ(id_of(message("x")), "Message-ID: <0123456789abcdef0123456789abcdef@asso.example>");
  EXPECT_EQ(id_of(message("x")), id_of(message("x")));
}

TEST(SmtpMail, a_wrong_setting_is_named_and_no_complaint_repeats_the_password) {
  EXPECT_EQ(blamed([](auto&) {}), "");
  EXPECT_EQ(blamed([](auto& s) { s.values["host"] = "mail example"; }), "host");
  EXPECT_EQ(blamed([](auto& s) { s.values["host"] = "mail.example.org:25"; }), "host");
  EXPECT_EQ(blamed([](auto& s) { s.values["port"] = "0"; }), "port");
  EXPECT_EQ(blamed([](auto& s) { s.values["port"] = "70000"; }), "port");
  EXPECT_EQ(blamed([](auto& s) { s.values["tls"] = "none"; }), "tls") << "in clear to this machine only";
  EXPECT_EQ(blamed([](auto& s) { s.values["tls"] = "ssl"; }), "tls");
  EXPECT_EQ(blamed([](auto& s) { s.values["from"] = "bot"; }), "from");
  EXPECT_EQ(blamed([](auto& s) { s.values["subject"] = ""; }), "subject");
  EXPECT_EQ(blamed([](auto& s) { s.values["subject"] = "a\nb"; }), "subject");
  EXPECT_EQ(blamed([](auto& s) { s.values["hello"] = "a b"; }), "hello");
  EXPECT_EQ(blamed([](auto& s) { s.values.erase("username"); }), "username");
  EXPECT_EQ(blamed([](auto& s) { s.secrets.clear(); }), "username");
  ChannelSettings wrong = settings();
  wrong.values["username"] = "";
  EXPECT_EQ(to_string(find_gateway("smtp")->make(wrong).error()).find("fiction"), std::string::npos);
}

TEST(SmtpMail, it_tells_what_it_can) {
  const Traits traits = channel()->traits();
  EXPECT_TRUE(traits.sends);
  EXPECT_EQ(traits.place, "mail.example.org:587");
  EXPECT_EQ(traits.host, "mail.example.org");
  EXPECT_EQ(traits.api_url, "");
  EXPECT_FALSE(traits.takes_reference);
  EXPECT_TRUE(std::holds_alternative<Rejected>(channel()->read({}, now)));
}

}  // namespace
}  // namespace passerelle::adapters::smtp_test
