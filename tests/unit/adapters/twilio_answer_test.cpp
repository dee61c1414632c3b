#include <gtest/gtest.h>

#include "adapters/text.hpp"
#include "domain/utf8.hpp"
#include "unit/adapters/twilio_fixture.hpp"

namespace passerelle::adapters {
namespace {

OutboundMessage reply(const std::string& text, const std::string& ref = "0123456789abcdef0123456789abcdef") {
  OutboundMessage message;
  message.ref = ref;
  message.text = text;
  return message;
}

std::string body_of(const std::vector<OutboundMessage>& replies) { return channel()->answer({}, replies).body; }

// Reads entities back; strict: whatever XML 1.0 forbids in character data fails the test.
std::string unescape(std::string_view text) {
  static const std::map<std::string, std::string> entities = {{"amp", "&"},   {"lt", "<"},   {"gt", ">"},
                                                              {"quot", "\""}, {"apos", "'"}, {"#13", "\r"}};
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    EXPECT_NE(text[i], '<');
    EXPECT_FALSE(static_cast<unsigned char>(text[i]) < 0x20 && text[i] != '\n' && text[i] != '\t');
    if (text[i] != '&') {
      out += text[i];
      continue;
    }
    const auto end = text.find(';', i);
    const auto entity = entities.find(std::string(text.substr(i + 1, end - i - 1)));
    EXPECT_NE(entity, entities.end()) << text.substr(i);
    if (end == std::string_view::npos || entity == entities.end()) return out;
    out += entity->second;
    i = end;
  }
  return out;
}

std::vector<std::string> parse_back(const std::string& twiml) {
  std::vector<std::string> texts;
  const std::string open = "<Message action=\"";
  for (auto at = twiml.find(open); at != std::string::npos; at = twiml.find(open, at + 1)) {
    const auto start = twiml.find("\">", at) + 2;
    texts.push_back(unescape(std::string_view(twiml).substr(start, twiml.find("</Message>", start) - start)));
  }
  return texts;
}

TEST(TwilioAnswer, without_replies_it_is_an_empty_response) {
  const HttpResponse response = channel()->answer({}, {});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(field(response.fields, "Content-Type"), "text/xml");
  EXPECT_EQ(response.body, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>");
}

TEST(TwilioAnswer, each_reply_tells_where_its_receipts_go) {
  EXPECT_EQ(body_of({reply("Bonjour"), reply("مرحبا", "ffff")}),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>"
            "<Message "
            "action=\"https://sms.example.org/hooks/sms/status?ref=0123456789abcdef0123456789abcdef\">Bonjour</Message>"
            "<Message action=\"https://sms.example.org/hooks/sms/status?ref=ffff\">مرحبا</Message></Response>");
}

TEST(TwilioAnswer, every_text_comes_back_as_it_was) {
  const std::vector<std::string> texts = {"<Message>&amp;]]></Message>",
                                          "{phone} {0,number} ' \" `",
                                          "a\r\nb\tc\n",
                                          "😀 \u2067عربي\u2069 \u200F",
                                          "  spaces  ",
                                          "<![CDATA[x]]>",
                                          "&#13;",
                                          ""};
  std::vector<OutboundMessage> replies;
  for (const std::string& text : texts) replies.push_back(reply(text));
  EXPECT_EQ(parse_back(body_of(replies)), texts);
}

TEST(TwilioAnswer, characters_that_xml_cannot_hold_are_left_out) {
  EXPECT_EQ(parse_back(body_of({reply(std::string("a\0b\x01\x1F", 5) + "\uFFFE\uFFFF" + "c\x7F")})),
            std::vector<std::string>{"abc\x7F"});
  EXPECT_EQ(parse_back(body_of({reply("a\xFFz")})), std::vector<std::string>{"a\uFFFDz"});
}

TEST(TwilioAnswer, a_ref_and_a_callback_url_are_escaped) {
  ChannelSettings odd = settings();
  odd.callback_url = "https://sms.example.org/a&b/hooks/sms";
  const std::vector<OutboundMessage> replies = {reply("x", "\"><Redirect>")};
  EXPECT_NE(channel(odd)
                ->answer({}, replies)
                .body.find("action=\"https://sms.example.org/a&amp;b/hooks/sms/status?ref=%22%3E%3CRedirect%3E\""),
            std::string::npos);
}

TEST(TwilioAnswer, the_same_rows_give_the_same_bytes) {
  const std::vector<OutboundMessage> replies = {reply("un"), reply("deux")};
  EXPECT_EQ(body_of(replies), body_of(replies));
}

TEST(Text, only_well_formed_utf8_is_utf8) {
  for (const std::string_view good : {"", "abc", "é€😀", "\U0010FFFF", "\uD7FF\uE000"})
    EXPECT_TRUE(is_utf8(good)) << good;
  // Overlong, a surrogate, cut off, beyond the last plane, a lone continuation.
  for (const std::string_view bad :
       {"\xC0\x80", "\xED\xA0\x80", "\xF0\x9F\x98", "\xF4\x90\x80\x80", "\x80", "\xE0\x80\x80"}) {
    EXPECT_FALSE(is_utf8(bad));
    EXPECT_EQ(xml_escape(bad).find("\uFFFD"), 0U);
  }
}

TEST(Text, ids_and_addresses_hold_nothing_odd) {
  EXPECT_TRUE(is_plain("La Poste é", 64));
  EXPECT_FALSE(is_plain("", 64));
  EXPECT_FALSE(is_plain("abc", 2));
  for (const std::string_view odd : {"a\nb", "a\x7F", "a\u0085", "a\xFF"}) EXPECT_FALSE(is_plain(odd, 64)) << odd;
  EXPECT_TRUE(is_ascii_word("SM_1-a", 6));
  EXPECT_FALSE(is_ascii_word("SM_1-a", 5));
  EXPECT_FALSE(is_ascii_word("SM 1", 64));
}

TEST(Text, only_canonical_base64_is_decoded) {
  EXPECT_EQ(base64_decode("YQ==").value_or("-"), "a");
  EXPECT_EQ(base64_decode("YWI=").value_or("-"), "ab");
  EXPECT_EQ(base64_decode("").value_or("-"), "");
  for (const std::string_view bad : {"YR==", "YQ=", "YQ", "YQ==YQ==", "Y Q=", "====", "YWJ-"}) {
    EXPECT_FALSE(base64_decode(bad).has_value()) << bad;
  }
}

}  // namespace
}  // namespace passerelle::adapters
