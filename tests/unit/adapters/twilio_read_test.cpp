#include <gtest/gtest.h>

#include "adapters/twilio/decode.hpp"
#include "unit/adapters/twilio_fixture.hpp"

namespace passerelle::adapters {
namespace {

namespace json = boost::json;

std::string_view name_of(InboundMessage::Kind kind) {
  switch (kind) {
    case InboundMessage::Kind::text: return "text";
    case InboundMessage::Kind::missed_call: return "missed_call";
    case InboundMessage::Kind::location: return "location";
    case InboundMessage::Kind::media: return "media";
  }
  return "";
}

// Everything that a row of requests.json may ask for, as JSON, so that a row names only what it is about.
json::object described(const Webhook& webhook) {
  json::object seen;
  if (const auto* rejected = std::get_if<Rejected>(&webhook)) {
    return {{"refused", rejected->why}, {"status", rejected->status}};
  }
  const Events& events = std::get<Events>(webhook);
  seen["ignored"] = events.ignored;
  for (const InboundMessage& message : events.messages) {
    json::array media;
    for (const Attachment& one : message.attachments) media.push_back(json::array{one.url, one.content_type});
    EXPECT_EQ(message.from.channel, "sms");
    EXPECT_EQ(message.sent_at, now);
    seen["kind"] = name_of(message.kind);
    seen["text"] = message.text;
    seen["user"] = message.from.user;
    seen["id"] = message.provider_id;
    seen["media"] = std::move(media);
  }
  for (const Receipt& receipt : events.receipts) {
    seen["state"] = to_string(receipt.state);
    seen["ref"] = receipt.ref;
    seen["id"] = receipt.provider_id;
    seen["code"] = receipt.code;
  }
  return seen;
}

TEST(TwilioRead, every_request_of_the_table_becomes_what_it_says) {
  const json::value file = read_json("tests/adapters/twilio/requests.json");
  ASSERT_GE(file.at("requests").as_array().size(), 40U);
  for (const json::value& row : file.at("requests").as_array()) {
    const std::string form(row.at("form").as_string());
    const std::string path(row.at("path").as_string());
    const json::object seen = described(channel()->read(signed_request(form, path), now));
    for (const auto& [key, wanted] : row.at("want").as_object()) {
      const json::value* found = seen.if_contains(key);
      ASSERT_NE(found, nullptr) << row.at("name") << ": no " << std::string_view(key) << " in "
                                << json::serialize(seen);
      EXPECT_EQ(json::serialize(*found), json::serialize(wanted)) << row.at("name") << ": " << std::string_view(key);
    }
  }
}

TEST(TwilioRead, an_unsigned_request_is_refused_before_it_is_decoded) {
  HttpRequest request = signed_request("MessageSid=&AccountSid=");
  request.fields.clear();
  EXPECT_EQ(refusal(channel()->read(request, now)), "no signature");
}

TEST(TwilioRead, only_a_post_to_its_own_hook_is_heard) {
  HttpRequest request = signed_request(hello);
  request.method = "GET";
  EXPECT_EQ(std::get<Rejected>(channel()->read(request, now)).status, 405);
  for (const std::string path : {"/hooks/other", "/hooks/sms/", "/hooks/sms/secret", "/hooks/SMS", "/hooks/sms/status/",
                                 "/hooks/%73ms", "/", ""}) {
    request = signed_request(hello);
    request.target = path;
    EXPECT_EQ(refusal(channel()->read(request, now)), "path") << path;
  }
}

TEST(TwilioRead, a_signature_for_the_hook_does_not_open_the_status_hook) {
  HttpRequest request = signed_request(hello);
  request.target = "/hooks/sms/status";
  EXPECT_EQ(refusal(channel()->read(request, now)), "signature");
}

TEST(TwilioRead, ten_thousand_pairs_are_refused) {
  std::string body = hello;
  for (int i = 0; i < 10'000; ++i) body += "&a=";
  EXPECT_EQ(refusal(channel()->read(signed_request(body), now)), "too many fields");
}

TEST(TwilioRead, pairs_behind_the_limit_never_slip_in_unsigned) {
  std::string body = hello;  // a repeated pair adds nothing to the signed text
  for (int i = 0; i < 1500; ++i) body += "&NumMedia=0";
  EXPECT_EQ(refusal(channel()->read(signed_request(body + "&Body=other"), now)), "too many fields");
}

TEST(TwilioRead, a_body_over_the_limit_is_refused) {
  EXPECT_EQ(refusal(channel()->read(signed_request(hello + "&Pad=" + std::string(64 * 1024, 'x')), now)), "size");
  const std::string longest(60'000, 'x');
  const Webhook webhook =
      channel()->read(signed_request(hello.substr(0, hello.find("&Body")) + "&Body=" + longest), now);
  ASSERT_TRUE(std::holds_alternative<Events>(webhook));
  EXPECT_EQ(std::get<Events>(webhook).messages.front().text, longest);
}

TEST(TwilioRead, base64_is_unwrapped_only_when_it_cannot_be_anything_else) {
  const std::string arabic = "مرحبا كيف حالك اليوم يا صديقي";
  EXPECT_EQ(twilio::unwrap_base64(crypto::base64(arabic)), arabic);
  EXPECT_EQ(twilio::unwrap_base64(crypto::base64("Good morning, where is the office?")),
            "Good morning, where is the office?");
  for (const std::string& left :
       {std::string("test"), std::string("Yes1"), crypto::base64("short text"), crypto::base64(std::string(60, '\x01')),
        crypto::base64("\xff\xfe" + arabic), crypto::base64(arabic) + "A", std::string(44, 'A'), std::string(44, 'x'),
        crypto::base64("with a zero byte inside the text" + std::string(1, '\0'))}) {
    EXPECT_EQ(twilio::unwrap_base64(left), left);
  }
}

TEST(TwilioRead, the_same_request_gives_the_same_events) {
  const HttpRequest request = signed_request(hello);
  EXPECT_EQ(described(channel()->read(request, now)), described(channel()->read(request, now)));
}

}  // namespace
}  // namespace passerelle::adapters
