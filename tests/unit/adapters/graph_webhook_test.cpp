#include "adapters/graph_webhook.hpp"

#include <gtest/gtest.h>

#include <random>

#include "unit/adapters/graph_fixture.hpp"

namespace passerelle::adapters::graph_test {
namespace {

const std::string path = "/hooks/page";

graph::Keys keys(std::vector<std::string> secrets = {app_secret, old_app_secret}) {
  graph::Keys made;
  for (const std::string& secret : secrets) made.app_secrets.emplace_back(secret);
  made.verify_token = Secret(verify_token);
  return made;
}

// Why a request is not read; empty for a signed POST.
std::string verdict(const HttpRequest& request, const graph::Keys& with = keys()) {
  const auto answer = graph::answer_unless_signed(request, path, with);
  if (!answer) return "";
  const boost::json::object seen = described(*answer);
  const boost::json::value* refused = seen.if_contains("refused");
  return refused != nullptr ? std::string(refused->as_string())
                            : "handshake " + std::string(seen.at("handshake").as_string());
}

HttpRequest asking(const std::string& query) {
  HttpRequest request;
  request.method = "GET";
  request.target = path + query;
  return request;
}

TEST(GraphWebhook, every_published_vector_holds) {
  const boost::json::value file = file_json("tests/adapters/graph/vectors.json");
  ASSERT_GE(file.at("vectors").as_array().size(), 6U);
  for (const boost::json::value& vector : file.at("vectors").as_array()) {
    SCOPED_TRACE(std::string(vector.at("name").as_string()));
    HttpRequest request = signed_request("page", std::string(vector.at("body").as_string()));
    request.fields.back().value = std::string(vector.at("expected").as_string());
    const std::string secret(vector.at("secret").as_string());
    EXPECT_EQ(verdict(request, keys({secret})), "");
    EXPECT_EQ(verdict(request, keys({secret + "x"})), "signature");
    EXPECT_EQ(verdict(request, keys({"former", secret})), "");
    request.body += " ";
    EXPECT_EQ(verdict(request, keys({secret})), "signature");
  }
}

TEST(GraphWebhook, the_same_json_written_otherwise_is_not_what_was_signed) {
  HttpRequest request = signed_request("page", R"({"text":"caf\u00e9 1\/2"})");
  EXPECT_EQ(verdict(request), "");
  request.body = R"({"text":"café 1/2"})";
  EXPECT_EQ(verdict(request), "signature");
}

TEST(GraphWebhook, both_secrets_open_during_a_rotation_and_one_after_it) {
  EXPECT_EQ(verdict(signed_request("page", "{}", app_secret)), "");
  EXPECT_EQ(verdict(signed_request("page", "{}", old_app_secret)), "");
  EXPECT_EQ(verdict(signed_request("page", "{}", old_app_secret), keys({app_secret})), "signature");
  EXPECT_EQ(verdict(signed_request("page", "{}", "another")), "signature");
  EXPECT_EQ(verdict(signed_request("page", "{}", "")), "signature");
}

TEST(GraphWebhook, a_missing_or_differently_spelled_signature_is_refused) {
  HttpRequest request = signed_request("page", "{}");
  const std::string good = sign("{}");
  std::string capitals = good;
  for (char& c : capitals) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  for (const std::string& bad :
       {good.substr(7), "SHA256=" + good.substr(7), "sha1=" + good.substr(7), good + " ", good.substr(0, 70),
        good + "0", capitals, std::string("sha256="), std::string(9000, 'a')}) {
    request.fields = {{"X-Hub-Signature-256", bad}};
    EXPECT_EQ(verdict(request), "signature") << bad;
  }
  request.fields = {{"X-Hub-Signature", good}, {"X-Hub-Signature-256", ""}};
  EXPECT_EQ(verdict(request), "no signature");
  request.fields = {};
  EXPECT_EQ(verdict(request), "no signature");
  request.fields = {{"x-hub-signature-256", good}};
  EXPECT_EQ(verdict(request), "");
}

TEST(GraphWebhook, a_thousand_single_bit_flips_are_refused) {
  std::mt19937 chance(20261130);  // fixed: a failure can be repeated
  const HttpRequest good = signed_request("page", R"({"object":"page","entry":[{"id":"1","messaging":[]}]})");
  ASSERT_EQ(verdict(good), "");
  for (int i = 0; i < 1000; ++i) {
    HttpRequest bad = good;
    std::string& part = i % 2 == 0 ? bad.body : bad.fields.back().value;
    part[chance() % part.size()] ^= static_cast<char>(1U << chance() % 8);
    ASSERT_EQ(verdict(bad), "signature") << part;
  }
}

TEST(GraphWebhook, a_secret_with_one_bit_flipped_opens_nothing) {
  const HttpRequest good = signed_request("page", "{}");
  for (std::size_t bit = 0; bit < app_secret.size() * 8; ++bit) {
    std::string flipped = app_secret;
    flipped[bit / 8] ^= static_cast<char>(1U << bit % 8);
    ASSERT_EQ(verdict(good, keys({flipped})), "signature") << bit;
  }
}

TEST(GraphWebhook, the_handshake_gives_the_challenge_back_as_it_came) {
  const std::string token = "&hub.verify_token=" + verify_token;
  EXPECT_EQ(verdict(asking("?hub.mode=subscribe&hub.challenge=1158201444" + token)), "handshake 1158201444");
  EXPECT_EQ(verdict(asking("?hub.mode=subscribe&hub.challenge=a%2Bb" + token)), "handshake a+b");
  EXPECT_EQ(verdict(asking("?hub.mode=unsubscribe&hub.challenge=1" + token)), "mode");
  EXPECT_EQ(verdict(asking("?hub.mode=subscribe" + token)), "challenge");
  EXPECT_EQ(verdict(asking("?hub.mode=subscribe&hub.challenge=%0d%0a" + token)), "challenge");
  EXPECT_EQ(verdict(asking("?hub.mode=subscribe&hub.challenge=" + std::string(257, '1') + token)), "challenge");
}

TEST(GraphWebhook, without_our_word_nobody_gets_a_challenge_back) {
  for (const std::string& word :
       {std::string(), std::string("&hub.verify_token="), "&hub.verify_token=" + verify_token + "0",
        "&hub.verify_token=" + app_secret, "&verify_token=" + verify_token}) {
    EXPECT_EQ(verdict(asking("?hub.mode=subscribe&hub.challenge=1" + word)), "verify token") << word;
  }
  EXPECT_EQ(verdict(asking("")), "verify token");
}

TEST(GraphWebhook, only_its_own_path_and_two_methods_are_heard) {
  for (const std::string other : {"/hooks/page/", "/hooks/page/status", "/hooks/PAGE", "/hooks/%70age", "/", ""}) {
    HttpRequest request = signed_request("page", "{}");
    request.target = other;
    EXPECT_EQ(verdict(request), "path") << other;
  }
  HttpRequest request = signed_request("page", "{}");
  request.method = "PUT";
  EXPECT_EQ(verdict(request), "method");
  request = signed_request("page", std::string(3 * 1024 * 1024 + 1, ' '));
  EXPECT_EQ(verdict(request), "size");
}

}  // namespace
}  // namespace passerelle::adapters::graph_test
