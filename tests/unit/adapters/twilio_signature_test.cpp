#include <gtest/gtest.h>

#include <random>

#include "adapters/signature.hpp"
#include "adapters/twilio/signature.hpp"
#include "base/url.hpp"
#include "unit/adapters/twilio_fixture.hpp"

namespace passerelle::adapters {
namespace {

std::string text_of(const boost::json::value& value) { return std::string(value.as_string()); }

std::vector<HttpField> form_of(const boost::json::value& vector) {
  std::vector<HttpField> form;
  for (const boost::json::value& pair : vector.at("form").as_array()) {
    form.push_back({text_of(pair.at(0)), text_of(pair.at(1))});
  }
  return form;
}

TEST(TwilioSignature, every_published_vector_holds) {
  const boost::json::value file = read_json("tests/adapters/twilio/vectors.json");
  ASSERT_GE(file.at("vectors").as_array().size(), 14U);
  for (const boost::json::value& vector : file.at("vectors").as_array()) {
    SCOPED_TRACE(text_of(vector.at("name")));
    const std::string url = text_of(vector.at("url"));
    const std::string expected = text_of(vector.at("expected"));
    const std::vector<HttpField> form = form_of(vector);
    const Secret tokens[] = {Secret(text_of(vector.at("token")))};
    const Secret others[] = {Secret("54321")};
    EXPECT_TRUE(twilio::signature_holds(expected, url, form, tokens));
    EXPECT_FALSE(twilio::signature_holds(expected, url, form, others));
    EXPECT_FALSE(twilio::signature_holds(expected, url + "x", form, tokens));
    if (const auto* body = vector.as_object().if_contains("body")) {
      const std::string query = url.substr(url.find('?') + 1);
      EXPECT_TRUE(twilio::has_body_hash(query));
      EXPECT_TRUE(twilio::body_hash_holds(query, text_of(*body)));
      EXPECT_FALSE(twilio::body_hash_holds(query, text_of(*body) + " "));
    }
  }
}

TEST(TwilioSignature, a_url_is_tried_with_and_without_its_port) {
  using Spellings = std::vector<std::string>;
  EXPECT_EQ(port_spellings("https://a.org/x"), (Spellings{"https://a.org/x", "https://a.org:443/x"}));
  EXPECT_EQ(port_spellings("http://a.org?q"), (Spellings{"http://a.org?q", "http://a.org:80?q"}));
  EXPECT_EQ(port_spellings("https://a.org:8443/x"), (Spellings{"https://a.org/x", "https://a.org:8443/x"}));
  EXPECT_EQ(port_spellings("https://u:p@a.org/x:1"), (Spellings{"https://u:p@a.org/x:1", "https://u:p@a.org:443/x:1"}));
  EXPECT_EQ(port_spellings("http://[::1]/x"), (Spellings{"http://[::1]/x", "http://[::1]:80/x"}));
  EXPECT_EQ(port_spellings("http://[::1]:90/x"), (Spellings{"http://[::1]/x", "http://[::1]:90/x"}));
  EXPECT_EQ(port_spellings("nonsense"), (Spellings{"nonsense"}));
}

TEST(TwilioSignature, a_request_signed_with_either_port_spelling_is_read) {
  for (const std::string url : {"https://sms.example.org/hooks/sms", "https://sms.example.org:443/hooks/sms"}) {
    HttpRequest request = signed_request(hello);
    request.fields.back().value = sign(url, hello);
    EXPECT_EQ(refusal(channel()->read(request, now)), "") << url;
  }
  HttpRequest request = signed_request(hello);
  request.fields.back().value = sign("https://sms.example.org:80/hooks/sms", hello);
  EXPECT_EQ(refusal(channel()->read(request, now)), "signature");
}

TEST(TwilioSignature, the_legacy_spelling_of_a_query_is_accepted) {
  HttpRequest request = signed_request(hello, "?b=it's+a&a=%2F&b=2&c");
  request.fields.back().value = sign(callback + "?b=it's%20a&b=2&a=%2F&c=", hello);
  EXPECT_EQ(refusal(channel()->read(request, now)), "");
  request.fields.back().value = sign(callback + "?b=it%27s+a&a=%2F&b=2&c", hello);
  EXPECT_EQ(refusal(channel()->read(request, now)), "");
}

TEST(TwilioSignature, the_host_header_has_no_say) {
  HttpRequest request = signed_request(hello);
  request.fields.front().value = "evil.example";
  EXPECT_EQ(refusal(channel()->read(request, now)), "");
  request.fields.back().value = sign("https://evil.example/hooks/sms", hello);
  EXPECT_EQ(refusal(channel()->read(request, now)), "signature");
}

TEST(TwilioSignature, both_tokens_open_during_a_rotation_and_one_after_it) {
  EXPECT_EQ(refusal(channel()->read(signed_request(hello, "", token), now)), "");
  EXPECT_EQ(refusal(channel()->read(signed_request(hello, "", old_token), now)), "");
  EXPECT_EQ(refusal(channel()->read(signed_request(hello, "", "another"), now)), "signature");
  ChannelSettings after = settings();
  after.secrets.erase("old_token");
  EXPECT_EQ(refusal(channel(after)->read(signed_request(hello, "", old_token), now)), "signature");
}

TEST(TwilioSignature, a_missing_empty_or_differently_spelled_signature_is_refused) {
  HttpRequest request = signed_request(hello);
  const std::string good = request.fields.back().value;
  request.fields.pop_back();
  EXPECT_EQ(refusal(channel()->read(request, now)), "no signature");
  for (const std::string& bad :
       {std::string(), good + "=", good.substr(0, 27), " " + good, std::string(28, 'A'), std::string(64 * 1024, '=')}) {
    request.fields = {{"X-Twilio-Signature", bad}};
    const Webhook answer = channel()->read(request, now);
    ASSERT_TRUE(std::holds_alternative<Rejected>(answer)) << bad;
    EXPECT_EQ(std::get<Rejected>(answer).status, 403);
  }
  // The last digit of 28 carries two unused bits: other spellings of the same bytes are not the same signature.
  const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string sibling = good;
  sibling[26] = digits[digits.find(good[26]) ^ 1];
  request.fields = {{"x-twilio-signature", sibling}};
  EXPECT_EQ(refusal(channel()->read(request, now)), "signature");
  request.fields = {{"x-twilio-signature", good}};
  EXPECT_EQ(refusal(channel()->read(request, now)), "");
}

TEST(TwilioSignature, repeated_keys_are_sorted_and_counted_once) {
  const std::string body = hello + "&Tag=b&Tag=a&Tag=b";
  EXPECT_EQ(refusal(channel()->read(signed_request(body), now)), "");
  HttpRequest request = signed_request(body);
  request.fields.back().value =
      crypto::base64(crypto::hmac_sha1(Secret(token), callback + "AccountSid" + account +
                                                          "BodyBonjour éFrom+41791234567"
                                                          "MessageSidSM1NumMedia0TagaTagbTo+41798070000"));
  EXPECT_EQ(refusal(channel()->read(request, now)), "");
}

TEST(TwilioSignature, a_json_body_is_bound_by_its_hash) {
  const std::string body = R"({"property": "value"})";
  const std::string query = "?bodySHA256=" + crypto::hex(crypto::sha256(body));
  HttpRequest request = signed_request("", query);
  request.body = body;
  const Webhook events = channel()->read(request, now);
  ASSERT_TRUE(std::holds_alternative<Events>(events));
  EXPECT_EQ(std::get<Events>(events).ignored, 1U);
  EXPECT_TRUE(std::get<Events>(events).messages.empty());
  request.body += " ";
  EXPECT_EQ(refusal(channel()->read(request, now)), "body hash");
  request = signed_request("", "?bodySHA256=");
  request.body = "";
  EXPECT_EQ(refusal(channel()->read(request, now)), "body hash");
}

// A form means the same with %c3 for %C3; everything else must not.
bool same_form(const std::string& a, const std::string& b) {
  const auto x = parse_form(a);
  const auto y = parse_form(b);
  return std::ranges::equal(
      x, y, [](const HttpField& p, const HttpField& q) { return p.name == q.name && p.value == q.value; });
}

TEST(TwilioSignature, a_thousand_single_bit_flips_are_refused) {
  std::mt19937 chance(20261122);  // fixed: a failure can be repeated
  const std::unique_ptr<Channel> sms = channel();
  const HttpRequest good = signed_request(hello, "?tenant=jura&note=it%27s");
  ASSERT_EQ(refusal(sms->read(good, now)), "");
  int flips = 0;
  for (int i = 0; flips < 1000 && i < 5000; ++i) {
    HttpRequest bad = good;
    std::string* part = i % 3 == 0 ? &bad.body : i % 3 == 1 ? &bad.target : &bad.fields.back().value;
    (*part)[chance() % part->size()] ^= static_cast<char>(1U << chance() % 8);
    if (i % 3 == 0 && same_form(bad.body, good.body)) continue;
    ++flips;
    const Webhook answer = sms->read(bad, now);
    ASSERT_TRUE(std::holds_alternative<Rejected>(answer)) << bad.target << "\n" << bad.body << "\n" << *part;
    ASSERT_GE(std::get<Rejected>(answer).status, 400);
  }
  EXPECT_EQ(flips, 1000);
}

TEST(TwilioSignature, a_token_with_one_bit_flipped_opens_nothing) {
  const HttpRequest good = signed_request(hello);
  for (std::size_t bit = 0; bit < token.size() * 8; ++bit) {
    ChannelSettings other = settings();
    std::string flipped = token;
    flipped[bit / 8] ^= static_cast<char>(1U << bit % 8);
    other.secrets.clear();
    other.secrets.emplace("token", Secret(flipped));
    ASSERT_EQ(refusal(channel(other)->read(good, now)), "signature") << bit;
  }
}

TEST(TwilioSignature, matching_looks_at_every_candidate) {
  const std::vector<std::string> expected = {"aaaa", "bbbb"};
  EXPECT_TRUE(matches_any("aaaa", expected));
  EXPECT_TRUE(matches_any("bbbb", expected));
  EXPECT_FALSE(matches_any("bbb", expected));
  EXPECT_FALSE(matches_any("", expected));
  EXPECT_FALSE(matches_any("aaaa", {}));
}

}  // namespace
}  // namespace passerelle::adapters
