#include <gtest/gtest.h>

#include "unit/adapters/outcome_words.hpp"
#include "unit/adapters/twilio_fixture.hpp"

namespace passerelle::adapters {
namespace {

namespace json = boost::json;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

OutboundMessage message(const std::string& text, const std::string& to = "+41791234567") {
  OutboundMessage made;
  made.ref = "0123456789abcdef0123456789abcdef";
  made.to = {"sms", to};
  made.text = text;
  made.parts = {text};
  return made;
}

std::map<std::string, std::string> form_of(const OutgoingRequest& request) {
  std::map<std::string, std::string> form;
  for (const HttpField& pair : parse_form(request.body)) {
    EXPECT_TRUE(form.emplace(pair.name, pair.value).second) << pair.name;
  }
  return form;
}

TEST(TwilioSend, a_message_is_posted_to_the_account_with_the_current_token) {
  const OutgoingRequest request = channel()->write(message("Bonjour"), 0, now);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://api.twilio.com/2010-04-01/Accounts/" + account + "/Messages.json");
  EXPECT_EQ(field(request.fields, "Content-Type"), "application/x-www-form-urlencoded");
  EXPECT_EQ(field(request.fields, "Authorization"), "Basic " + crypto::base64(account + ":" + token));
  using Form = std::map<std::string, std::string>;
  EXPECT_EQ(form_of(request), (Form{{"To", "+41791234567"},
                                    {"From", "+41798070000"},
                                    {"Body", "Bonjour"},
                                    {"StatusCallback", callback + "/status?ref=0123456789abcdef0123456789abcdef"}}));
}

TEST(TwilioSend, the_secrets_stand_in_no_url_and_no_body) {
  const OutgoingRequest request = channel()->write(message("Bonjour"), 0, now);
  EXPECT_EQ((request.url + request.body).find(percent_encode(token)), std::string::npos);
}

TEST(TwilioSend, every_text_arrives_as_it_is) {
  for (const std::string text :
       {"a&b=c+d%20e", "موعدك 28.03.2027\n1 = نعم", "😀👍", "line\r\nend", "C'est à 14:30, n° 5; 50% = ½"}) {
    EXPECT_EQ(form_of(channel()->write(message(text), 0, now))["Body"], text);
  }
}

TEST(TwilioSend, one_request_carries_a_message_of_any_length) {
  OutboundMessage three = message(std::string(400, 'a'));
  three.parts.resize(3);
  EXPECT_EQ(channel()->requests(three), 1U);
}

TEST(TwilioSend, a_message_leaves_on_the_side_on_which_its_address_is) {
  const auto sender = [](const std::string& from, const std::string& to) {
    ChannelSettings with = settings();
    with.values["from"] = from;
    return form_of(channel(with)->write(message("x", to), 0, now))["From"];
  };
  EXPECT_EQ(sender("+41798070000", "whatsapp:+41791234567"), "whatsapp:+41798070000");
  EXPECT_EQ(sender("whatsapp:+41798070000", "whatsapp:+41791234567"), "whatsapp:+41798070000");
  EXPECT_EQ(sender("whatsapp:+41798070000", "+41791234567"), "+41798070000");
  EXPECT_EQ(sender("+41798070000", "+41791234567"), "+41798070000");
}

TEST(TwilioSend, twilio_learns_how_long_the_message_is_of_use) {
  const auto validity = [](std::optional<TimePoint> not_after) {
    OutboundMessage made = message("x");
    made.not_after = not_after;
    return form_of(channel()->write(made, 0, now))["ValidityPeriod"];
  };
  EXPECT_EQ(validity(std::nullopt), "");
  EXPECT_EQ(validity(now + hours(2)), "7200");
  EXPECT_EQ(validity(now + milliseconds(90'999)), "90");
  EXPECT_EQ(validity(now + seconds(35'999)), "35999");
  EXPECT_EQ(validity(now + seconds(36'000)), "");  // the longest, which Twilio takes by itself
  EXPECT_EQ(validity(now + hours(72)), "");
  EXPECT_EQ(validity(now + milliseconds(1)), "1");  // 0 would be refused (error 90007)
  EXPECT_EQ(validity(now - hours(1)), "1");
}

TEST(TwilioSend, a_path_in_front_of_the_api_is_kept) {
  ChannelSettings proxied = settings();
  proxied.values["api_url"] = "http://127.0.0.1:4010/twilio/";
  EXPECT_EQ(channel(proxied)->write(message("x"), 0, now).url,
            "http://127.0.0.1:4010/twilio/2010-04-01/Accounts/" + account + "/Messages.json");
  EXPECT_EQ(channel(proxied)->traits().api_url, "http://127.0.0.1:4010/twilio");
  EXPECT_EQ(channel(proxied)->traits().host, "127.0.0.1");
}

TEST(TwilioSend, every_answer_of_the_table_means_what_it_says) {
  const json::value file = read_json("tests/adapters/twilio/answers.json");
  ASSERT_GE(file.at("answers").as_array().size(), 40U);
  for (const json::value& row : file.at("answers").as_array()) {
    HttpResponse response{static_cast<int>(row.at("status").as_int64()), {}, {}};
    const json::value& body = row.at("body");
    response.body = body.is_string() ? std::string(body.as_string()) : json::serialize(body);
    if (const json::value* after = row.as_object().if_contains("retry_after")) {
      response.fields.push_back({"retry-after", std::string(after->as_string())});
    }
    EXPECT_EQ(words_of(channel()->judge(response)), std::string(row.at("want").as_string())) << row.at("name");
  }
}

TEST(TwilioSend, an_answer_beyond_every_size_is_not_read) {
  HttpResponse response{400, {}, "{\"code\":21610,\"message\":\"" + std::string(1024 * 1024, 'x') + "\"}"};
  EXPECT_EQ(words_of(channel()->judge(response)), "misconfigured 400");
  response = {201, {}, std::string(5000, '[')};
  EXPECT_EQ(words_of(channel()->judge(response)), "accepted ");
}

TEST(TwilioSend, a_receipt_tells_that_the_person_has_stopped_us) {
  const auto receipt = [](const std::string& code) {
    const std::string body = "AccountSid=" + account + "&MessageSid=SM1&MessageStatus=failed&ErrorCode=" + code;
    const Webhook webhook = channel()->read(signed_request(body, "/status?ref=ab"), now);
    return std::get<Events>(webhook).receipts.at(0);
  };
  EXPECT_TRUE(receipt("21610").opted_out);
  EXPECT_EQ(receipt("21610").state, Delivery::failed);
  EXPECT_FALSE(receipt("30003").opted_out);
  EXPECT_FALSE(receipt("30003").part.has_value());
}

}  // namespace
}  // namespace passerelle::adapters
