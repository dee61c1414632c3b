#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "adapters/registry.hpp"

namespace passerelle::adapters {
namespace {

const TimePoint now = from_ms(1'800'000'000'000);

std::unique_ptr<Channel> simulator() {
  ChannelSettings settings;
  settings.name = "demo";
  return find_gateway("simulator")->make(settings).value();
}

HttpRequest request(const std::string& body) {
  HttpRequest made;
  made.method = "POST";
  made.target = "/hooks/demo";
  made.fields = {{"Content-Type", "application/json; charset=utf-8"}};
  made.body = body;
  made.peer = "127.0.0.1";
  made.peer_is_loopback = true;
  return made;
}

const std::string hello = R"({"from":"+41790000001","text":"Bonjour é","id":"m-1"})";

std::string refusal(const HttpRequest& of) {
  const Webhook webhook = simulator()->read(of, now);
  const auto* rejected = std::get_if<Rejected>(&webhook);
  return rejected == nullptr ? "" : rejected->why;
}

TEST(Simulator, a_text_in_json_comes_in) {
  const Webhook webhook = simulator()->read(request(hello), now);
  ASSERT_TRUE(std::holds_alternative<Events>(webhook));
  const InboundMessage& message = std::get<Events>(webhook).messages.at(0);
  EXPECT_EQ(message.from, (Address{"demo", "+41790000001"}));
  EXPECT_EQ(message.text, "Bonjour é");
  EXPECT_EQ(message.provider_id, "m-1");
  EXPECT_EQ(message.sent_at, now);
}

TEST(Simulator, only_this_machine_is_heard) {
  HttpRequest stranger = request(hello);
  stranger.peer_is_loopback = false;
  EXPECT_EQ(refusal(stranger), "not from this machine");
  for (const std::string name :
       {"X-Forwarded-For", "x-forwarded-host", "Forwarded", "X-Real-IP", "Via", "CF-Connecting-IP"}) {
    HttpRequest proxied = request(hello);
    proxied.fields.push_back({name, ""});
    EXPECT_EQ(refusal(proxied), "not from this machine") << name;
  }
  EXPECT_FALSE(simulator()->traits().authenticated);
}

TEST(Simulator, what_is_not_such_a_message_is_refused_with_the_field) {
  EXPECT_EQ(refusal(request("[]")), "not a JSON object");
  EXPECT_EQ(refusal(request("{")), "not a JSON object");
  EXPECT_EQ(refusal(request(std::string(5000, '['))), "not a JSON object");
  EXPECT_EQ(refusal(request(R"({"text":"a","id":"1"})")), "fields: from");
  EXPECT_EQ(refusal(request(R"({"from":7,"text":"a","id":"1"})")), "fields: from");
  EXPECT_EQ(refusal(request(R"({"from":"a\u0000","text":"a","id":"1"})")), "fields: from");
  EXPECT_EQ(refusal(request(R"({"from":"a","text":"a"})")), "fields: id");
  EXPECT_EQ(refusal(request(R"({"from":"a","text":"a","id":"a b"})")), "fields: id");
  EXPECT_EQ(refusal(request(R"({"from":"a","id":"1"})")), "fields: text");
  EXPECT_EQ(refusal(request(std::string(65 * 1024, ' '))), "size");
  HttpRequest form = request(hello);
  form.fields = {{"Content-Type", "text/plain"}};
  EXPECT_EQ(refusal(form), "type");
  HttpRequest elsewhere = request(hello);
  elsewhere.target = "/hooks/other";
  EXPECT_EQ(refusal(elsewhere), "path");
  HttpRequest get = request(hello);
  get.method = "GET";
  EXPECT_EQ(refusal(get), "method");
}

TEST(Simulator, replies_come_back_in_json_and_in_order) {
  std::vector<OutboundMessage> replies(2);
  replies[0].text = "\"un\"\n<&>";
  replies[0].ref = "aa";
  replies[1].text = "مرحبا";
  replies[1].ref = "bb";
  const HttpResponse response = simulator()->answer({}, replies);
  EXPECT_EQ(field(response.fields, "Content-Type"), "application/json");
  EXPECT_EQ(response.body,
            "{\"replies\":[{\"text\":\"\\\"un\\\"\\n<&>\",\"ref\":\"aa\"},{\"text\":\"مرحبا\",\"ref\":\"bb\"}]}");
  EXPECT_EQ(simulator()->answer({}, {}).body, "{\"replies\":[]}");
}

}  // namespace
}  // namespace passerelle::adapters
