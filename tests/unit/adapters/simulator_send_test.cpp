#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "adapters/registry.hpp"
#include "unit/adapters/outcome_words.hpp"

namespace passerelle::adapters {
namespace {

namespace json = boost::json;

const TimePoint now = from_ms(1'800'000'000'000);

result<std::unique_ptr<Channel>> make(const std::map<std::string, std::string>& values) {
  ChannelSettings settings;
  settings.name = "demo";
  settings.values = values;
  return find_gateway("simulator")->make(settings);
}

std::unique_ptr<Channel> sending(const std::string& parts = "together") {
  return make({{"api_url", "http://127.0.0.1:4010/send"}, {"parts", parts}}).value();
}

OutboundMessage message() {
  OutboundMessage made;
  made.ref = "ab";
  made.to = {"demo", "+41790000001"};
  made.text = "Rendez-vous \"demain\" مرحبا";
  made.message_class = MessageClass::reminder;
  made.parts = {"Rendez-vous \"demain\"", " مرحبا"};
  return made;
}

Webhook receipt(const std::string& body) {
  HttpRequest made;
  made.method = "POST";
  made.target = "/hooks/demo/status";
  made.fields = {{"Content-Type", "application/json"}};
  made.body = body;
  made.peer_is_loopback = true;
  return sending()->read(made, now);
}

std::string refusal(const std::string& body) {
  const Webhook webhook = receipt(body);
  const auto* rejected = std::get_if<Rejected>(&webhook);
  return rejected == nullptr ? "" : rejected->why;
}

TEST(SimulatorSend, without_an_api_url_it_cannot_send) {
  const Traits traits = make({}).value()->traits();
  EXPECT_FALSE(traits.sends);
  EXPECT_EQ(traits.api_url, "");
  EXPECT_EQ(traits.host, "localhost");
  EXPECT_TRUE(sending()->traits().sends);
  EXPECT_TRUE(sending()->traits().inline_replies);
  EXPECT_EQ(sending()->traits().api_url, "http://127.0.0.1:4010/send");
  EXPECT_EQ(sending()->traits().host, "127.0.0.1");
}

TEST(SimulatorSend, it_sends_to_this_machine_only) {
  for (const std::string bad : {"http://192.0.2.1/", "https://sms.example.org", "https://127.0.0.1.example.org", "x"}) {
    EXPECT_EQ(make({{"api_url", bad}}).error().where, "api_url") << bad;
  }
  EXPECT_EQ(make({{"parts", "both"}}).error().where, "parts");
}

TEST(SimulatorSend, a_message_is_posted_as_json) {
  const OutgoingRequest request = sending()->write(message(), 0, now);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "http://127.0.0.1:4010/send");
  EXPECT_EQ(field(request.fields, "Content-Type"), "application/json");
  EXPECT_EQ(
      json::parse(request.body),
      (json::object{
          {"to", "+41790000001"}, {"text", "Rendez-vous \"demain\" مرحبا"}, {"ref", "ab"}, {"class", "reminder"}}));
  EXPECT_EQ(sending()->requests(message()), 1U);
}

TEST(SimulatorSend, parts_go_apart_where_the_settings_say_so) {
  const std::unique_ptr<Channel> channel = sending("apart");
  ASSERT_EQ(channel->requests(message()), 2U);
  const json::value second = json::parse(channel->write(message(), 1, now).body);
  EXPECT_EQ(second.at("text"), " مرحبا");
  EXPECT_EQ(second.at("part"), 1);
  OutboundMessage short_one = message();
  short_one.parts = {short_one.text};
  EXPECT_EQ(channel->requests(short_one), 1U);
  EXPECT_FALSE(json::parse(channel->write(short_one, 0, now).body).as_object().contains("part"));
}

TEST(SimulatorSend, its_answers_play_every_outcome) {
  const auto judged = [](int status, const std::string& body = "", const std::string& after = "") {
    HttpResponse response{status, {}, body};
    if (!after.empty()) response.fields.push_back({"Retry-After", after});
    return words_of(sending()->judge(response));
  };
  EXPECT_EQ(judged(200, R"({"id":"m-1"})"), "accepted m-1");
  EXPECT_EQ(judged(202, ""), "accepted ");
  EXPECT_EQ(judged(200, R"({"id":7})"), "accepted ");
  EXPECT_EQ(judged(400), "refused 400");
  EXPECT_EQ(judged(410), "opted_out");
  EXPECT_EQ(judged(429, "", "30"), "later 429 30");
  EXPECT_EQ(judged(500), "later 500 0");
  EXPECT_EQ(judged(504), "ambiguous 504");
  EXPECT_EQ(judged(403), "misconfigured 403");
}

TEST(SimulatorSend, receipts_come_by_ref_or_by_id) {
  const Webhook by_ref = receipt(R"({"ref":"ab","state":"delivered","part":2})");
  const Receipt first = std::get<Events>(by_ref).receipts.at(0);
  EXPECT_EQ(first.ref, "ab");
  EXPECT_EQ(first.state, Delivery::delivered);
  EXPECT_EQ(first.part, std::optional<std::size_t>(2));
  EXPECT_FALSE(first.opted_out);
  const Webhook by_id = receipt(R"({"id":"m-1","state":"failed","code":"30003","opted_out":true})");
  const Receipt second = std::get<Events>(by_id).receipts.at(0);
  EXPECT_EQ(second.provider_id, "m-1");
  EXPECT_EQ(second.state, Delivery::failed);
  EXPECT_EQ(second.code, "30003");
  EXPECT_FALSE(second.part.has_value());
  EXPECT_TRUE(second.opted_out);
}

TEST(SimulatorSend, what_is_no_receipt_is_refused_with_the_field) {
  EXPECT_EQ(refusal(R"({"state":"sent"})"), "fields: ref");
  EXPECT_EQ(refusal(R"({"ref":"a b","state":"sent"})"), "fields: ref");
  EXPECT_EQ(refusal(R"({"ref":"ab"})"), "fields: state");
  for (const std::string state : {"queued", "uncertain", "expired", "teleported", ""}) {
    EXPECT_EQ(refusal(R"({"ref":"ab","state":")" + state + "\"}"), "fields: state") << state;
  }
  for (const std::string part : {"-1", "255", "\"1\"", "1.5", "null"}) {
    EXPECT_EQ(refusal(R"({"ref":"ab","state":"sent","part":)" + part + "}"), "fields: part") << part;
  }
}

}  // namespace
}  // namespace passerelle::adapters
