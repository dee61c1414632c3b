#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "adapters/jwt.hpp"
#include "adapters/vonage/signature.hpp"
#include "unit/adapters/vonage_fixture.hpp"

namespace passerelle::adapters::vonage_test {
namespace {

namespace json = boost::json;

std::string text_of(const json::value& value) { return std::string(value.as_string()); }

void expect_as_told(const json::value& row, const json::object& seen, const std::string& how = "") {
  for (const auto& [name, wanted] : row.at("want").as_object()) {
    const json::value* found = seen.if_contains(name);
    ASSERT_NE(found, nullptr) << row.at("name") << how << ": no " << std::string_view(name) << " in "
                              << json::serialize(seen);
    EXPECT_EQ(json::serialize(*found), json::serialize(wanted))
        << row.at("name") << how << ": " << std::string_view(name);
  }
}

Parameters parameters_of(const json::value& row) {
  Parameters parameters;
  for (const auto& [name, value] : row.at("parameters").as_object()) parameters[std::string(name)] = text_of(value);
  return parameters;
}

const Parameters hello = {{"msisdn", "41791234567"},       {"to", "41798070000"}, {"messageId", "0A1"},
                          {"text", "Bonjour & à bientôt"}, {"type", "text"},      {"timestamp", "1800000000"},
                          {"api-key", "abcd1234"},         {"nonce", "n-1"}};
const std::string body =
    R"({"channel":"sms","message_uuid":"u-1","to":"41798070000","from":"41791234567","message_type":"text","text":"Bonjour"})";

TEST(VonageSms, every_request_of_the_table_becomes_what_it_says_by_whatever_way_it_comes) {
  const json::value file = read_json("tests/adapters/vonage/sms.json");
  ASSERT_GE(file.at("requests").as_array().size(), 30U);
  for (const json::value& row : file.at("requests").as_array()) {
    const Parameters parameters = parameters_of(row);
    expect_as_told(row, described(channel("sms")->read(get(parameters), now)), " by GET");
    expect_as_told(row, described(channel("sms")->read(post_form(parameters), now)), " as a form");
    expect_as_told(row, described(channel("sms")->read(post_json(parameters), now)), " as JSON");
  }
}

TEST(VonageSms, every_published_signature_holds_in_either_case_and_with_no_other_secret) {
  const json::value file = read_json("tests/adapters/vonage/vectors.json");
  ASSERT_GE(file.at("sig").as_array().size(), 18U);
  for (const json::value& vector : file.at("sig").as_array()) {
    std::vector<HttpField> parameters = {{"sig", "whatever"}};
    for (const json::value& pair : vector.at("parameters").as_array())
      parameters.push_back({text_of(pair.at(0)), text_of(pair.at(1))});
    const auto method = vonage::parse_method(text_of(vector.at("method")));
    ASSERT_TRUE(method);
    const Secret secrets[] = {Secret("another"), Secret(text_of(vector.at("secret")))};
    std::string expected = text_of(vector.at("expected"));
    EXPECT_TRUE(vonage::sig_holds(expected, parameters, *method, secrets)) << vector.at("name");
    std::ranges::transform(expected, expected.begin(), ::tolower);
    EXPECT_TRUE(vonage::sig_holds(expected, parameters, *method, secrets)) << vector.at("name");
    EXPECT_FALSE(vonage::sig_holds(expected, parameters, *method, {secrets, 1})) << vector.at("name");
    parameters.back().value += "x";
    EXPECT_FALSE(vonage::sig_holds(expected, parameters, *method, secrets)) << vector.at("name");
  }
}

TEST(VonageSms, a_thousand_flips_of_a_signature_are_refused) {
  std::mt19937 random(1);
  EXPECT_EQ(refusal("sms", get(hello)), "");
  const std::string good = sig(hello);
  for (int i = 0; i < 1000; ++i) {
    Parameters bad = hello;
    bad["sig"] = good;
    bad["sig"][random() % good.size()] ^= static_cast<char>(1U << random() % 8);
    EXPECT_EQ(refusal("sms", request_to("GET", "?" + form_of(bad))), "403 signature") << bad["sig"];
  }
}

TEST(VonageSms, strangers_are_refused_without_detail) {
  EXPECT_EQ(refusal("sms", request_to("GET", "?" + form_of(hello))), "403 no signature");
  EXPECT_EQ(refusal("sms", get(hello, "guess")), "403 signature");
  EXPECT_EQ(refusal("sms", request_to("PUT", "")), "405 method");
  HttpRequest elsewhere = get(hello);
  elsewhere.target.insert(elsewhere.target.find('?'), "/x");
  EXPECT_EQ(refusal("sms", elsewhere), "403 path");
  HttpRequest longer = post_form(hello);
  longer.body += "&text=non";
  EXPECT_EQ(refusal("sms", longer), "403 fields") << "which of the two was signed?";
  longer.body = post_form(hello).body + "&more=1";
  EXPECT_EQ(refusal("sms", longer), "403 signature");
  longer.body = std::string(64 * 1024 + 1, 'x');
  EXPECT_EQ(refusal("sms", longer), "413 size");
  for (const std::string bad : {"[]", "{", R"({"a":{}})", R"({"a":[1]})", R"({"a":1.5})"}) {
    HttpRequest request = post_json(hello);
    request.body = bad;
    EXPECT_EQ(refusal("sms", request), "403 fields") << bad;
  }
  std::string many = form_of(hello);
  for (int i = 0; i < 100; ++i) many += "&a" + std::to_string(i) + "=1";
  EXPECT_EQ(refusal("sms", request_to("GET", "?" + many)), "403 fields");
}

// A 4xx is final: what Vonage spells otherwise one day must not be lost.
TEST(VonageSms, neither_the_case_of_a_name_nor_a_value_that_is_no_text_refuses_a_request) {
  HttpRequest shouted = post_json(hello);
  shouted.fields = {{"content-type", "Application/JSON; charset=utf-8"}};
  EXPECT_EQ(refusal("sms", shouted), "");
  Parameters as_signed = hello;
  as_signed["concat"] = "false";
  as_signed["keyword"] = "";
  HttpRequest odd = post_json(as_signed);
  json::object members = json::parse(odd.body).as_object();
  members["concat"] = false;
  members["keyword"] = nullptr;
  odd.body = json::serialize(members);
  EXPECT_EQ(refusal("sms", odd), "");
  HttpRequest lower = post_signed(vonage_test::body);
  for (HttpField& one : lower.fields) {
    if (one.name == "Authorization") one.value.replace(0, 6, "bearer");
  }
  EXPECT_EQ(refusal("messages", lower), "");
}

TEST(VonageSms, two_parameters_cannot_be_passed_off_as_one) {
  Parameters parts = hello;
  parts["concat-part"] = "1";
  parts["concat-ref"] = "7";
  const std::string signature = sig(parts);
  Parameters merged = hello;
  merged["concat-part=1&concat-ref"] = "7";
  ASSERT_EQ(sig(merged), signature) << "the text that is signed is the same";
  EXPECT_EQ(refusal("sms", get(merged)), "403 fields");
  HttpRequest as_json = post_json(merged);
  EXPECT_EQ(refusal("sms", as_json), "403 fields");
  Parameters odd = hello;
  odd["a.b_c-D9"] = "1";
  EXPECT_EQ(refusal("sms", get(odd)), "");
}

TEST(VonageSms, the_method_is_the_one_that_is_configured) {
  ChannelSettings other = settings("sms");
  other.values["signature_method"] = "md5hash";
  EXPECT_EQ(refusal(other, get(hello)), "403 signature");
  Parameters plain = hello;
  std::string text;
  for (const auto& [name, value] : hello) text += "&" + name + "=" + (name == "text" ? "Bonjour _ à bientôt" : value);
  plain["sig"] = crypto::hex(crypto::hash(crypto::Digest::md5, text + signer));
  EXPECT_EQ(refusal(other, request_to("GET", "?" + form_of(plain))), "");
  EXPECT_EQ(refusal("sms", request_to("GET", "?" + form_of(plain))), "403 signature");
}

TEST(VonageSms, an_empty_request_of_the_dashboard_is_answered_and_is_nothing) {
  EXPECT_EQ(refusal("sms", request_to("GET", "")), "");
  EXPECT_EQ(refusal("sms", request_to("POST", "/status")), "");
}

// What is still tried after a day must not be lost; and what is older, or lies ahead, is none of Vonage's.
TEST(VonageSms, a_webhook_is_fresh_for_a_little_longer_than_vonage_tries) {
  const auto at = [](int seconds) { return refusal("sms", get(hello), now + std::chrono::seconds(seconds)); };
  EXPECT_EQ(at(25 * 60 * 60), "");
  EXPECT_EQ(at(25 * 60 * 60 + 1), "403 too old, or a wrong clock");
  EXPECT_EQ(at(-300), "");
  EXPECT_EQ(at(-301), "403 too old, or a wrong clock");
  ChannelSettings strict = settings("sms");
  strict.values["fresh_minutes"] = "5";
  EXPECT_EQ(refusal(strict, get(hello), now + std::chrono::seconds(301)), "403 too old, or a wrong clock");
  for (const std::string bad : {"", "x", "-1", "99999999999999", "9223372036854775807"}) {
    Parameters odd = hello;
    odd["timestamp"] = bad;
    EXPECT_EQ(refusal("sms", get(odd)), "403 too old, or a wrong clock") << bad;
  }
}

TEST(VonageSms, the_former_secret_still_opens_while_it_is_replaced) {
  EXPECT_EQ(refusal("sms", get(hello, old_signer)), "");
  EXPECT_EQ(refusal("messages", bearing(token(claims_of(body), old_signer), body)), "");
}

TEST(VonageSms, broken_utf8_is_mended_and_never_refused) {
  Parameters broken = hello;
  broken["text"] = "a\xFFz";
  const Webhook webhook = channel("sms")->read(get(broken), now);
  EXPECT_EQ(std::get<Events>(webhook).messages.at(0).text, "a\uFFFDz");
}

TEST(VonageMessages, every_request_of_the_table_becomes_what_it_says) {
  const json::value file = read_json("tests/adapters/vonage/messages.json");
  ASSERT_GE(file.at("requests").as_array().size(), 55U);
  for (const json::value& row : file.at("requests").as_array())
    expect_as_told(row, described(channel("messages")->read(post_signed(body_of(row)), now)));
}

TEST(VonageMessages, every_published_token_holds_and_with_no_other_secret) {
  const json::value file = read_json("tests/adapters/vonage/vectors.json");
  ASSERT_EQ(file.at("jwt").as_array().size(), 3U);
  for (const json::value& vector : file.at("jwt").as_array()) {
    const Secret secrets[] = {Secret("another"), Secret(text_of(vector.at("secret")))};
    const auto claims = read_jwt(text_of(vector.at("token")), secrets);
    ASSERT_TRUE(claims) << vector.at("name");
    EXPECT_TRUE(claims->contains("iat"));
    EXPECT_FALSE(read_jwt(text_of(vector.at("token")), {secrets, 1})) << vector.at("name");
    EXPECT_FALSE(read_jwt(text_of(vector.at("token")) + "A", secrets)) << vector.at("name");
  }
}

TEST(VonageMessages, a_thousand_flips_of_a_token_are_refused) {
  std::mt19937 random(1);
  const std::string good = token(claims_of(body));
  EXPECT_EQ(refusal("messages", bearing(good, body)), "");
  for (int i = 0; i < 1000; ++i) {
    std::string bad = good;
    bad[random() % bad.size()] ^= static_cast<char>(1U << random() % 8);
    EXPECT_EQ(refusal("messages", bearing(bad, body)), "403 signature") << bad;
  }
}

TEST(VonageMessages, only_hs256_is_an_algorithm) {
  for (const std::string header :
       {R"({"alg":"none"})", R"({"alg":"NONE"})", R"({"alg":"RS256"})", R"({"alg":"HS512"})", R"({"alg":"hs256"})",
        R"({"typ":"JWT"})", R"({"alg":["HS256"]})", R"({"alg":"HS256","crit":["b64"]})", "[]", ""}) {
    EXPECT_EQ(refusal("messages", bearing(token(claims_of(body), signer, header), body)), "403 signature") << header;
  }
  const std::string unsigned_token = url_text(R"({"alg":"none"})") + "." + url_text(claims_of(body)) + ".";
  EXPECT_EQ(refusal("messages", bearing(unsigned_token, body)), "403 signature");
  for (const std::string odd : {"", ".", "..", "a.b", "a.b.c.d", "x"})
    EXPECT_EQ(refusal("messages", bearing(odd, body)), "403 signature") << odd;
  EXPECT_EQ(refusal("messages", bearing(std::string(9000, 'a'), body)), "403 signature");
}

TEST(VonageMessages, a_token_is_of_one_body_one_account_and_one_application) {
  const auto with = [](const std::string& claims) { return refusal("messages", bearing(token(claims), body)); };
  EXPECT_EQ(with(claims_of(body + " ")), "403 body hash");
  EXPECT_EQ(with(R"({"iat":1800000000})"), "403 body hash") << "a missing hash is none";
  EXPECT_EQ(with(R"({"iat":1800000000,"payload_hash":null})"), "403 body hash");
  const std::string hash = R"("payload_hash":")" + crypto::hex(crypto::sha256(body)) + "\"";
  EXPECT_EQ(with(R"({"iat":1800000000,)" + hash + "}"), "");
  EXPECT_EQ(with("{" + hash + "}"), "403 too old, or a wrong clock");
  EXPECT_EQ(with(R"({"iat":"1800000000",)" + hash + "}"), "403 too old, or a wrong clock");
  EXPECT_EQ(with(R"({"iat":1800000000,"api_key":"other",)" + hash + "}"), "403 account");
  EXPECT_EQ(with(R"({"iat":1800000000,"api_key":7,)" + hash + "}"), "403 account");
  ChannelSettings one = settings("messages");
  one.values["application"] = "app-1";
  EXPECT_EQ(refusal(one, post_signed(body)), "");
  one.values["application"] = "app-2";
  EXPECT_EQ(refusal(one, post_signed(body)), "403 application");
}

TEST(VonageMessages, an_old_token_is_a_replay) {
  EXPECT_EQ(refusal("messages", post_signed(body), now + std::chrono::hours(25)), "");
  EXPECT_EQ(refusal("messages", post_signed(body), now + std::chrono::hours(26)), "403 too old, or a wrong clock");
  EXPECT_EQ(refusal("messages", post_signed(body), now - std::chrono::minutes(6)), "403 too old, or a wrong clock");
}

TEST(VonageMessages, strangers_are_refused_without_detail) {
  HttpRequest bare = post_signed(body);
  bare.fields.pop_back();
  EXPECT_EQ(refusal("messages", bare), "403 no signature");
  HttpRequest read = post_signed(body);
  read.method = "GET";
  EXPECT_EQ(refusal("messages", read), "405 method");
  EXPECT_EQ(refusal("messages", get(hello)), "405 method");
  EXPECT_EQ(refusal("messages", post_form(hello)), "403 no signature");
}

TEST(VonageMessages, the_answer_is_a_success_without_a_word) {
  const HttpResponse answer = channel("messages")->answer({}, {});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "");
}

}  // namespace
}  // namespace passerelle::adapters::vonage_test
