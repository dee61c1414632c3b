// How each gateway's files are asked for: where, with which password, and what its answers mean.
#include <gtest/gtest.h>

#include <map>
#include <variant>

#include "adapters/registry.hpp"

namespace passerelle::adapters {
namespace {

using Values = std::map<std::string, std::string>;

std::unique_ptr<Channel> make(const std::string& gateway, Values values, const Values& secrets) {
  ChannelSettings settings{"here", "https://sms.example.org/hooks/here", std::move(values), {}, {}};
  for (const auto& [key, text] : secrets) settings.secrets.emplace(key, Secret(text));
  auto made = find_gateway(gateway)->make(settings);
  EXPECT_TRUE(made) << gateway << ": " << made.error().what;
  return std::move(*made);
}

std::unique_ptr<Channel> whatsapp() {
  return make("whatsapp", {{"phone_number_id", "106540352242922"}},
              {{"app_secret", "0123456789abcdef"}, {"verify_token", "a-word-of-ours"}, {"token", "EAAfiction"}});
}
std::unique_ptr<Channel> telegram() {
  return make(
      "telegram", {},
      {{"token", "123456789:AAFictionFictionFictionFictionFiction"}, {"hook_secret", "0123456789abcdefghijkl"}});
}
std::unique_ptr<Channel> twilio() {
  return make("twilio", {{"account", "AC00000000000000000000000000000001"}, {"from", "+41798070000"}},
              {{"token", "t"}});
}
std::unique_ptr<Channel> viber() { return make("viber", {{"sender", "Maison"}}, {{"token", "445da6az1s345z78"}}); }
std::unique_ptr<Channel> messenger() {
  return make("messenger", {{"page", "1067280970047460"}},
              {{"app_secret", "0123456789abcdef"}, {"verify_token", "a-word-of-ours"}, {"token", "EAAfiction"}});
}
std::unique_ptr<Channel> vonage(const std::string& api) {
  return make("vonage", {{"api", api}, {"api_key", "abcd1234"}, {"from", "+41798070000"}},
              {{"api_secret", "s"}, {"signature_secret", "a-signature-secret"}});
}
std::unique_ptr<Channel> smsgate(const std::string& mode) {
  return make("smsgate", {{"username", "sms"}, {"mode", mode}, {"api_url", "https://phone.example"}},
              {{"signing_key", "a-key"}, {"password", "secret"}});
}

HttpResponse answer(int status, std::string body, std::vector<HttpField> fields = {}) {
  return {status, std::move(fields), std::move(body)};
}

std::string url_of(const media::Answer& told) {
  const auto* ask = std::get_if<media::Ask>(&told);
  return ask == nullptr ? std::string() : ask->request.url;
}
std::string lost(const media::Answer& told) {
  const auto* why = std::get_if<media::Lost>(&told);
  return why == nullptr ? std::string() : why->why;
}
std::string later(const media::Answer& told) {
  const auto* why = std::get_if<media::Later>(&told);
  return why == nullptr ? std::string() : why->why;
}

TEST(Media, whatsapp_tells_where_a_file_is_and_its_token_goes_to_metas_host_alone) {
  const auto channel = whatsapp();
  const Attachment photo{"https://graph.facebook.com/v25.0/123456", "image/jpeg"};
  const auto asked = channel->ask_media(photo);
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->method, "GET");
  EXPECT_EQ(asked->url, "https://graph.facebook.com/v25.0/123456?phone_number_id=106540352242922");
  EXPECT_EQ(field(asked->fields, "Authorization"), "Bearer EAAfiction");
  const std::string place = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1";
  const auto told = channel->read_media(photo, 0, answer(200, R"({"url":")" + place + R"(","id":"123456"})"));
  EXPECT_EQ(url_of(told), place);
  EXPECT_TRUE(reaches(channel->traits().media, place));
  for (const char* other :
       {"https://lookaside.fbsbx.com.example.org/x", "http://lookaside.fbsbx.com/x", "https://evil.fbsbx.com/x",
        "https://lookaside.fbsbx.com:8443/x", "https://127.0.0.1/x", "https://user@lookaside.fbsbx.com/x"})
    EXPECT_FALSE(reaches(channel->traits().media, std::string_view(other))) << other;
  EXPECT_FALSE(channel->ask_media({"https://graph.facebook.com/v25.0/1/../2", ""}));
  EXPECT_FALSE(channel->ask_media({"https://example.org/123456", ""}));
}

TEST(Media, whatsapp_tells_what_has_ended_from_what_comes_later) {
  const auto channel = whatsapp();
  const Attachment photo{"https://graph.facebook.com/v25.0/123456", ""};
  EXPECT_EQ(lost(channel->read_media(photo, 0, answer(400, R"({"error":{"code":100}})"))), "100");
  EXPECT_EQ(later(channel->read_media(photo, 0, answer(400, R"({"error":{"code":190}})"))), "190");
  EXPECT_EQ(later(channel->read_media(photo, 0, answer(500, "no JSON"))), "500");
  EXPECT_EQ(later(channel->read_media(photo, 0, answer(200, "{}"))), "200");
  EXPECT_EQ(lost(channel->read_media(photo, 1, answer(302, "", {{"Location", "https://example.org/"}}))), "redirect");
}

TEST(Media, telegram_tells_a_path_which_leads_nowhere_but_to_its_files) {
  const auto channel = telegram();
  const Attachment photo{"https://api.telegram.org/getFile?file_id=AgACAgIAAxkBAAI", "image/jpeg"};
  const auto asked = channel->ask_media(photo);
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->url, "https://api.telegram.org/bot123456789:AAFictionFictionFictionFictionFiction/getFile");
  EXPECT_EQ(asked->body, R"({"file_id":"AgACAgIAAxkBAAI"})");
  const auto tell = [&](const std::string& path) {
    return channel->read_media(photo, 0, answer(200, R"({"ok":true,"result":{"file_path":")" + path + R"("}})"));
  };
  EXPECT_EQ(url_of(tell("photos/file_1.jpg")),
            "https://api.telegram.org/file/bot123456789:AAFictionFictionFictionFictionFiction/photos/file_1.jpg");
  for (const char* path : {"/var/lib/telegram-bot-api/x.jpg", "../bot1:x/logOut", "a/../../x", "a?b", "a b", "@host/x",
                           "https://example.org/x", ""})
    EXPECT_EQ(lost(tell(path)), "path") << path;
  EXPECT_EQ(
      lost(channel->read_media(
          photo, 0, answer(400, R"({"ok":false,"error_code":400,"description":"Bad Request: file is too big"})"))),
      "too_large");
  EXPECT_FALSE(channel->ask_media({"https://api.telegram.org/getFile?file_id=a&b=c", ""}));
}

TEST(Media, twilio_keeps_its_password_from_the_host_that_it_sends_us_to) {
  const auto channel = twilio();
  const Attachment photo{"https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1", "image/jpeg"};
  const auto asked = channel->ask_media(photo);
  ASSERT_TRUE(asked);
  EXPECT_TRUE(field(asked->fields, "Authorization").starts_with("Basic "));
  const auto sent_to = [&](const std::string& url) {
    return channel->read_media(photo, 0, answer(307, "", {{"Location", url}}));
  };
  for (const char* url :
       {"https://mms.twiliocdn.com/AC1/x?Expires=1", "https://s3-external-1.amazonaws.com/media.twiliocdn.com/AC1/x"}) {
    const auto told = sent_to(url);
    EXPECT_EQ(url_of(told), url);
    EXPECT_TRUE(std::get<media::Ask>(told).request.fields.empty());
    EXPECT_TRUE(reaches(channel->traits().media, std::string_view(url)));
  }
  for (const char* url :
       {"https://s3-external-1.amazonaws.com/somebody/x", "/relative", "https://S3-External-1.amazonaws.com/somebody/x",
        "https://s3-external-1.amazonaws.com/media.twiliocdn.com/../somebody/x"})
    EXPECT_EQ(lost(sent_to(url)), "other_host") << url;
  EXPECT_FALSE(reaches(channel->traits().media, std::string_view("https://twiliocdn.com.example.org/x")));
  EXPECT_EQ(lost(channel->read_media(photo, 1, answer(307, "", {{"Location", "https://mms.twiliocdn.com/x"}}))),
            "redirect");
  EXPECT_FALSE(channel->ask_media({"https://mms.twiliocdn.com/x", ""})) << "Twilio names its API in webhooks";
}

TEST(Media, of_gateways_with_public_addresses_nothing_secret_is_sent_and_other_hosts_are_left_alone) {
  const struct {
    std::unique_ptr<Channel> channel;
    const char *theirs, *others;
  } all[] = {{viber(), "https://dl-media.viber.com/5/media/1.jpg", "https://viber.com.example.org/1.jpg"},
             {messenger(), "https://scontent.xx.fbcdn.net/v/1.jpg?oh=1", "https://fbcdn.net.example.org/1.jpg"},
             {vonage("messages"), "https://api-us.nexmo.com/v3/media/1", "https://nexmo.com.example.org/1"}};
  for (const auto& [channel, theirs, others] : all) {
    const auto asked = channel->ask_media({theirs, ""});
    ASSERT_TRUE(asked) << theirs;
    EXPECT_TRUE(asked->fields.empty()) << theirs;
    EXPECT_FALSE(channel->ask_media({others, ""})) << others;
    EXPECT_FALSE(channel->ask_media({"https://127.0.0.1/x", ""}));
    EXPECT_FALSE(channel->ask_media({"http://" + std::string(theirs).substr(8), ""})) << "not without TLS";
  }
  EXPECT_TRUE(vonage("sms")->traits().media.empty());
}

TEST(Media, signal_and_the_phone_are_asked_where_they_are_with_their_password) {
  const auto phone = smsgate("phone");
  const auto asked = phone->ask_media({"https://phone.example/inbox/7/attachments/1", "image/jpeg"});
  ASSERT_TRUE(asked);
  EXPECT_TRUE(field(asked->fields, "Authorization").starts_with("Basic "));
  EXPECT_FALSE(phone->ask_media({"https://other.example/inbox/7/attachments/1", ""}));
  EXPECT_TRUE(smsgate("server")->traits().media.empty());
  const auto signal = make("signal", {{"number", "+41790000001"}}, {});
  EXPECT_TRUE(signal->ask_media({"http://127.0.0.1:8080/v1/attachments/abc", ""}));
  EXPECT_FALSE(signal->ask_media({"http://127.0.0.1:8081/v1/attachments/abc", ""}));
  EXPECT_FALSE(signal->ask_media({"http://127.0.0.1:8080/v1/about", ""}));
}

TEST(Media, a_gateway_on_this_machine_sends_us_nowhere_else) {
  Traits traits;
  traits.media = {{"http://127.0.0.1:8080", "https://lookaside.fbsbx.com"}, {"viber.com"}};
  traits.host = "chatapi.viber.com";
  EXPECT_TRUE(reaches(reach_of_media(traits), std::string_view("https://dl.viber.com/x")));
  traits.host = "127.0.0.1";
  EXPECT_FALSE(reaches(reach_of_media(traits), std::string_view("https://dl.viber.com/x")));
  EXPECT_FALSE(reaches(reach_of_media(traits), std::string_view("https://lookaside.fbsbx.com/x")));
  EXPECT_TRUE(reaches(reach_of_media(traits), std::string_view("http://127.0.0.1:8080/x")));
}

TEST(Media, gateways_whose_profile_or_sender_names_us_say_so) {
  EXPECT_TRUE(whatsapp()->traits().names_us);
  EXPECT_TRUE(telegram()->traits().names_us);
  EXPECT_TRUE(viber()->traits().names_us);
  EXPECT_TRUE(messenger()->traits().names_us);
  EXPECT_FALSE(twilio()->traits().names_us);
  EXPECT_FALSE(vonage("sms")->traits().names_us);
  EXPECT_FALSE(smsgate("server")->traits().names_us);
  const auto twilio_by = [](const char* from) {
    return make("twilio", {{"account", "AC00000000000000000000000000000001"}, {"from", from}}, {{"token", "t"}});
  };
  EXPECT_TRUE(twilio_by("CARITAS")->traits().names_us);
  EXPECT_TRUE(twilio_by("whatsapp:+41798070000")->traits().names_us);
}

}  // namespace
}  // namespace passerelle::adapters
