#include <gtest/gtest.h>

#include "unit/adapters/kannel_fixture.hpp"

namespace passerelle::adapters::kannel_test {
namespace {

namespace json = boost::json;

std::string unhex(std::string_view digits) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

HttpRequest request_of(const json::value& row) {
  HttpRequest made = request(std::string(row.at("method").as_string()), std::string(row.at("path").as_string()));
  for (const auto& [name, value] : row.at("fields").as_object()) {
    made.fields.push_back({std::string(name), std::string(value.as_string())});
  }
  if (const json::value* body = row.as_object().if_contains("body")) made.body = body->as_string();
  if (const json::value* body = row.as_object().if_contains("body_hex")) made.body = unhex(body->as_string());
  return made;
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
    EXPECT_EQ(message.from.channel, "kannel");
    EXPECT_TRUE(message.attachments.empty());
    seen["kind"] = message.kind == InboundMessage::Kind::media ? "media" : "text";
    seen["text"] = message.text;
    seen["user"] = message.from.user;
    seen["id"] = message.provider_id;
    seen["sent_at"] = to_ms(message.sent_at);
  }
  for (const Receipt& receipt : events.receipts) {
    EXPECT_FALSE(receipt.opted_out);
    seen["state"] = to_string(receipt.state);
    seen["ref"] = receipt.ref;
    seen["id"] = receipt.provider_id;
    seen["code"] = receipt.code;
    seen["part"] = receipt.part ? static_cast<std::int64_t>(*receipt.part) : -1;
  }
  return seen;
}

std::string refusal(const HttpRequest& of) {
  const Webhook webhook = channel()->read(of, now);
  const auto* rejected = std::get_if<Rejected>(&webhook);
  return rejected == nullptr ? "" : std::to_string(rejected->status) + " " + rejected->why;
}

const std::string get_url = "?id=a-1&from=%2B33639980001&text=1&ts=1795968155";

TEST(KannelRead, every_request_of_the_table_becomes_what_it_says) {
  const json::value file = read_json("tests/adapters/kannel/requests.json");
  ASSERT_GE(file.at("requests").as_array().size(), 55U);
  for (const json::value& row : file.at("requests").as_array()) {
    const json::object seen = described(channel()->read(request_of(row), now));
    for (const auto& [key, wanted] : row.at("want").as_object()) {
      const json::value* found = seen.if_contains(key);
      ASSERT_NE(found, nullptr) << row.at("name") << ": no " << std::string_view(key) << " in "
                                << json::serialize(seen);
      EXPECT_EQ(json::serialize(*found), json::serialize(wanted)) << row.at("name") << ": " << std::string_view(key);
    }
  }
}

TEST(KannelRead, nobody_is_heard_without_the_secret) {
  EXPECT_EQ(refusal(request("GET", get_url)), "");
  for (const std::string path : {"/hooks/kannel/", "/hooks/kannel", "/hooks/kannel/status", "/hooks/kannel//status"}) {
    HttpRequest stranger = request("GET", "");
    stranger.target = path + get_url;
    EXPECT_EQ(refusal(stranger).substr(0, 4), "404 ") << path;
  }
  for (std::size_t at = 0; at < secret.size(); ++at) {
    HttpRequest stranger = request("POST", get_url);
    stranger.target[std::string("/hooks/kannel/").size() + at] ^= 1;
    EXPECT_EQ(refusal(stranger), "404 secret") << at;
  }
  for (const std::string after : {"x", "%61", "/status/x", "/", "/statu", "/../status"}) {
    EXPECT_EQ(refusal(request("GET", after + get_url)).substr(0, 4), "404 ") << after;
  }
  HttpRequest elsewhere = request("GET", get_url);
  elsewhere.target = "/hooks/other/" + secret + get_url;
  EXPECT_EQ(refusal(elsewhere), "404 path");
}

TEST(KannelRead, a_secret_of_the_query_opens_nothing) {
  HttpRequest stranger = request("GET", "");
  stranger.target = "/hooks/kannel?" + secret + "/status";
  EXPECT_EQ(refusal(stranger), "404 path");
}

TEST(KannelRead, a_text_without_an_id_is_known_again_by_what_it_is) {
  const auto id_of = [](const std::string& from, const std::string& text, const std::string& when) {
    HttpRequest made = request("POST", "", text);
    made.fields = {{"X-Kannel-From", from}, {"X-Kannel-Time", when}};
    return std::get<Events>(channel()->read(made, now)).messages.at(0).provider_id;
  };
  const std::string id = id_of("+33639980001", "oui", "2026-11-29 16:02:35");
  EXPECT_EQ(id.size(), 40U);
  EXPECT_EQ(id_of("+33639980001", "oui", "2026-11-29 16:02:35"), id);
  EXPECT_NE(id_of("+33639980002", "oui", "2026-11-29 16:02:35"), id);
  EXPECT_NE(id_of("+33639980001", "non", "2026-11-29 16:02:35"), id);
  EXPECT_NE(id_of("+33639980001", "oui", "2026-11-29 16:02:36"), id);
  ChannelSettings other = settings();
  other.secrets.insert_or_assign("hook_secret", Secret("fiction-0123456789abce"));
  HttpRequest made = request("POST", "", "oui");
  made.target = "/hooks/kannel/fiction-0123456789abce";
  made.fields = {{"X-Kannel-From", "+33639980001"}, {"X-Kannel-Time", "2026-11-29 16:02:35"}};
  EXPECT_NE(std::get<Events>(channel(other)->read(made, now)).messages.at(0).provider_id, id);
}

TEST(KannelRead, a_long_text_and_none_beyond_the_limit) {
  const auto post = [](std::size_t size) {
    HttpRequest made = request("POST", "?id=1", std::string(size, 'x'));
    made.fields = {{"X-Kannel-From", "+33639980001"}};
    return refusal(made);
  };
  EXPECT_EQ(post(64 * 1024), "");
  EXPECT_EQ(post(64 * 1024 + 1), "413 size");
  std::string many = get_url;
  for (int i = 0; i < 10'000; ++i) many += "&a=b";
  EXPECT_EQ(refusal(request("GET", many)), "");
}

TEST(KannelRead, the_answer_is_a_success_without_a_word) {
  const HttpResponse answer = channel()->answer({}, {});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(field(answer.fields, "Content-Type"), "text/plain");
}

}  // namespace
}  // namespace passerelle::adapters::kannel_test
