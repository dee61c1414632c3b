#include <gtest/gtest.h>

#include "adapters/twilio/listing.hpp"
#include "base/zone.hpp"
#include "unit/adapters/twilio_fixture.hpp"

namespace passerelle::adapters {
namespace {

namespace json = boost::json;

using std::chrono::hours;

const std::string list_path = "/2010-04-01/Accounts/" + account + "/Messages.json";
const TimePoint since = from_ms(1'806'048'000'500);  // 2027-03-26T08:00:00.500Z

HttpResponse answer(const json::value& body, int status = 200) { return {status, {}, json::serialize(body)}; }

json::object row(const std::string& sid, const std::string& date) {
  return {{"sid", sid}, {"from", "+41791234567"}, {"direction", "inbound"}, {"body", "x"}, {"date_sent", date}};
}

std::string complaint(const HttpResponse& response) {
  const auto page = channel()->read_listing(response, {since, ""});
  return page ? "" : page.error().what;
}

TEST(TwilioListing, the_first_page_asks_for_our_number_from_that_day_on) {
  const OutgoingRequest request = channel()->list_inbound({since, ""});
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.url,
            "https://api.twilio.com" + list_path + "?To=%2B41798070000&DateSent%3E=2027-03-26&PageSize=50");
  EXPECT_EQ(field(request.fields, "Authorization"), "Basic " + crypto::base64(account + ":" + token));
  EXPECT_EQ(request.body, "");
  EXPECT_TRUE(channel()->traits().lists_inbound);
}

TEST(TwilioListing, a_further_page_is_asked_for_as_twilio_told_it) {
  EXPECT_EQ(channel()->list_inbound({since, list_path + "?Page=1&PageToken=PASM1"}).url,
            "https://api.twilio.com" + list_path + "?Page=1&PageToken=PASM1");
  EXPECT_THROW(channel()->list_inbound({since, "//evil.example/"}), std::logic_error);
}

TEST(TwilioListing, every_row_of_the_page_becomes_what_it_says) {
  const json::value file = read_json("tests/adapters/twilio/listing.json");
  const auto page = channel()->read_listing(answer(file.at("page")), {since, ""});
  ASSERT_TRUE(page) << to_string(page.error());
  EXPECT_EQ(page->next_page, std::string(file.at("page").at("next_page_uri").as_string()));
  const json::array& wanted = file.at("want").as_array();
  json::array seen;
  for (const InboundMessage& message : page->messages) {
    EXPECT_EQ(message.from.channel, "sms");
    EXPECT_TRUE(message.attachments.empty());
    seen.push_back(json::object{{"id", message.provider_id},
                                {"kind", message.kind == InboundMessage::Kind::media ? "media" : "text"},
                                {"text", message.text},
                                {"user", message.from.user},
                                {"sent_at", format_instant(message.sent_at)}});
  }
  ASSERT_EQ(seen.size(), wanted.size());
  for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_EQ(json::serialize(seen[i]), json::serialize(wanted[i]));
}

TEST(TwilioListing, the_same_text_has_the_id_that_its_webhook_had) {
  const auto page = channel()->read_listing(
      answer(json::object{{"messages", {row("SM1", "Fri, 26 Mar 2027 09:00:00 +0000")}}}), {since, ""});
  const Webhook webhook = channel()->read(signed_request(hello), now);
  EXPECT_EQ(page->messages.at(0).provider_id, std::get<Events>(webhook).messages.at(0).provider_id);
  EXPECT_EQ(page->messages.at(0).from, std::get<Events>(webhook).messages.at(0).from);
}

TEST(TwilioListing, one_broken_letter_hides_no_page) {
  const auto text = [](const std::string& body) {
    const std::string page =
        R"({"messages":[{"sid":"SM1","from":"+41791234567","direction":"inbound","body":")" + body + "\"}]}";
    const auto read = channel()->read_listing({200, {}, page}, {since, ""});
    return read && read->messages.size() == 1 ? read->messages[0].text : "unread";
  };
  EXPECT_EQ(text(R"(\ud83d\udc4d)"), "👍");
  EXPECT_EQ(text(R"(a\ud83d b)"), "a\uFFFD b");
  EXPECT_EQ(text(R"(a\udc4d)"), "a\uFFFD");
  EXPECT_EQ(text(R"(\ud83d\ud83d\udc4d)"), "\uFFFD👍");
  EXPECT_EQ(text(R"(\\ud83d)"), "\\ud83d");
  EXPECT_EQ(text("\xC3"), "\uFFFD");
  EXPECT_EQ(text(R"(\ud83)"), "unread");
}

TEST(TwilioListing, pages_end_where_twilio_says_and_where_all_is_older) {
  const auto next = [](const json::value& told, const std::string& date) {
    const json::object list{{"messages", {row("SM1", date)}}, {"next_page_uri", told}};
    return channel()->read_listing(answer(list), {since, ""}).value().next_page;
  };
  const std::string now_date = "Fri, 26 Mar 2027 09:00:00 +0000";
  EXPECT_EQ(next(json::value(list_path + "?Page=1"), now_date), list_path + "?Page=1");
  EXPECT_EQ(next(nullptr, now_date), "");
  EXPECT_EQ(next(json::value(""), now_date), "");
  EXPECT_EQ(next(json::value(list_path + "?Page=1"), "Fri, 26 Mar 2027 07:30:00 +0000"), list_path + "?Page=1");
  EXPECT_EQ(next(json::value(list_path + "?Page=1"), "Fri, 26 Mar 2027 06:59:00 +0000"), "");
  const json::object empty{{"messages", json::array()}, {"next_page_uri", list_path + "?Page=1"}};
  EXPECT_EQ(channel()->read_listing(answer(empty), {since, ""}).value().next_page, "");
}

TEST(TwilioListing, a_next_page_elsewhere_is_an_error) {
  for (const std::string& uri : std::vector<std::string>{
           "https://evil.example/2010-04-01", "//evil.example/", "/2010-04-01/Accounts/ACother/Messages.json?Page=1",
           "/2010-04-01/Accounts/" + account + "/Calls.json?Page=1", list_path, list_path + "?a b",
           list_path + "?a\r\nX: y", list_path + "?\xC3\xA9", list_path + "?" + std::string(2048, 'a'),
           "@evil.example/"}) {
    EXPECT_NE(complaint(answer(json::object{{"messages", json::array()}, {"next_page_uri", uri}})), "") << uri;
  }
  EXPECT_NE(complaint(answer(json::object{{"messages", json::array()}, {"next_page_uri", 1}})), "");
}

TEST(TwilioListing, what_is_no_list_is_an_error_and_never_a_page_without_messages) {
  EXPECT_EQ(complaint(answer(json::object{{"code", 20003}}, 401)), "the list was answered with 401");
  EXPECT_EQ(complaint(answer(json::object{{"messages", json::array()}}, 503)), "the list was answered with 503");
  EXPECT_EQ(complaint({200, {}, ""}), "the list is not a JSON object");
  EXPECT_EQ(complaint({200, {}, "[]"}), "the list is not a JSON object");
  EXPECT_EQ(complaint({200, {}, std::string(5000, '[')}), "the list is not a JSON object");
  EXPECT_EQ(complaint({200, {}, "{\"messages\": [{\"sid\""}), "the list is not a JSON object");
  EXPECT_EQ(complaint(answer(json::object{})), "the list has no messages");
  EXPECT_EQ(complaint(answer(json::object{{"messages", json::object()}})), "the list has no messages");
  const json::object endless{{"messages", json::array(1001, json::value(1))}};
  EXPECT_EQ(complaint(answer(endless)), "the list has more messages than a page can hold");
  EXPECT_EQ(complaint({200, {}, "{\"messages\":[]}" + std::string(4 * 1024 * 1024, ' ')}), "the list is too long");
}

TEST(TwilioListing, dates_of_mail_are_read_strictly) {
  const TimePoint nine = from_ms(1'806'051'600'000);
  EXPECT_EQ(twilio::parse_mail_date("Fri, 26 Mar 2027 09:00:00 +0000"), nine);
  EXPECT_EQ(twilio::parse_mail_date("26 Mar 2027 09:00:00 GMT"), nine);
  EXPECT_EQ(twilio::parse_mail_date("Fri, 26 Mar 2027 10:30:00 +0130"), nine);
  EXPECT_EQ(twilio::parse_mail_date("Fri, 26 Mar 2027 04:00:00 -0500"), nine);
  EXPECT_EQ(twilio::parse_mail_date("Mon, 1 Mar 2027 09:00:00 +0000"), nine - hours(25 * 24));
  for (const std::string bad :
       {"", "Fri, ", "2027-03-26T09:00:00Z", "Fri, 31 Feb 2027 09:00:00 +0000", "Fri, 26 Mrz 2027 09:00:00 +0000",
        "Fri, 26 ebM 2027 09:00:00 +0000", "Fri, 26 Mar 27 09:00:00 +0000", "Fri, 26 Mar 2027 24:00:00 +0000",
        "Fri, 26 Mar 2027 09:60:00 +0000", "Fri, 26 Mar 2027 09:00 +0000", "Fri, 26 Mar 2027 09:00:00",
        "Fri, 26 Mar 2027 09:00:00 +00", "Fri, 26 Mar 2027 09:00:00 +0000x", "Fri, 26 Mar 2027 09:00:00 EST",
        "Fri, 00 Mar 2027 09:00:00 +0000", "Fri, 26 Mar 2027 -9:00:00 +0000"}) {
    EXPECT_EQ(twilio::parse_mail_date(bad), std::nullopt) << bad;
  }
}

}  // namespace
}  // namespace passerelle::adapters
