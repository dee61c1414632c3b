#include <random>

#include "adapters/registry.hpp"
#include "base/crypto.hpp"
#include "unit/adapters/answers_json.hpp"

namespace passerelle::adapters::viber_test {
namespace {

namespace json = boost::json;

const std::string token = "4453b6ac12345678-fiction-0123456789abcdef";
const std::string old_token = "the former token";
const TimePoint now = from_ms(1'800'000'000'000);

ChannelSettings settings() {
  ChannelSettings settings;
  settings.name = "viber";
  settings.callback_url = "https://chat.example.org/hooks/viber";
  settings.values = {{"sender", "Association"}};
  settings.secrets.emplace("token", Secret(token));
  settings.secrets.emplace("old_token", Secret(old_token));
  return settings;
}

std::unique_ptr<Channel> channel(const ChannelSettings& of = settings()) {
  return find_gateway("viber")->make(of).value();
}

HttpRequest signed_request(const std::string& body, const std::string& with = token) {
  HttpRequest request;
  request.method = "POST";
  request.target = "/hooks/viber";
  request.fields = {{"Content-Type", "application/json"},
                    {"X-Viber-Content-Signature", crypto::hex(crypto::hmac_sha256(Secret(with), body))}};
  request.body = body;
  return request;
}

std::string refusal(const HttpRequest& request, const ChannelSettings& of = settings()) {
  const Webhook webhook = channel(of)->read(request, now);
  const auto* rejected = std::get_if<Rejected>(&webhook);
  return rejected == nullptr ? "" : rejected->why;
}

OutboundMessage message(const std::string& text) {
  OutboundMessage made;
  made.ref = "0123456789abcdef0123456789abcdef";
  made.to = {"viber", "01234567890A="};
  made.text = text;
  made.parts = {text};
  return made;
}

std::string complaint(const std::string& key, const std::string& value) {
  ChannelSettings changed = settings();
  changed.values[key] = value;
  changed.secrets.insert_or_assign(key, Secret(value));
  const auto made = find_gateway("viber")->make(changed);
  return made ? std::string() : made.error().where;
}

TEST(ViberSignature, every_published_vector_holds) {
  const json::value file = file_json("tests/adapters/viber/vectors.json");
  ASSERT_EQ(file.at("vectors").as_array().size(), 2U);
  for (const json::value& vector : file.at("vectors").as_array()) {
    ChannelSettings with = settings();
    const std::string secret(vector.at("token").as_string());
    with.secrets.clear();
    with.secrets.emplace("token", Secret(secret));
    HttpRequest request = signed_request(std::string(vector.at("body").as_string()));
    EXPECT_EQ(refusal(request, with), "signature");
    request.fields.back().value = std::string(vector.at("expected").as_string());
    EXPECT_EQ(refusal(request, with), "") << vector.at("name");
    request.body += " ";
    EXPECT_EQ(refusal(request, with), "signature");
  }
}

TEST(ViberSignature, both_tokens_open_during_a_rotation_and_one_after_it) {
  EXPECT_EQ(refusal(signed_request("{}", token)), "");
  EXPECT_EQ(refusal(signed_request("{}", old_token)), "");
  EXPECT_EQ(refusal(signed_request("{}", "another")), "signature");
  ChannelSettings after = settings();
  after.secrets.erase("old_token");
  EXPECT_EQ(refusal(signed_request("{}", old_token), after), "signature");
}

TEST(ViberSignature, a_missing_or_differently_spelled_signature_is_refused) {
  HttpRequest request = signed_request("{}");
  const std::string good = request.fields.back().value;
  std::string capitals = good;
  for (char& c : capitals) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  for (const std::string& bad : {capitals, "sha256=" + good, good + " ", good.substr(1), std::string(9000, 'a')}) {
    request.fields = {{"X-Viber-Content-Signature", bad}};
    EXPECT_EQ(refusal(request), "signature") << bad;
  }
  request.fields = {};
  request.target += "?sig=" + good;  // as an old SDK looks for it
  EXPECT_EQ(refusal(request), "no signature");
  request.fields = {{"x-viber-content-signature", good}};
  EXPECT_EQ(refusal(request), "");
}

TEST(ViberSignature, a_thousand_single_bit_flips_are_refused) {
  std::mt19937 chance(20261130);  // fixed: a failure can be repeated
  const auto viber = channel();
  const HttpRequest good =
      signed_request(R"({"event":"seen","message_token":4912661846655238145,"user_id":"01234567890A="})");
  ASSERT_TRUE(std::holds_alternative<Events>(viber->read(good, now)));
  for (int i = 0; i < 1000; ++i) {
    HttpRequest bad = good;
    std::string& part = i % 2 == 0 ? bad.body : bad.fields.back().value;
    part[chance() % part.size()] ^= static_cast<char>(1U << chance() % 8);
    ASSERT_TRUE(std::holds_alternative<Rejected>(viber->read(bad, now))) << part;
  }
}

TEST(ViberRead, every_request_of_the_table_becomes_what_it_says) {
  const auto viber = channel();
  expect_requests("tests/adapters/viber/requests.json", 45,
                  [&](const std::string& body) { return viber->read(signed_request(body), now); });
}

TEST(ViberRead, only_a_post_to_its_own_hook_is_heard) {
  HttpRequest request = signed_request("{}");
  request.method = "GET";
  EXPECT_EQ(refusal(request), "method");
  for (const std::string path : {"/hooks/viber/", "/hooks/viber/status", "/hooks/VIBER", "/", ""}) {
    request = signed_request("{}");
    request.target = path;
    EXPECT_EQ(refusal(request), "path") << path;
  }
  EXPECT_EQ(refusal(signed_request(std::string(64 * 1024 + 1, ' '))), "size");
}

TEST(ViberRead, broken_letters_are_mended_and_the_answer_says_nothing) {
  const std::string body =
      "{\"event\":\"message\",\"message_token\":1,\"sender\":{\"id\":\"A=\"},\"message\":{\"type\":\"text\",\"text\":"
      "\"caf\xe9\"}}";
  const Events events = std::get<Events>(channel()->read(signed_request(body), now));
  ASSERT_EQ(events.messages.size(), 1U);
  EXPECT_EQ(events.messages[0].text, "caf\xEF\xBF\xBD");
  EXPECT_EQ(channel()->answer(events, {}).body, "");
}

TEST(ViberSend, a_text_is_posted_under_our_name_with_the_current_token) {
  const OutgoingRequest request = channel()->write(message("Bonjour"), 0, now);
  EXPECT_EQ(request.url, "https://chatapi.viber.com/pa/send_message");
  EXPECT_EQ(field(request.fields, "X-Viber-Auth-Token"), token);
  EXPECT_EQ(json::parse(request.body), json::parse(R"({"receiver":"01234567890A=","min_api_version":1,
    "sender":{"name":"Association"},"type":"text","text":"Bonjour"})"));
  EXPECT_EQ((request.url + request.body).find(token), std::string::npos);
}

TEST(ViberSend, every_text_arrives_as_it_is) {
  for (const std::string text : {"a\"b\\c/d", "موعدك 28.03.2027\n1 = نعم", "ሰላም፡ ሕቶ ኣለኒ", "😀👍"})
    EXPECT_EQ(json::parse(channel()->write(message(text), 0, now).body).at("text").as_string(), text);
}

TEST(ViberSend, every_answer_of_the_table_means_what_it_says) {
  expect_answers("tests/adapters/viber/answers.json", 30, *channel());
}

TEST(ViberSend, it_tells_what_it_can) {
  const Traits traits = channel()->traits();
  EXPECT_TRUE(traits.sends && traits.gateway_retries && traits.authenticated);
  EXPECT_FALSE(traits.inline_replies || traits.takes_reference || traits.lists_inbound || traits.telephones);
  EXPECT_EQ(traits.host, "chatapi.viber.com");
}

TEST(ViberSend, a_wrong_setting_is_named_with_its_remedy) {
  EXPECT_EQ(complaint("sender", "Accueil des réfugiés, Jura é"), "");  // 28 characters
  EXPECT_EQ(complaint("sender", "Accueil des réfugiés, Jura éé"), "sender");
  EXPECT_EQ(complaint("sender", ""), "sender");
  EXPECT_EQ(complaint("sender", "a\nb"), "sender");
  EXPECT_EQ(complaint("token", ""), "token");
  EXPECT_EQ(complaint("token", "a\nb"), "token");
  EXPECT_EQ(complaint("media_host", "media.example.org"), "");
  EXPECT_EQ(complaint("media_host", "com"), "media_host");
  EXPECT_EQ(complaint("media_host", "https://viber.com"), "media_host");
  EXPECT_EQ(complaint("api_url", "http://192.0.2.1"), "api_url");
}

}  // namespace
}  // namespace passerelle::adapters::viber_test
