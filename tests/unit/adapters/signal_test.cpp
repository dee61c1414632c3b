// Signal's envelopes, webhooks, messages and answers. What the link does stands in signal_receiving_test.cpp.
#include "unit/adapters/answers_json.hpp"
#include "unit/adapters/signal_fixture.hpp"

namespace passerelle::adapters::signal_test {
namespace {

namespace json = boost::json;

const std::string hook = "/hooks/signal/" + secret;
const std::string text = R"({"envelope":{"sourceUuid":")" + person +
                         R"(","timestamp":5,"dataMessage":{"timestamp":5,"message":"un"}},"account":"+41790000001"})";

std::string refusal(const Channel& of, const HttpRequest& request) {
  const Webhook webhook = of.read(request, now);
  const auto* rejected = std::get_if<Rejected>(&webhook);
  return rejected == nullptr ? "" : std::to_string(rejected->status) + " " + rejected->why;
}

TEST(SignalRead, every_kind_of_envelope_becomes_what_it_is) {
  const auto made = channel(webhook());
  expect_requests("tests/adapters/signal/envelopes.json", 35,
                  [&](const std::string& body) { return made->read(request(body, hook), now); });
}

TEST(SignalRead, text_that_is_no_utf8_is_mended) {
  std::string broken = text;
  broken.replace(broken.find("un\""), 2, "\xFF\xC3");
  const Webhook webhook = channel(signal_test::webhook())->read(request(broken, hook), now);
  EXPECT_EQ(std::get<Events>(webhook).messages.at(0).text, "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(SignalRead, whoever_does_not_know_the_path_is_refused) {
  const auto made = channel(webhook());
  EXPECT_EQ(refusal(*made, request(text, hook)), "");
  EXPECT_EQ(refusal(*made, request(text, "/hooks/signal/" + old_secret)), "");
  for (const std::string path : {"/hooks/signal", "/hooks/signal/", "/hooks/signal/x", "/hooks/other/fiction"})
    EXPECT_EQ(refusal(*made, request(text, path)), "404 secret") << path;
  for (const std::string& path : {hook + "/", hook + "/status", hook + "x", "/hooks/signal/" + secret.substr(1)})
    EXPECT_EQ(refusal(*made, request(text, path)), "404 secret") << path;
  for (int i = 0; i < 1000; ++i) {
    std::string other = secret;
    char& c = other[static_cast<std::size_t>(i) % other.size()];
    c = static_cast<char>(c ^ (1 << (i / static_cast<int>(other.size()) % 7)));
    EXPECT_EQ(refusal(*made, request(text, "/hooks/signal/" + other)), "404 secret") << other;
  }
  HttpRequest get = request(text, hook);
  get.method = "GET";
  EXPECT_EQ(refusal(*made, get), "405 method");
  EXPECT_EQ(refusal(*made, request("[]", hook)), "400 not a JSON object");
  EXPECT_EQ(refusal(*made, request(std::string(300 * 1024, ' '), hook)), "413 size");
}

TEST(SignalRead, without_a_secret_only_this_machine_is_heard) {
  const auto made = channel(settings("webhook"));
  EXPECT_FALSE(made->traits().authenticated) << "the inbox hears only loopback peers then";
  EXPECT_TRUE(channel(webhook())->traits().authenticated);
  EXPECT_EQ(refusal(*made, request(text, "/hooks/signal")), "");
  EXPECT_EQ(refusal(*made, request(text, hook)), "404 secret");
}

TEST(SignalRead, a_channel_that_asks_hears_no_webhook) {
  EXPECT_EQ(refusal(*channel(), request(text, "/hooks/signal")), "404 no webhook");
  EXPECT_TRUE(channel()->traits().links && channel()->traits().authenticated);
  EXPECT_FALSE(channel(webhook())->traits().links);
  EXPECT_FALSE(channel()->traits().gateway_retries);
}

OutgoingRequest sends(const std::string& to, const ChannelSettings& of = settings()) {
  OutboundMessage message;
  message.to = {"signal", to};
  message.text = "ሰላም \"é\"";
  return channel(of)->write(message, 0, now);
}

TEST(SignalSend, a_message_goes_to_one_person) {
  const OutgoingRequest request = sends(person);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "http://127.0.0.1:9/v2/send");
  EXPECT_EQ(field(request.fields, "Content-Type"), "application/json");
  EXPECT_EQ(field(request.fields, "Authorization"), "");
  EXPECT_EQ(json::parse(request.body), (json::value{{"number", "+41790000001"},
                                                    {"recipients", {person}},
                                                    {"message", "ሰላም \"é\""},
                                                    {"text_mode", "normal"},
                                                    {"notify_self", false}}));
}

TEST(SignalSend, what_is_no_person_is_a_message_to_nobody) {
  const auto to = [](const std::string& user) {
    return json::serialize(json::parse(sends(user).body).at("recipients"));
  };
  EXPECT_EQ(to("+41791234567"), R"(["+41791234567"])");
  for (const std::string user : {"group.Zm9vYmFy", "", "41791234567", "name.01", "+4179123456x", "-a"})
    EXPECT_EQ(to(user), "[]") << user;
  EXPECT_EQ(to(person + "0"), "[]");
}

TEST(SignalSend, a_proxy_gets_its_password) {
  ChannelSettings with = settings();
  with.values["username"] = "u";
  with.secrets.emplace("password", Secret("p"));
  EXPECT_EQ(field(sends(person, with).fields, "Authorization"), "Basic dTpw");
}

TEST(SignalSend, every_answer_has_its_meaning) { expect_answers("tests/adapters/signal/answers.json", 25, *channel()); }

TEST(SignalSettings, what_is_wrong_is_told_by_its_key) {
  EXPECT_EQ(wrong_key(settings()), "");
  const auto with = [](const std::string& key, const std::string& value) {
    ChannelSettings made = settings();
    made.values[key] = value;
    return wrong_key(made);
  };
  for (const std::string number : {"", "0041790000001", "+4179 000", "+1", "bot"})
    EXPECT_EQ(with("number", number), "number");
  for (const std::string count : {"0", "51", "x", "1 ", "-1"}) EXPECT_EQ(with("at_once", count), "at_once");
  EXPECT_EQ(with("receive", "websocket"), "receive");
  EXPECT_EQ(with("api_url", "http://signal.example.org"), "api_url");
  EXPECT_EQ(with("username", "a:b"), "username");
  EXPECT_EQ(with("username", "a"), "password");
  ChannelSettings brief = settings("webhook");
  brief.secrets.emplace("hook_secret", Secret("short"));
  EXPECT_EQ(wrong_key(brief), "hook_secret");
}

}  // namespace
}  // namespace passerelle::adapters::signal_test
