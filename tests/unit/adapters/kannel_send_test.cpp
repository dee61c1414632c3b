#include <gtest/gtest.h>

#include "unit/adapters/kannel_fixture.hpp"
#include "unit/adapters/outcome_words.hpp"

namespace passerelle::adapters::kannel_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const std::string ref = "0123456789abcdef0123456789abcdef";
const std::string thumb = "👍";

OutboundMessage message(const std::string& text, Encoding encoding, std::vector<std::string> parts = {}) {
  OutboundMessage made;
  made.ref = ref;
  made.to = {"kannel", "+33639980001"};
  made.text = text;
  made.encoding = encoding;
  made.parts = parts.empty() ? std::vector<std::string>{text} : std::move(parts);
  return made;
}

std::string times(const std::string& text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

std::string header(const OutgoingRequest& request, const std::string& name) {
  return std::string(field(request.fields, "X-Kannel-" + name));
}

Error complaint(const std::string& key, const std::string& value) {
  ChannelSettings changed = settings();
  changed.values[key] = value;
  changed.secrets.insert_or_assign(key, Secret(value));
  if (key == "callback_url") changed.callback_url = value;
  const auto made = find_gateway("kannel")->make(changed);
  return made ? Error{} : made.error();
}

TEST(KannelSend, a_text_is_posted_with_everything_beside_it) {
  const OutgoingRequest request = channel()->write(message("Rendez-vous à 14:30", Encoding::gsm7), 0, now);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "http://127.0.0.1:13013/cgi-bin/sendsms");
  EXPECT_EQ(request.body, "Rendez-vous à 14:30");
  EXPECT_EQ(field(request.fields, "Content-Type"), "text/plain; charset=UTF-8");
  EXPECT_EQ(header(request, "Username"), "passerelle");
  EXPECT_EQ(header(request, "Password"), "fiction only");
  EXPECT_EQ(header(request, "From"), "+33639980099");
  EXPECT_EQ(header(request, "To"), "+33639980001");
  EXPECT_EQ(header(request, "Coding"), "0");
  EXPECT_EQ(header(request, "Priority"), "2");
  EXPECT_EQ(header(request, "DLR-Mask"), "31");
  EXPECT_EQ(header(request, "DLR-Url"), callback + "/" + secret + "/status?ref=" + ref + "&type=%d&reply=%A");
  for (const char* name : {"SMSC", "Validity", "UDH"}) EXPECT_EQ(header(request, name), "") << name;
}

TEST(KannelSend, the_coding_is_always_told) {
  EXPECT_EQ(header(channel()->write(message("è", Encoding::gsm7), 0, now), "Coding"), "0");
  EXPECT_EQ(header(channel()->write(message("ê", Encoding::ucs2), 0, now), "Coding"), "2");
}

TEST(KannelSend, the_line_may_be_chosen) {
  ChannelSettings chosen = settings();
  chosen.values["smsc"] = "operator";
  EXPECT_EQ(header(channel(chosen)->write(message("x", Encoding::gsm7), 0, now), "SMSC"), "operator");
}

TEST(KannelSend, a_number_with_spaces_stays_one_receiver) {
  OutboundMessage spaced = message("x", Encoding::gsm7);
  spaced.to.user = "+33 6 39 98 00 01";
  EXPECT_EQ(header(channel()->write(spaced, 0, now), "To"), "+33639980001");
}

TEST(KannelSend, the_urgent_goes_first_in_kannels_queue_too) {
  const auto priority = [](MessageClass message_class) {
    OutboundMessage made = message("x", Encoding::gsm7);
    made.message_class = message_class;
    return header(channel()->write(made, 0, now), "Priority");
  };
  EXPECT_EQ(priority(MessageClass::crisis), "3");
  EXPECT_EQ(priority(MessageClass::reply), "2");
  EXPECT_EQ(priority(MessageClass::reminder), "1");
  EXPECT_EQ(priority(MessageClass::shift), "0");
  EXPECT_EQ(priority(MessageClass::notice), "0");
}

TEST(KannelSend, kannel_learns_how_long_the_message_is_of_use) {
  const auto validity = [](TimePoint not_after) {
    OutboundMessage made = message("x", Encoding::gsm7);
    made.not_after = not_after;
    return header(channel()->write(made, 0, now), "Validity");
  };
  EXPECT_EQ(validity(now + hours(2)), "120");
  EXPECT_EQ(validity(now + minutes(10) - seconds(1)), "9");
  EXPECT_EQ(validity(now + seconds(5)), "1");
  EXPECT_EQ(validity(now - hours(1)), "1");
}

TEST(KannelSend, a_text_of_one_part_leaves_whole_and_a_longer_one_in_a_request_for_each) {
  EXPECT_EQ(channel()->requests(message("Bonjour", Encoding::gsm7, {"Bonjour"})), 1U);
  EXPECT_EQ(header(channel()->write(message("Bonjour", Encoding::gsm7, {"Bonjour"}), 0, now), "UDH"), "");
  const std::string long_text(400, 'a');
  const OutboundMessage latin =
      message(long_text, Encoding::gsm7, {long_text.substr(0, 153), long_text.substr(153, 153), long_text.substr(306)});
  ASSERT_EQ(channel()->requests(latin), 3U) << "Kannel would report on the first part alone";
  const OutgoingRequest last = channel()->write(latin, 2, now);
  EXPECT_EQ(last.body, long_text.substr(306));
  EXPECT_EQ(header(last, "UDH").substr(8), "0303");
  EXPECT_EQ(header(last, "Coding"), "0");
}

TEST(KannelSend, each_part_goes_under_a_header_that_joins_it_to_the_others) {
  const std::string before = times("م", 66);
  const OutboundMessage parted = message(before + thumb + "fin...", Encoding::ucs2, {before, thumb + "fin..."});
  ASSERT_EQ(channel()->requests(parted), 2U);
  const OutgoingRequest first = channel()->write(parted, 0, now);
  const OutgoingRequest second = channel()->write(parted, 1, now);
  EXPECT_EQ(first.body, before);
  EXPECT_EQ(second.body, thumb + "fin...");
  EXPECT_EQ(header(first, "UDH").substr(0, 6), "050003");
  EXPECT_EQ(header(first, "UDH").substr(8), "0201");
  EXPECT_EQ(header(second, "UDH").substr(8), "0202");
  EXPECT_EQ(header(first, "UDH").substr(6, 2), header(second, "UDH").substr(6, 2));
  EXPECT_EQ(header(first, "Coding"), "2");
  EXPECT_EQ(header(second, "DLR-Url"), callback + "/" + secret + "/status?ref=" + ref + "&part=1&type=%d&reply=%A");
  EXPECT_EQ(header(channel()->write(parted, 0, now), "UDH"), header(first, "UDH"));  // a repeat joins the others
  OutboundMessage other = parted;
  other.ref = "1123456789abcdef0123456789abcdef";
  EXPECT_NE(header(channel()->write(other, 0, now), "UDH"), header(first, "UDH"));
}

TEST(KannelSend, no_empty_text_ever_leaves) {
  EXPECT_THROW(channel()->write(message("", Encoding::gsm7), 0, now), std::logic_error);
  OutboundMessage endless = message("x", Encoding::gsm7, std::vector<std::string>(256, "x"));
  EXPECT_THROW(channel()->write(endless, 0, now), std::logic_error);
}

TEST(KannelSend, every_answer_of_the_table_means_what_it_says) {
  const boost::json::value file = read_json("tests/adapters/kannel/answers.json");
  ASSERT_GE(file.at("answers").as_array().size(), 15U);
  for (const boost::json::value& row : file.at("answers").as_array()) {
    HttpResponse response{static_cast<int>(row.at("status").as_int64()), {}, std::string(row.at("body").as_string())};
    EXPECT_EQ(words_of(channel()->judge(response)), std::string(row.at("want").as_string())) << row.at("name");
  }
}

TEST(KannelSend, it_tells_what_it_can) {
  const Traits traits = channel()->traits();
  EXPECT_TRUE(traits.sends && traits.gateway_retries && traits.authenticated);
  EXPECT_FALSE(traits.inline_replies || traits.takes_reference || traits.lists_inbound);
  EXPECT_EQ(traits.api_url, "http://127.0.0.1:13013");
  EXPECT_EQ(traits.host, "127.0.0.1");
}

TEST(KannelSend, a_wrong_setting_is_named_with_its_remedy) {
  EXPECT_EQ(complaint("smsc", "operator"), Error{});
  for (const std::string bad :
       {"", "123456789012345678901", "1234567890123456789012/", "%d34567890123456789012", "1234567890123456789 12"}) {
    EXPECT_EQ(complaint("hook_secret", bad).where, "hook_secret") << bad;
    if (!bad.empty()) EXPECT_EQ(to_string(complaint("hook_secret", bad)).find(bad), std::string::npos);
  }
  EXPECT_EQ(complaint("username", "").where, "username");
  EXPECT_EQ(complaint("username", "a\r\nX-Kannel-To: 1").where, "username");
  EXPECT_EQ(complaint("from", "").where, "from");
  EXPECT_EQ(complaint("password", "").where, "password");
  EXPECT_EQ(complaint("password", "a\nb").where, "password");
  EXPECT_EQ(complaint("smsc", "a\nb").where, "smsc");
  EXPECT_EQ(complaint("api_url", "http://192.0.2.1:13013").where, "api_url");
  EXPECT_EQ(complaint("callback_url", "http://127.0.0.1/100%25/hooks/kannel").where, "callback_url");
  EXPECT_EQ(complaint("callback_url", "nowhere").where, "callback_url");
}

}  // namespace
}  // namespace passerelle::adapters::kannel_test
