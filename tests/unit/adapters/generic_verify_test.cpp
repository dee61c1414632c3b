#include <filesystem>
#include <random>

#include "adapters/generic/translate.hpp"
#include "unit/adapters/generic_fixture.hpp"

namespace passerelle::adapters::generic {
namespace {

using boost::json::value;

VerifyPlan plan(const std::string& toml) {
  Findings findings;
  std::vector<std::string> needs;
  const auto block = parse_block("test.toml", toml, findings);
  VerifyPlan made = read_verify(&*block, needs, findings);
  for (const Finding& finding : findings) ADD_FAILURE() << to_string(finding);
  return made;
}

VerifyPlan plan_of_preset(const std::string& name) {
  Findings findings;
  std::vector<std::string> needs;
  const auto block = find_preset(name, findings);
  return read_verify(block->find("verify"), needs, findings);
}

TimePoint at(std::int64_t seconds) { return from_ms(seconds * 1000); }

std::string judge(const VerifyPlan& plan, const std::string& key, const HttpRequest& request, const std::string& url,
                  TimePoint when) {
  const Secret keys[] = {Secret(key)};
  return doubt(plan, keys, request, url, when);
}

const VerifyPlan& messagebird() {
  static const VerifyPlan plan = plan_of_preset("messagebird");
  return plan;
}

HttpRequest with_token(const std::string& token, const std::string& body) {
  HttpRequest request;
  request.method = "POST";
  request.fields = {{"MessageBird-Signature-JWT", token}};
  request.body = body;
  return request;
}

// Changes one character of a text to another of the same alphabet, a thousand times, each time from the start.
void refuses_flips(const std::string& good, const std::function<std::string(const std::string&)>& judged) {
  ASSERT_EQ(judged(good), "");
  std::mt19937 chance(7);
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=., ";
  for (int i = 0; i < 1000; ++i) {
    std::string bad = good;
    char& c = bad[chance() % bad.size()];
    const char before = c;
    while (c == before) c = alphabet[chance() % alphabet.size()];
    ASSERT_NE(judged(bad), "") << bad;
  }
}

TEST(GenericVerify, agrees_with_the_44_cases_that_npm_messagebird_ships) {
  const std::string path = "tests/node_modules/messagebird/lib/testdata/webhook-signature-jwt-reference.json";
  if (!std::filesystem::exists(SOURCE_DIR "/" + path)) GTEST_SKIP() << "script/setup test brings npm messagebird";
  const value file = read_file(path);
  ASSERT_EQ(file.as_array().size(), 44U);
  std::size_t valid = 0;
  for (const value& each : file.as_array()) {
    const auto& one = each.as_object();
    const auto word = [&](const char* key) {
      const auto* found = one.if_contains(key);
      return found == nullptr || found->is_null() ? std::string() : text_of(*found);
    };
    ASSERT_EQ(word("timestamp"), "2021-07-05T12:00:00+02:00");
    const bool expected = one.at("valid").as_bool();
    const std::string why = judge(messagebird(), word("secret"), with_token(word("token"), word("payload")),
                                  word("url"), at(1'625'479'200));
    EXPECT_EQ(why.empty(), expected) << word("name") << ": " << why;
    valid += expected ? 1 : 0;
  }
  EXPECT_GE(valid, 20U);
}

TEST(GenericVerify, every_published_vector_holds) {
  const value file = read_file("tests/adapters/generic/signatures.json");
  for (const value& one : file.at("jwt").as_array()) {
    const HttpRequest request = with_token(text_of(one.at("token")), text_of(one.at("body")));
    const std::string why = judge(messagebird(), text_of(one.at("key")), request, text_of(one.at("url")),
                                  at(one.at("now").to_number<std::int64_t>()));
    EXPECT_EQ(why.empty(), one.at("valid").as_bool()) << text_of(one.at("name")) << ": " << why;
  }
  const VerifyPlan older = plan(
      "scheme = \"hmac\"\nheader = \"MessageBird-Signature\"\nencoding = \"base64\"\n"
      "over = \"{timestamp}\\n{sorted_query}\\n{body_sha256}\"\n"
      "timestamp_header = \"MessageBird-Request-Timestamp\"\nwithin = 100\n");
  for (const value& one : file.at("messagebird_older").as_array()) {
    HttpRequest request;
    request.target = "/hooks/sms?" + text_of(one.at("query"));
    request.fields = {{"MessageBird-Signature", text_of(one.at("expected"))},
                      {"MessageBird-Request-Timestamp", text_of(one.at("timestamp"))}};
    request.body = text_of(one.at("body"));
    EXPECT_EQ(judge(older, text_of(one.at("key")), request, "", at(1'544'544'948 + 99)), "") << text_of(one.at("name"));
    EXPECT_EQ(judge(older, text_of(one.at("key")), request, "", at(1'544'544'948 + 101)), "timestamp");
  }
  const value& bird = file.at("bird").at(0);
  HttpRequest request;
  request.fields = {{"messagebird-signature", text_of(bird.at("expected"))},
                    {"messagebird-request-timestamp", text_of(bird.at("timestamp"))}};
  request.body = text_of(bird.at("body"));
  EXPECT_EQ(judge(plan_of_preset("bird"), text_of(bird.at("key")), request, text_of(bird.at("url")), at(1'704'164'700)),
            "");
  const value& standard = file.at("standard_webhooks").at(0);
  request.fields = {{"webhook-id", text_of(standard.at("id"))},
                    {"webhook-timestamp", text_of(standard.at("timestamp"))},
                    {"webhook-signature", "v1,AAAA " + text_of(standard.at("expected"))}};
  request.body = text_of(standard.at("body"));
  const VerifyPlan standard_plan = plan("scheme = \"standard-webhooks\"");
  EXPECT_EQ(judge(standard_plan, text_of(standard.at("key")), request, "", at(1'614'265'330)), "");
  EXPECT_EQ(judge(standard_plan, text_of(standard.at("key")), request, "", at(1'614'265'330 + 301)), "timestamp");
  request.body += " ";
  EXPECT_EQ(judge(standard_plan, text_of(standard.at("key")), request, "", at(1'614'265'330)), "signature");
}

TEST(GenericVerify, the_request_signature_is_that_of_npm_ovh) {
  const value file = read_file("tests/adapters/generic/signatures.json");
  for (const value& one : file.at("ovh").as_array()) {
    const std::string hash = crypto::hex(crypto::hash(crypto::Digest::sha1, text_of(one.at("over"))));
    EXPECT_EQ("$1$" + hash, text_of(one.at("expected")));
  }
  // The same over a request that the preset writes.
  OutboundMessage message;
  message.to.user = "+33639980001";
  message.text = "Bonjour é";
  const OutgoingRequest sent = channel(settings("ovh"))->write(message, 0, now);
  const std::string over = "api_secret-value+consumer_key-value+POST+" + sent.url + "+" + sent.body + "+1800000000";
  EXPECT_EQ(field(sent.fields, "X-Ovh-Signature"), "$1$" + crypto::hex(crypto::hash(crypto::Digest::sha1, over)));
}

TEST(GenericVerify, a_thousand_flips_of_a_signature_fail) {
  const value file = read_file("tests/adapters/generic/signatures.json");
  const value& token = file.at("jwt").at(0);
  refuses_flips(text_of(token.at("token")), [&](const std::string& given) {
    return judge(messagebird(), text_of(token.at("key")), with_token(given, text_of(token.at("body"))),
                 text_of(token.at("url")), at(1'625'479'200));
  });
  for (const std::string algorithm : {"md5", "sha1", "sha256", "sha512"}) {
    for (const std::string encoding : {"hex", "hex-upper", "base64"}) {
      const VerifyPlan made = plan("scheme = \"hmac\"\nheader = \"X-Sig\"\nprefix = \"v0=\"\nalgorithm = \"" +
                                   algorithm + "\"\nencoding = \"" + encoding + "\"\n");
      const std::string mac = crypto::hmac(made.digest, Secret("key"), "the body");
      std::string good = encoding == "base64" ? crypto::base64(mac) : crypto::hex(mac);
      if (encoding == "hex-upper") std::ranges::transform(good, good.begin(), [](char c) { return std::toupper(c); });
      refuses_flips("v0=" + good, [&](const std::string& given) {
        HttpRequest request;
        request.fields = {{"X-Sig", given}};
        request.body = "the body";
        return judge(made, "key", request, "", now);
      });
    }
  }
}

TEST(GenericVerify, a_secret_in_a_header_and_a_password_are_compared_whole) {
  HttpRequest request;
  request.fields = {{"X-Api-Key", "sesame"}};
  const VerifyPlan in_header = plan("scheme = \"header\"\nheader = \"X-Api-Key\"");
  EXPECT_EQ(judge(in_header, "sesame", request, "", now), "");
  EXPECT_EQ(judge(in_header, "sesam", request, "", now), "secret");
  EXPECT_EQ(judge(in_header, "sesame", HttpRequest(), "", now), "no signature");
  const VerifyPlan basic = plan("scheme = \"basic\"\nuser = \"gateway\"");
  request.fields = {{"authorization", "Basic " + crypto::base64("gateway:sesame")}};
  EXPECT_EQ(judge(basic, "sesame", request, "", now), "");
  EXPECT_EQ(judge(basic, "other", request, "", now), "password");
  const Secret both[] = {Secret("new"), Secret("sesame")};
  EXPECT_EQ(doubt(basic, both, request, "", now), "") << "the former key counts during a rotation";
}

std::string token_of(const std::string& header, const std::string& claims, const std::string& key) {
  const auto part = [](const std::string& text) {
    std::string out = crypto::base64(text);
    std::ranges::replace(out, '+', '-');
    std::ranges::replace(out, '/', '_');
    while (out.ends_with('=')) out.pop_back();
    return out;
  };
  const std::string signed_part = part(header) + "." + part(claims);
  return signed_part + "." + part(crypto::hmac_sha256(Secret(key), signed_part));
}

TEST(GenericVerify, a_token_without_an_end_counts_for_five_minutes) {
  const VerifyPlan bearer = plan("scheme = \"jwt\"");
  const std::string claims =
      R"({"iat":1800000000,"jti":"1","payload_hash":")" + crypto::hex(crypto::sha256("{}")) + "\"}";
  HttpRequest request;
  request.body = "{}";
  request.fields = {{"Authorization", "Bearer " + token_of(R"({"alg":"HS256","typ":"JWT"})", claims, "key")}};
  EXPECT_EQ(judge(bearer, "key", request, "", now), "");
  EXPECT_EQ(judge(bearer, "key", request, "", now + std::chrono::seconds(301)), "time");
  EXPECT_EQ(judge(bearer, "key", request, "", now - std::chrono::seconds(6)), "time");
  request.body = "{} ";
  EXPECT_EQ(judge(bearer, "key", request, "", now), "payload");
  request.body = "{}";
  for (const std::string header : {R"({"alg":"none"})", R"({"alg":"HS512"})", R"({"alg":"hs256"})", "{}", "[]"}) {
    request.fields = {{"Authorization", "Bearer " + token_of(header, claims, "key")}};
    EXPECT_EQ(judge(bearer, "key", request, "", now), "algorithm") << header;
  }
  request.fields = {
      {"Authorization", "Bearer " + token_of(R"({"alg":"HS256"})", R"({"iat":1800000000,"jti":"1"})", "key")}};
  EXPECT_EQ(judge(bearer, "key", request, "", now), "payload") << "a body that no hash covers";
  request.fields = {{"Authorization", "Bearer " + token_of(R"({"alg":"HS256"})", R"({"jti":"1"})", "key")}};
  EXPECT_EQ(judge(bearer, "key", request, "", now), "time");
}

std::string judge_get(const std::string& toml, const std::string& over) {
  HttpRequest request;
  request.method = "GET";
  request.target = "/hooks/sms?from=1&id=2&text=STOP";
  request.fields = {{"X-Sig", crypto::hex(crypto::hmac_sha256(Secret("key"), over))}};
  return judge(plan("scheme = \"hmac\"\nheader = \"X-Sig\"\n" + toml), "key", request, callback, now);
}

TEST(GenericVerify, a_signature_over_the_body_alone_proves_nothing_of_a_get) {
  EXPECT_EQ(judge_get("", ""), "unsigned query");
  EXPECT_EQ(judge_get("over = \"{url}{body}\"", callback), "");
  EXPECT_EQ(judge_get("over = \"{query}{body}\"", "from=1&id=2&text=STOP"), "");
  EXPECT_EQ(judge_get("over = \"{sorted_query}{body}\"", "from=1&id=2&text=STOP"), "");
  EXPECT_EQ(judge_get("over = \"{query}{body}\"", "from=1&id=2&text=Oui"), "signature");
  HttpRequest request;
  request.method = "GET";
  EXPECT_EQ(judge(plan("scheme = \"jwt\""), "key", request, callback, now), "unsigned query");
  EXPECT_EQ(judge(plan("scheme = \"standard-webhooks\""), "key", request, callback, now), "unsigned query");
  EXPECT_EQ(judge(messagebird(), "key", request, callback, now), "no signature");
  EXPECT_EQ(judge(plan("scheme = \"header\"\nheader = \"X-Key\""), "key", request, callback, now), "no signature");
}

TEST(GenericVerify, the_end_of_the_path_is_a_secret_of_its_own) {
  ChannelSettings rotated = settings("africastalking");
  rotated.secrets.emplace("old_hook_secret", Secret("older-0123456789abcdef0123"));
  const auto made = channel(rotated);
  HttpRequest request;
  request.method = "POST";
  request.body = "id=1&from=%2B33639980001&text=x";
  for (const std::string& end : {hook_secret, std::string("older-0123456789abcdef0123")}) {
    request.target = "/hooks/sms/" + end;
    EXPECT_EQ(refusal(made->read(request, now)), "") << end;
  }
  for (const std::string target :
       {"/hooks/sms", "/hooks/sms/", "/hooks/sms/hook-0123456789abcdef0124", "/hooks/sms/status",
        "/hooks/sms/hook-0123456789abcdef0123/x", "/hooks/smsx/hook-0123456789abcdef0123"}) {
    request.target = target;
    EXPECT_EQ(refusal(made->read(request, now)), "path") << target;
  }
  request.target = "/hooks/sms/" + hook_secret;
  request.method = "PUT";
  EXPECT_EQ(refusal(made->read(request, now)), "method");
}

}  // namespace
}  // namespace passerelle::adapters::generic
