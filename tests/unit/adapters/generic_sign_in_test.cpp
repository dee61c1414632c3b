// A gateway that wants a sign-in, described in a block: what is asked, what its answer means, and what carries the
// token.
#include "unit/adapters/generic_fixture.hpp"

namespace passerelle::adapters::generic {
namespace {

const std::string answer_rules = "[answer]\nrules = [{ status = 200, then = \"accepted\" }]\n";
const std::string sends = "[send]\nheaders.Authorization = \"Bearer {token}\"\nbody.text = \"{text}\"\n" + answer_rules;

ChannelSettings signs_in(const std::string& more = "") {
  return described(
      "[sign_in]\nurl = \"https://auth.example.org/token?tenant=a\"\nheaders.Authorization = \"Basic {basic}\"\n" +
      more + sends);
}

std::string words_of(const SignInAnswer& answer) {
  struct Words {
    std::string operator()(const Token& token) const {
      return "token " + std::string(token.secret.reveal()) + " " + std::to_string(token.lifetime.count());
    }
    std::string operator()(const RetryLater& later) const {
      return "later " + std::to_string(later.after.count()) + " " + later.why;
    }
    std::string operator()(const Misconfigured& wrong) const { return "misconfigured " + wrong.why; }
  };
  return std::visit(Words{}, answer);
}

OutboundMessage message() {
  OutboundMessage message;
  message.to.user = "+33639980001";
  message.text = "Bonjour";
  return message;
}

TEST(GenericSignIn, asks_at_an_address_of_its_own_by_a_form_or_json) {
  const auto made = channel(signs_in("body = { grant_type = \"client_credentials\", client_id = \"{account}\" }\n"));
  EXPECT_EQ(told(signs_in()), "");
  EXPECT_EQ(made->traits().sign_in_url, "https://auth.example.org/token?tenant=a");
  EXPECT_EQ(made->traits().api_url, "https://api.example.org");
  const OutgoingRequest request = made->sign_in(now);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, made->traits().sign_in_url);
  EXPECT_EQ(request.body, "client_id=asso&grant_type=client_credentials");
  EXPECT_EQ(field(request.fields, "Authorization"), "Basic YXNzbzphcGlfa2V5LXZhbHVl");
  const auto json =
      channel(signs_in("format = \"json\"\nbody = { client_secret = \"{api_secret}\", scope = [\"sms\"] }\n"));
  EXPECT_EQ(json->sign_in(now).body, "{\"client_secret\":\"api_secret-value\",\"scope\":[\"sms\"]}");
  const auto get = channel(signs_in("method = \"GET\"\n"));
  EXPECT_EQ(get->sign_in(now).method, "GET");
  EXPECT_EQ(get->sign_in(now).body, "");
}

TEST(GenericSignIn, reads_the_token_and_its_lifetime_or_says_why_there_is_none) {
  const auto made = channel(signs_in());
  const auto read = [&](int status, const std::string& body, std::vector<HttpField> fields = {}) {
    return words_of(made->read_sign_in({status, std::move(fields), body}));
  };
  EXPECT_EQ(read(200, R"({"access_token":"a.b-c_d~e+f/g==","expires_in":3600})"), "token a.b-c_d~e+f/g== 3600");
  EXPECT_EQ(read(201, R"({"access_token":"abc","expires_in":"7775999.5"})"), "token abc 7775999");
  for (const char* none : {R"({"access_token":"abc"})", R"({"access_token":"abc","expires_in":"soon"})",
                           R"({"access_token":"abc","expires_in":-1})"})
    EXPECT_EQ(read(200, none), "token abc 0") << none;
  for (const std::string& no_token :
       {std::string(), std::string("<html>"), std::string("[]"), std::string(R"({"access_token":""})"),
        std::string(R"({"access_token":null})"), std::string(R"({"access_token":"a b"})"),
        std::string(R"({"access_token":"a\r\nX-Evil: 1"})"), R"({"access_token":")" + std::string(9'000, 'a') + "\"}"})
    EXPECT_EQ(read(200, no_token), "later 0 no_token") << no_token.substr(0, 40);
  EXPECT_EQ(read(400, R"({"error":"invalid_client"})"), "misconfigured invalid_client");
  EXPECT_EQ(read(401, R"({"error":"api_key-value is wrong"})"), "misconfigured 401") << "its words may repeat ours";
  EXPECT_EQ(read(403, ""), "misconfigured 403");
  EXPECT_EQ(read(302, "", {{"Location", "/login"}}), "misconfigured 302");
  EXPECT_EQ(read(429, "", {{"Retry-After", "30"}}), "later 30 429");
  EXPECT_EQ(read(500, R"({"error":"invalid_client"})"), "later 0 500");
  EXPECT_EQ(read(401, R"({"access_token":"abc","expires_in":3600})"), "misconfigured 401");
}

TEST(GenericSignIn, the_answer_may_have_other_names) {
  const auto made = channel(signs_in("token = \"/data/jwt\"\nlifetime = [\"/data/ttl\", \"/ttl\"]\n"));
  EXPECT_EQ(words_of(made->read_sign_in({200, {}, R"({"data":{"jwt":"x"},"ttl":60})"})), "token x 60");
}

TEST(GenericSignIn, only_the_header_that_names_it_carries_the_token) {
  const auto made = channel(signs_in());
  OutgoingRequest request = made->write(message(), 0, now);
  EXPECT_EQ(field(request.fields, "Authorization"), "");
  made->add_token(request, Secret("abc"));
  EXPECT_EQ(field(request.fields, "Authorization"), "Bearer abc");
  EXPECT_EQ(request.body, R"({"text":"Bonjour"})");
}

TEST(GenericSignIn, channel_test_asks_for_a_token_and_says_what_is_wrong) {
  const auto made = channel(signs_in());
  ASSERT_TRUE(made->probe());
  EXPECT_EQ(made->probe()->url, made->traits().sign_in_url);
  EXPECT_TRUE(made->explain({200, {}, R"({"access_token":"abc"})"}).well);
  for (const int status : {400, 401, 403}) {
    const Diagnosis refused = made->explain({status, {}, R"({"error":"invalid_client"})"});
    EXPECT_FALSE(refused.well);
    EXPECT_NE(refused.what.find(std::to_string(status) + " and gives no token"), std::string::npos);
    EXPECT_NE(refused.remedy.find("then: passerelle channel resume sms"), std::string::npos);
  }
  EXPECT_NE(made->explain({200, {}, "{}"}).what.find("no token in it"), std::string::npos);
  EXPECT_NE(made->explain({503, {}, ""}).what.find("out of order"), std::string::npos);
  EXPECT_FALSE(channel(settings("infobip"))->probe()) << "where nothing can be asked without sending";
}

TEST(GenericSignIn, a_rehearsal_on_this_machine_asks_nobody_else) {
  ChannelSettings here = signs_in();
  here.values["api_url"] = "http://127.0.0.1:9";
  const auto refused = find_gateway("generic")->make(here);
  ASSERT_FALSE(refused);
  EXPECT_NE(to_string(refused.error()).find("'url' of [channel.sign_in] is not; write that one, too"),
            std::string::npos);
  ChannelSettings orange = settings("orange");
  orange.values["api_url"] = "http://127.0.0.1:9";
  EXPECT_EQ(channel(orange)->traits().sign_in_url, "http://127.0.0.1:9/oauth/v3/token");
}

TEST(GenericSignIn, the_settings_that_it_needs_are_asked_for) {
  ChannelSettings orange = settings("orange");
  orange.values.erase("account");
  orange.secrets.clear();
  const auto made = find_gateway("generic")->make(orange);
  ASSERT_FALSE(made);
  EXPECT_EQ(to_string(made.error()),
            "the preset 'orange' needs more settings; add account, api_key_file, hook_secret_file");
}

}  // namespace
}  // namespace passerelle::adapters::generic
