#include <gtest/gtest.h>

#include <random>

#include "unit/adapters/smsgate_fixture.hpp"

namespace passerelle::adapters::smsgate_test {
namespace {

namespace json = boost::json;

// Everything that a row of requests.json may ask for; of several messages, the last.
json::object described(const Webhook& webhook) {
  if (const auto* rejected = std::get_if<Rejected>(&webhook))
    return {{"refused", rejected->why}, {"status", rejected->status}};
  const Events& events = std::get<Events>(webhook);
  json::object seen = {
      {"ignored", events.ignored}, {"messages", events.messages.size()}, {"receipts", events.receipts.size()}};
  for (const InboundMessage& message : events.messages) {
    EXPECT_EQ(message.from.channel, "phone");
    seen["kind"] = message.kind == InboundMessage::Kind::media ? "media" : "text";
    seen["text"] = message.text;
    seen["user"] = message.from.user;
    seen["id"] = message.provider_id;
    seen["sent_at"] = to_ms(message.sent_at);
    json::array attachments;
    for (const Attachment& one : message.attachments) attachments.emplace_back(one.url + " " + one.content_type);
    seen["attachments"] = attachments;
  }
  for (const Receipt& receipt : events.receipts) {
    EXPECT_EQ(receipt.provider_id, "");
    EXPECT_FALSE(receipt.opted_out || receipt.part);
    seen["state"] = to_string(receipt.state);
    seen["ref"] = receipt.ref;
    seen["code"] = receipt.code;
    seen["part"] = receipt.part_id;
  }
  return seen;
}

InboundMessage message_of(const std::string& body, const ChannelSettings& of = settings()) {
  const Webhook webhook = channel(of)->read(signed_request(body), now);
  return std::get<Events>(webhook).messages.at(0);
}

TEST(SmsGateRead, every_request_of_the_table_becomes_what_it_says) {
  const json::value file = read_json("tests/adapters/smsgate/requests.json");
  ASSERT_GE(file.at("requests").as_array().size(), 55U);
  for (const json::value& row : file.at("requests").as_array()) {
    const json::object seen = described(channel()->read(signed_request(body_of(row)), now));
    for (const auto& [name, wanted] : row.at("want").as_object()) {
      const json::value* found = seen.if_contains(name);
      ASSERT_NE(found, nullptr) << row.at("name") << ": no " << std::string_view(name) << " in "
                                << json::serialize(seen);
      EXPECT_EQ(json::serialize(*found), json::serialize(wanted)) << row.at("name") << ": " << std::string_view(name);
    }
  }
}

TEST(SmsGateRead, every_vector_holds_and_no_other_key_body_or_time_does) {
  const json::value file = read_json("tests/adapters/smsgate/vectors.json");
  for (const json::value& vector : file.at("vectors").as_array()) {
    ChannelSettings of = settings();
    of.secrets.insert_or_assign("signing_key", Secret(std::string(vector.at("key").as_string())));
    const std::string timestamp(vector.at("timestamp").as_string());
    HttpRequest request = signed_request(body_of(vector), timestamp);
    request.fields[2].value = vector.at("expected").as_string();
    const TimePoint then = TimePoint(std::chrono::seconds(std::stoll(timestamp)));
    const auto holds = [&](const HttpRequest& one) {
      return std::holds_alternative<Events>(channel(of)->read(one, then));
    };
    EXPECT_TRUE(holds(request));
    HttpRequest other = request;
    other.body += " ";
    EXPECT_FALSE(holds(other));
    other = request;
    other.fields[1].value.back() ^= 1;
    EXPECT_FALSE(holds(other));
    of.secrets.insert_or_assign("signing_key", Secret("another"));
    EXPECT_FALSE(holds(request));
  }
}

TEST(SmsGateRead, a_thousand_flips_of_a_signature_are_refused) {
  std::mt19937 random(1);
  const HttpRequest good = signed_request(hello);
  EXPECT_EQ(refusal(good), "");
  for (int i = 0; i < 1000; ++i) {
    HttpRequest bad = good;
    std::string& signature = bad.fields[2].value;
    signature[random() % signature.size()] ^= static_cast<char>(1U << random() % 8);
    EXPECT_EQ(refusal(bad), "403 signature") << signature;
  }
}

TEST(SmsGateRead, strangers_are_refused_without_detail) {
  HttpRequest bad = signed_request(hello);
  bad.method = "GET";
  EXPECT_EQ(refusal(bad), "405 method");
  bad = signed_request(hello);
  bad.target = "/hooks/phone/status";
  EXPECT_EQ(refusal(bad), "403 path");
  for (const std::size_t missing : {1U, 2U}) {
    bad = signed_request(hello);
    bad.fields.erase(bad.fields.begin() + static_cast<std::ptrdiff_t>(missing));
    EXPECT_EQ(refusal(bad), "403 no signature");
  }
  bad = signed_request(hello);
  std::ranges::transform(bad.fields[2].value, bad.fields[2].value.begin(), ::toupper);
  EXPECT_EQ(refusal(bad), "403 signature") << "one spelling only";
  bad = signed_request(hello);
  bad.fields[2].value.resize(32);
  EXPECT_EQ(refusal(bad), "403 signature");
  EXPECT_EQ(refusal(signed_request(hello, "1800000000", "guess")), "403 signature");
  EXPECT_EQ(refusal(signed_request(std::string(3 * 1024 * 1024 - 1, ' ') + "{}")), "413 size");
}

TEST(SmsGateRead, the_border_between_body_and_time_cannot_be_moved) {
  HttpRequest moved = signed_request(hello);
  moved.body += "18";
  moved.fields[1].value = "00000000";
  EXPECT_EQ(refusal(moved), "403 no signature");
  for (const std::string time :
       {"", "180000000", "18000000000", "-180000000", "1.80000000", "18000000 0", "0x80000000"})
    EXPECT_EQ(refusal(signed_request(hello, time)), "403 no signature") << time;
}

TEST(SmsGateRead, what_was_signed_more_than_five_minutes_ago_or_ahead_is_a_replay) {
  const auto at = [](int seconds) { return refusal(signed_request(hello), now + std::chrono::seconds(seconds)); };
  EXPECT_EQ(at(300), "");
  EXPECT_EQ(at(-300), "");
  EXPECT_EQ(at(301), "403 too old, or a wrong clock");
  EXPECT_EQ(at(-301), "403 too old, or a wrong clock");
}

TEST(SmsGateRead, the_former_key_still_opens_while_it_is_replaced) {
  EXPECT_EQ(refusal(signed_request(hello, "1800000000", old_key)), "");
  EXPECT_EQ(message_of(hello).provider_id.size(), 40U);
}

TEST(SmsGateRead, a_text_has_one_id_however_often_and_by_which_webhook_it_comes) {
  const auto text = [](const std::string& event_id, const std::string& words, const std::string& at,
                       const std::string& sender = "+41791234567") {
    return R"({"event":"sms:received","id":")" + event_id + R"(","payload":{"message":")" + words + R"(","sender":")" +
           sender + R"(","receivedAt":")" + at + "\"}}";
  };
  const std::string id = message_of(text("Ev1", "oui", "2027-01-15T08:00:00Z")).provider_id;
  EXPECT_EQ(message_of(text("Ev2", "oui", "2027-01-15T09:00:00.000+01:00")).provider_id, id);
  EXPECT_NE(message_of(text("Ev1", "non", "2027-01-15T08:00:00Z")).provider_id, id);
  EXPECT_NE(message_of(text("Ev1", "oui", "2027-01-15T07:59:59Z")).provider_id, id);
  EXPECT_NE(message_of(text("Ev1", "oui", "2027-01-15T08:00:00Z", "+41791234568")).provider_id, id);
}

TEST(SmsGateRead, a_text_keeps_its_id_when_the_signing_key_is_replaced) {
  ChannelSettings after = settings();
  after.secrets.insert_or_assign("old_signing_key", Secret(key));
  after.secrets.insert_or_assign("signing_key", Secret("one more"));
  EXPECT_EQ(message_of(hello, after).provider_id, message_of(hello).provider_id);
  const HttpResponse list = {
      200,
      {},
      R"([{"id":"1","type":"SMS","sender":"+41791234567","contentPreview":"oui","createdAt":"2027-01-15T08:00:00Z"}])"};
  const auto listed = [&](const ChannelSettings& of) {
    return channel(of)->read_listing(list, {now - std::chrono::hours(1), ""}).value().messages.at(0).provider_id;
  };
  EXPECT_EQ(listed(after), listed(settings())) << "what is fetched again after it would take a second turn";
}

TEST(SmsGateRead, an_mms_of_another_phone_or_another_time_is_another_mms) {
  const auto mms = [](const std::string& device, const std::string& at, const std::string& words,
                      const std::string& webhook = "Wh1", const std::string& type = "image/jpeg") {
    return message_of(R"({"event":"mms:downloaded","id":"Ev)" + webhook + R"(","webhookId":")" + webhook +
                      R"(","deviceId":")" + device +
                      R"(","payload":{"messageId":"7","sender":"+41791234567","body":")" + words +
                      R"(","attachments":[{"partId":1,"contentType":")" + type + R"("}],"receivedAt":")" + at + "\"}}")
        .provider_id;
  };
  const std::string id = mms("d1", "2027-01-15T08:00:00Z", "un");
  EXPECT_EQ(mms("d1", "2027-01-15T08:00:00Z", "un", "Wh2"), id) << "told to two webhooks";
  EXPECT_NE(mms("d2", "2027-01-15T08:00:00Z", "un"), id) << "the rows of a new phone begin at 1 again";
  EXPECT_NE(mms("d1", "2027-01-15T08:00:01Z", "un"), id);
  EXPECT_NE(mms("d1", "2027-01-15T08:00:00Z", "Au secours"), id);
  EXPECT_NE(mms("d1", "2027-01-15T08:00:00Z", "un", "Wh1", "audio/amr"), id);
}

TEST(SmsGateRead, a_photo_of_a_megabyte_and_a_full_batch_in_arabic_are_taken) {
  const std::string photo =
      R"({"event":"mms:downloaded","id":"Ev1","payload":{"messageId":"m1","sender":"+41791234567",)"
      R"("receivedAt":"2027-01-15T08:00:00Z","attachments":[{"partId":1,"contentType":"image/jpeg",)"
      R"("data":")" +
      std::string(1'400'000, 'A') + "\"}]}}";
  EXPECT_EQ(message_of(photo).attachments.size(), 1U);
  std::string batch = R"({"event":"sms:batch:received","id":"Ev1","payload":{"messages":[)";
  for (int i = 0; i < 100; ++i) {
    std::string words;
    for (int j = 0; j < 600; ++j) words += "ب";
    batch += R"({"sender":"+41791234567","receivedAt":"2027-01-15T08:00:00Z","message":")" + words + std::to_string(i) +
             (i < 99 ? "\"}," : "\"}]}}");
  }
  EXPECT_EQ(std::get<Events>(channel()->read(signed_request(batch), now)).messages.size(), 100U);
  EXPECT_GE(channel()->traits().longest_body, photo.size()) << "the listener lets them through";
}

TEST(SmsGateRead, broken_utf8_is_mended_and_never_refused) {
  std::string body = hello;
  body.replace(body.find("Bonjour"), 7, "a\xFFz");
  EXPECT_EQ(message_of(body).text, "a\uFFFDz");
}

TEST(SmsGateRead, the_answer_is_a_success_in_two_letters) {
  const HttpResponse answer = channel()->answer({}, {});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "{}");
}

}  // namespace
}  // namespace passerelle::adapters::smsgate_test
