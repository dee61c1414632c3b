#include "unit/adapters/generic_fixture.hpp"
#include "unit/adapters/outcome_words.hpp"

namespace passerelle::adapters::generic {
namespace {

using boost::json::value;

OutboundMessage message() {
  OutboundMessage message;
  message.ref = "0123456789abcdef0123456789abcdef";
  message.to = {"sms", "+33639980001"};
  message.text = "Rendez-vous à 9 h";
  message.encoding = Encoding::ucs2;
  message.not_after = now + std::chrono::minutes(10);
  return message;
}

// For the two presets that sign: their signatures have tests of their own.
ChannelSettings unsigned_settings(const value& of) {
  ChannelSettings made = settings(text_of(of.at("preset")));
  if (of.as_object().contains("signed")) made = described("[verify]\nscheme = \"path\"", text_of(of.at("preset")));
  return made;
}

void check_sent(const value& expected, const OutgoingRequest& sent) {
  const auto& wanted = expected.as_object();
  EXPECT_EQ(sent.method, wanted.contains("method") ? text_of(wanted.at("method")) : "POST");
  EXPECT_EQ(sent.url, text_of(wanted.at("url")));
  for (const auto& each : wanted.at("fields").as_object())
    EXPECT_EQ(field(sent.fields, each.key()), text_of(each.value()));
  if (const auto* json = wanted.if_contains("json")) {
    EXPECT_EQ(boost::json::parse(sent.body), *json) << sent.body;
  }
  if (const auto* form = wanted.if_contains("form")) {
    boost::json::object pairs;
    for (const HttpField& pair : parse_form(sent.body)) pairs[pair.name] = pair.value;
    EXPECT_EQ(pairs, form->as_object()) << sent.body;
  }
}

// As the outbox would send it: with the token that the gateway's answer brings, where it wants one.
OutgoingRequest with_token(const value& of, const Channel& channel, OutgoingRequest request) {
  const auto* signs_in = of.as_object().if_contains("signs_in");
  EXPECT_EQ(channel.traits().sign_in_url.empty(), signs_in == nullptr);
  if (signs_in == nullptr) return request;
  check_sent(*signs_in, channel.sign_in(now));
  EXPECT_EQ(channel.sign_in(now).url, channel.traits().sign_in_url);
  const SignInAnswer answer = channel.read_sign_in({200, {}, text_of(signs_in->at("answer"))});
  const auto* token = std::get_if<Token>(&answer);
  EXPECT_NE(token, nullptr);
  if (token == nullptr) return request;
  EXPECT_EQ(token->lifetime, std::chrono::hours(1));
  EXPECT_TRUE(field(request.fields, "Authorization").empty()) << "nothing half-made leaves by mistake";
  channel.add_token(request, token->secret);
  return request;
}

HttpRequest webhook(const value& of) {
  const auto& wanted = of.as_object();
  const std::string after = wanted.contains("after") ? text_of(wanted.at("after")) : "";
  HttpRequest request;
  request.method = wanted.contains("method") ? text_of(wanted.at("method")) : "POST";
  request.target = "/hooks/sms/" + hook_secret + after;
  if (wanted.contains("body")) request.body = text_of(wanted.at("body"));
  return request;
}

TEST(GenericPresets, write_judge_and_read_as_their_gateways_do) {
  std::size_t tried = 0;
  const value file = read_file("tests/adapters/generic/presets.json");
  for (const value& of : file.at("presets").as_array()) {
    SCOPED_TRACE(text_of(of.at("preset")));
    const auto made = channel(unsigned_settings(of));
    check_sent(of.at("sends"), with_token(of, *made, made->write(message(), 0, now)));
    for (const value& answer : of.at("answers").as_array()) {
      HttpResponse response;
      response.status = static_cast<int>(answer.at(0).as_int64());
      response.body = text_of(answer.at(1));
      EXPECT_EQ(adapters::words_of(made->judge(response)), text_of(answer.at(2))) << response.body;
    }
    for (const value& each : of.at("webhooks").as_array())
      EXPECT_EQ(words_of(made->read(webhook(each), now)), text_of(each.at("events"))) << serialize(each);
    ++tried;
  }
  EXPECT_EQ(tried, preset_names().size()) << "each preset has its cases in presets.json";
}

TEST(GenericPresets, say_what_they_are_and_hold_no_mistake) {
  for (const std::string& name : preset_names()) {
    SCOPED_TRACE(name);
    EXPECT_EQ(told(settings(name)), "");
    Findings findings;
    const auto block = find_preset(name, findings);
    ASSERT_TRUE(block);
    ASSERT_NE(block->find("about"), nullptr);
    EXPECT_NE(block->find("about")->text.find("not tried with an account"), std::string::npos)
        << "say so, or say who tried it";
  }
}

TEST(GenericPresets, leave_out_what_a_message_does_not_have) {
  ChannelSettings without = settings("ovh");
  without.values.erase("from");
  OutboundMessage endless = message();
  endless.not_after.reset();
  endless.encoding = Encoding::gsm7;
  const auto body = boost::json::parse(channel(without)->write(endless, 0, now).body).as_object();
  EXPECT_FALSE(body.contains("sender"));
  EXPECT_FALSE(body.contains("validityPeriod"));
  EXPECT_EQ(body.at("coding"), "7bit");
}

TEST(GenericPresets, an_override_changes_one_key_and_leaves_the_others) {
  ChannelSettings changed = described(
      "[send.body]\nsenderForResponse = true\nnoStopClause = false\n[send.headers]\nX-Trace = \"{ref}\"\n", "ovh");
  const OutgoingRequest sent = channel(changed)->write(message(), 0, now);
  const auto body = boost::json::parse(sent.body).as_object();
  EXPECT_EQ(body.at("senderForResponse"), true);
  EXPECT_EQ(body.at("noStopClause"), false);
  EXPECT_EQ(body.at("message"), "Rendez-vous à 9 h");
  EXPECT_EQ(field(sent.fields, "X-Trace"), message().ref);
  EXPECT_EQ(field(sent.fields, "X-Ovh-Application"), "api_key-value");
}

}  // namespace
}  // namespace passerelle::adapters::generic
