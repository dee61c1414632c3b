// Answers to press, in the words of each gateway that shows them.
#include "unit/adapters/graph_fixture.hpp"
#include "unit/adapters/telegram_fixture.hpp"
#include "unit/adapters/vonage_fixture.hpp"
#include "unit/adapters/whatsapp_fixture.hpp"

namespace passerelle::adapters::buttons_test {
namespace {

namespace json = boost::json;

const TimePoint now = from_ms(1'800'000'000'000);

ChannelSettings messenger() {
  ChannelSettings settings = graph_test::common_settings("chat");
  settings.values["page"] = "101000000000001";
  return settings;
}

std::unique_ptr<Channel> channel(std::string_view gateway) {
  if (gateway == "whatsapp") return whatsapp_test::channel();
  if (gateway == "telegram") return telegram_test::channel();
  if (gateway == "vonage") return vonage_test::channel("messages");
  if (gateway == "messenger") return find_gateway("messenger")->make(messenger()).value();
  ChannelSettings viber;
  viber.name = "viber";
  viber.callback_url = "https://chat.example.org/hooks/viber";
  viber.values = {{"sender", "Association"}};
  viber.secrets.emplace("token", Secret("4453b6ac12345678-fiction-0123456789abcdef"));
  return find_gateway("viber")->make(viber).value();
}

std::string text_at(const json::value& row, std::string_view key, const std::string& otherwise) {
  const json::value* found = row.as_object().if_contains(key);
  return found == nullptr ? otherwise : std::string(found->as_string());
}

OutboundMessage message_of(const json::value& row) {
  OutboundMessage message;
  message.ref = "0123456789abcdef0123456789abcdef";
  message.to = {"chat", text_at(row, "to", "+33639980001")};
  message.text = text_at(row, "text", "");
  message.parts = {message.text};
  message.buttons.open = text_at(row, "open", "");
  for (const json::value& button : row.at("buttons").as_array())
    message.buttons.list.push_back({std::string(button.at(0).as_string()), std::string(button.at(1).as_string())});
  return message;
}

bool is_there(const json::value& body, std::string_view path) {
  const json::value* at = &body;
  while (at != nullptr && !path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    at = at->is_object() ? at->get_object().if_contains(path.substr(0, dot)) : nullptr;
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return at != nullptr;
}

TEST(Buttons, every_message_of_the_table_is_sent_as_it_says) {
  const json::value file = file_json("tests/adapters/buttons/sent.json");
  ASSERT_GE(file.at("messages").as_array().size(), 20U);
  for (const json::value& row : file.at("messages").as_array()) {
    const auto of = channel(row.at("gateway").as_string());
    const json::value body = json::parse(of->write(message_of(row), 0, now).body);
    EXPECT_TRUE(has(body, row.at("want"))) << row.at("name") << "\n  seen: " << json::serialize(body);
    const json::value* lacks = row.as_object().if_contains("lacks");
    if (lacks == nullptr) continue;
    for (const json::value& path : lacks->as_array())
      EXPECT_FALSE(is_there(body, path.as_string())) << row.at("name") << ": " << path;
  }
}

TEST(Buttons, a_channel_says_how_many_it_shows_and_one_without_any_says_so) {
  EXPECT_EQ(channel("whatsapp")->traits().buttons.most, 10U);
  EXPECT_EQ(channel("messenger")->traits().buttons.longest_label, 20U);
  EXPECT_EQ(channel("telegram")->traits().buttons.most, 60U);
  EXPECT_EQ(channel("viber")->traits().buttons.most, 24U);
  EXPECT_EQ(channel("vonage")->traits().buttons.most, 10U);
  EXPECT_EQ(vonage_test::channel("sms")->traits().buttons.most, 0U);
}

}  // namespace
}  // namespace passerelle::adapters::buttons_test
