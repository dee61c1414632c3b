#include <gtest/gtest.h>

#include "base/zone.hpp"
#include "unit/adapters/outcome_words.hpp"
#include "unit/adapters/smsgate_fixture.hpp"

namespace passerelle::adapters::smsgate_test {
namespace {

namespace json = boost::json;

const std::string ref = "0123456789abcdef0123456789abcdef";
const TimePoint since = from_ms(1'806'048'000'500);  // 2027-03-26T08:00:00.500Z

OutboundMessage message(const std::string& text = "Rendez-vous à 14:30") {
  OutboundMessage made;
  made.ref = ref;
  made.to = {"phone", "+41791234567"};
  made.text = text;
  made.parts = {text};
  return made;
}

json::value body_of(const OutboundMessage& of, const ChannelSettings& with = settings()) {
  return json::parse(channel(with)->write(of, 0, now).body);
}

Error complaint(const std::string& name, const std::string& value) {
  ChannelSettings changed = settings();
  changed.values[name] = value;
  changed.secrets.insert_or_assign(name, Secret(value));
  const auto made = find_gateway("smsgate")->make(changed);
  return made ? Error{} : made.error();
}

TEST(SmsGateSend, a_text_is_posted_with_our_reference_as_its_id) {
  const OutgoingRequest request = channel()->write(message(), 0, now);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "http://127.0.0.1:8080/messages");
  EXPECT_EQ(field(request.fields, "Authorization"), "Basic " + crypto::base64("sms:fiction only"));
  EXPECT_EQ(field(request.fields, "Content-Type"), "application/json");
  const json::value wanted = {{"id", ref},
                              {"textMessage", {{"text", "Rendez-vous à 14:30"}}},
                              {"phoneNumbers", json::array{"+41791234567"}},
                              {"withDeliveryReport", true},
                              {"priority", 60}};
  EXPECT_EQ(json::parse(request.body), wanted) << request.body;
  EXPECT_EQ(channel()->requests(message(std::string(400, 'a'))), 1U);
}

TEST(SmsGateSend, the_phone_and_its_sim_may_be_chosen) {
  ChannelSettings chosen = settings();
  chosen.values["sim"] = "2";
  chosen.values["device"] = "yVULogr4Y1ksRfnos1Dsw";
  EXPECT_EQ(body_of(message(), chosen).at("simNumber"), 2);
  EXPECT_EQ(body_of(message(), chosen).at("deviceId"), "yVULogr4Y1ksRfnos1Dsw");
}

TEST(SmsGateSend, the_phone_learns_how_long_the_message_is_of_use) {
  OutboundMessage ends = message();
  ends.not_after = now + std::chrono::hours(2);
  EXPECT_EQ(body_of(ends).at("ttl"), 7200);
  ends.not_after = now - std::chrono::hours(2);
  EXPECT_EQ(body_of(ends).at("ttl"), 1);
  EXPECT_FALSE(body_of(message()).as_object().contains("ttl"));
}

TEST(SmsGateSend, a_crisis_passes_the_limits_of_the_phone_and_nothing_else_does) {
  int last = 128;
  for (const MessageClass one :
       {MessageClass::crisis, MessageClass::reply, MessageClass::reminder, MessageClass::shift, MessageClass::notice}) {
    OutboundMessage made = message();
    made.message_class = one;
    const auto priority = static_cast<int>(body_of(made).at("priority").as_int64());
    EXPECT_LT(priority, last);
    EXPECT_EQ(priority >= 100, one == MessageClass::crisis);
    last = priority;
  }
}

TEST(SmsGateSend, every_answer_of_the_table_means_what_it_says) {
  const json::value file = read_json("tests/adapters/smsgate/answers.json");
  ASSERT_GE(file.at("answers").as_array().size(), 25U);
  for (const json::value& row : file.at("answers").as_array()) {
    HttpResponse response{static_cast<int>(row.at("status").as_int64()), {}, smsgate_test::body_of(row)};
    if (const json::value* after = row.as_object().if_contains("retry_after"))
      response.fields.push_back({"Retry-After", std::string(after->as_string())});
    EXPECT_EQ(words_of(channel()->judge(response)), std::string(row.at("want").as_string())) << row.at("name");
  }
}

TEST(SmsGateSend, it_tells_what_it_can) {
  const Traits phone = channel()->traits();
  EXPECT_TRUE(phone.sends && phone.gateway_retries && phone.authenticated && phone.takes_reference);
  EXPECT_TRUE(phone.lists_inbound && phone.telephones);
  EXPECT_FALSE(phone.inline_replies);
  EXPECT_EQ(phone.host, "127.0.0.1");
  ChannelSettings cloud = settings();
  cloud.values = {{"username", "sms"}};
  EXPECT_FALSE(channel(cloud)->traits().lists_inbound) << "a server in between answers 501";
  EXPECT_EQ(channel(cloud)->traits().api_url, "https://api.sms-gate.app/3rdparty/v1");
}

TEST(SmsGateSend, a_wrong_setting_is_named_with_its_remedy) {
  EXPECT_EQ(complaint("mode", "server"), Error{});
  EXPECT_EQ(complaint("sim", "1"), Error{});
  for (const std::string bad : {"0", "10", "x", "-1"}) EXPECT_EQ(complaint("sim", bad).where, "sim") << bad;
  EXPECT_EQ(complaint("mode", "local").where, "mode");
  EXPECT_EQ(complaint("username", "").where, "username");
  EXPECT_EQ(complaint("password", "").where, "password");
  EXPECT_EQ(complaint("password", "a\nb").where, "password");
  EXPECT_EQ(complaint("signing_key", "").where, "signing_key");
  EXPECT_EQ(complaint("signing_key", std::string(300, 'x')).where, "signing_key");
  EXPECT_EQ(complaint("device", "a b").where, "device");
  EXPECT_EQ(complaint("api_url", "http://192.0.2.1:8080").where, "api_url");
  EXPECT_EQ(to_string(complaint("api_url", "ftp://x")).find("fiction only"), std::string::npos);
}

TEST(SmsGateListing, the_list_is_asked_for_by_pages_of_a_hundred) {
  const OutgoingRequest request = channel()->list_inbound({since, ""});
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.url, "http://127.0.0.1:8080/inbox?type=SMS&from=2027-03-26T08%3A00%3A00Z&limit=100&offset=0");
  EXPECT_EQ(field(request.fields, "Authorization"), "Basic " + crypto::base64("sms:fiction only"));
  EXPECT_TRUE(channel()->list_inbound({since, "200"}).url.ends_with("&offset=200"));
  for (const std::string bad : {"x", "-1", "1&x=2", "99999999999999999999", "10000001"})
    EXPECT_THROW(channel()->list_inbound({since, bad}), std::logic_error) << bad;
}

TEST(SmsGateListing, every_row_of_the_page_becomes_what_it_says) {
  const json::value file = read_json("tests/adapters/smsgate/listing.json");
  const auto page = channel()->read_listing({200, {}, json::serialize(file.at("page"))}, {since, ""});
  ASSERT_TRUE(page) << to_string(page.error());
  EXPECT_EQ(page->next_page, "");
  json::array seen;
  for (const InboundMessage& one : page->messages) {
    EXPECT_EQ(one.from.channel, "phone");
    seen.push_back({{"text", one.text}, {"user", one.from.user}, {"sent_at", format_instant(one.sent_at)}});
  }
  EXPECT_EQ(json::serialize(seen), json::serialize(file.at("want")));
}

TEST(SmsGateListing, the_same_text_has_the_id_that_its_webhook_had) {
  const std::string row =
      R"([{"id":"u","type":"SMS","sender":"+41791234567","contentPreview":"Bonjour","createdAt":"2027-01-15T09:00:00.000+01:00"}])";
  const auto page = channel()->read_listing({200, {}, row}, {now - std::chrono::hours(1), ""});
  const Webhook webhook = channel()->read(signed_request(hello), now);
  EXPECT_EQ(page->messages.at(0).provider_id, std::get<Events>(webhook).messages.at(0).provider_id);
  EXPECT_EQ(page->messages.at(0).from, std::get<Events>(webhook).messages.at(0).from);
}

TEST(SmsGateListing, a_full_page_goes_on_and_a_shorter_one_is_the_last) {
  const auto next = [](std::size_t rows, const std::string& page) {
    json::array list(rows, nullptr);
    return channel()->read_listing({200, {}, json::serialize(list)}, {since, page}).value().next_page;
  };
  EXPECT_EQ(next(99, ""), "");
  EXPECT_EQ(next(100, ""), "100");
  EXPECT_EQ(next(100, "300"), "400");
  EXPECT_EQ(next(0, "300"), "");
  EXPECT_EQ(next(100, "10000000"), "");
}

TEST(SmsGateListing, what_is_no_list_is_an_error_and_never_an_empty_page) {
  const auto complaint_of = [](int status, const std::string& body) {
    const auto page = channel()->read_listing({status, {}, body}, {since, ""});
    return page ? "" : page.error().what;
  };
  EXPECT_EQ(complaint_of(200, "[]"), "");
  EXPECT_NE(complaint_of(501, "{}").find("mode"), std::string::npos);
  EXPECT_EQ(complaint_of(401, "[]"), "the list was answered with 401");
  EXPECT_EQ(complaint_of(200, "{}"), "the list is not a JSON array");
  EXPECT_EQ(complaint_of(200, "[{"), "the list is not a JSON array");
  EXPECT_EQ(complaint_of(200, json::serialize(json::array(101, nullptr))),
            "the list has more rows than were asked for");
  EXPECT_EQ(complaint_of(200, std::string(1024 * 1024 + 1, ' ')), "the list is too long");
}

}  // namespace
}  // namespace passerelle::adapters::smsgate_test
