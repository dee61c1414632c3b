#include "unit/adapters/generic_fixture.hpp"
#include "unit/adapters/outcome_words.hpp"

namespace passerelle::adapters::generic {
namespace {

const std::string sending = "[send]\nbody.t = \"{text}\"\n[answer]\nrules = [{ status = 200, then = \"accepted\" }]\n";

HttpRequest post(const std::string& body, const std::string& after = "") {
  HttpRequest request;
  request.method = "POST";
  request.target = "/hooks/sms/" + hook_secret + after;
  request.body = body;
  return request;
}

std::string read(const Channel& channel, const std::string& body, const std::string& after = "") {
  return words_of(channel.read(post(body, after), now));
}

std::unique_ptr<Channel> json_channel(const std::string& more = "") {
  return channel(described(sending +
                           "[inbound]\nformat = \"json\"\nevents = \"/*\"\nfrom = \"/from\"\nid = \"/id\"\n"
                           "text = [\"/button/title\", \"/text\"]\ntime = \"/at\"\n" +
                           more));
}

TEST(GenericRead, moments_have_many_spellings) {
  for (const std::string text :
       {"1799999940", "1799999940000", "2027-01-15 07:59:00", "2027-01-15T07:59:00Z", "2027-01-15T07:59:00.000+0000",
        "2027-01-15T08:59:00+01:00", "2027-01-15T09:59:00.000000+0200", "20270115075900", "2027-01-15T02:59:00-0500"}) {
    const auto moment = read_moment(text, true);
    ASSERT_TRUE(moment) << text;
    EXPECT_EQ(to_ms(*moment), 1'799'999'940'000) << text;
  }
  EXPECT_EQ(to_ms(*read_moment("2027-01-15T07:59:00.5Z", false)), 1'799'999'940'500);
  for (const std::string text : {"", "0", "yesterday", "15.01.2027 07:59", "2027-13-15 07:59:00", "99999999999999",
                                 "2027-01-15T07:59:00 and more", "-5", "123456789012345678901234567890"}) {
    EXPECT_FALSE(read_moment(text, true)) << text;
  }
}

TEST(GenericRead, a_moment_without_a_zone_is_now_unless_it_is_said_to_be_utc) {
  const std::string body = R"([{"id":1,"from":"a","text":"x","at":"2027-01-15 07:59:00"}])";
  EXPECT_EQ(read(*json_channel(), body), "text a 1 at 1800000000: x\n");
  EXPECT_EQ(read(*json_channel("time_is_utc = true\n"), body), "text a 1 at 1799999940: x\n");
  for (const std::string text : {"2027-01-15 07:59:00", "20270115075900", "2027-01-15T07:59:00.5"})
    EXPECT_FALSE(read_moment(text, false)) << text;
  EXPECT_TRUE(read_moment("2027-01-15T08:59:00+01:00", false));
  EXPECT_TRUE(read_moment("1799999940", false));
}

TEST(GenericRead, numbers_gain_their_plus_and_names_stay) {
  const auto made = json_channel();
  const std::vector<std::pair<std::string, std::string>> cases = {{"\"33639980001\"", "+33639980001"},
                                                                  {"33639980001", "+33639980001"},
                                                                  {"\"+33639980001\"", "+33639980001"},
                                                                  {"\"tel:+33639980001\"", "+33639980001"},
                                                                  {"\"0033639980001\"", "0033639980001"},
                                                                  {"\"36111\"", "36111"},
                                                                  {"\"Asso\"", "Asso"}};
  for (const auto& [written, expected] : cases)
    EXPECT_EQ(read(*made, "[{\"id\":1,\"from\":" + written + ",\"text\":\"x\"}]"),
              "text " + expected + " 1 at 1800000000: x\n");
  const auto other = json_channel("[traits]\ntelephones = false\n");
  EXPECT_EQ(read(*other, R"([{"id":1,"from":"336399800011","text":"x"}])"), "text 336399800011 1 at 1800000000: x\n");
}

TEST(GenericRead, ids_are_whole_numbers_of_any_size_and_unknown_fields_do_not_matter) {
  EXPECT_EQ(read(*json_channel(), R"([{"id":9223372036854775807,"from":"a","text":"x","new":{"deep":[1,{}]}}])"),
            "text a 9223372036854775807 at 1800000000: x\n");
  EXPECT_EQ(read(*json_channel(), R"([{"id":18446744073709551615,"from":"a","text":"x"}])"),
            "text a 18446744073709551615 at 1800000000: x\n");
}

TEST(GenericRead, words_of_a_button_come_before_the_text_and_broken_letters_are_replaced) {
  EXPECT_EQ(read(*json_channel(), R"([{"id":1,"from":"a","text":"x","button":{"title":"Oui"}}])"),
            "text a 1 at 1800000000: Oui\n");
  EXPECT_EQ(read(*json_channel(), "[{\"id\":1,\"from\":\"a\",\"text\":\"\xFFx \\ud83d\"}]"),
            "text a 1 at 1800000000: \xEF\xBF\xBDx \xEF\xBF\xBD\n");
}

TEST(GenericRead, a_moment_to_come_is_now_and_no_moment_is_now) {
  EXPECT_EQ(read(*json_channel(), R"([{"id":1,"from":"a","text":"x","at":1900000000}])"),
            "text a 1 at 1800000000: x\n");
  EXPECT_EQ(read(*json_channel(), R"([{"id":1,"from":"a","text":"x","at":"soon"}])"), "text a 1 at 1800000000: x\n");
}

TEST(GenericRead, without_an_id_the_same_words_at_the_same_time_are_one_message) {
  const auto made = json_channel();
  const std::string first = read(*made, R"([{"from":"a","text":"x","at":1799999940}])");
  EXPECT_EQ(first, read(*made, R"([{"from":"a","text":"x","at":1799999940}])"));
  EXPECT_NE(first, read(*made, R"([{"from":"a","text":"x","at":1799999941}])"));
  EXPECT_NE(first, read(*made, R"([{"from":"b","text":"x","at":1799999940}])"));
  EXPECT_EQ(read(*made, R"([{"from":"a","text":"x"}])"), "refused fields") << "tomorrow's would be taken for today's";
}

TEST(GenericRead, pictures_come_from_the_gateways_own_hosts_only) {
  const auto made = json_channel("media = \"/media/*/url\"\nmedia_hosts = [\"media.example.org\"]\n");
  EXPECT_EQ(read(*made, R"([{"id":1,"from":"a","media":[{"url":"https://media.example.org/1.jpg"},
      {"url":"https://eu.media.example.org/2.jpg"},{"url":"http://media.example.org/3.jpg"},
      {"url":"https://media.example.org.evil.example/4.jpg"},{"url":"https://evilmedia.example.org/5.jpg"},
      {"url":"file:///etc/passwd"},{"url":7}]}])"),
            "media a 1 at 1800000000:  [https://media.example.org/1.jpg] [https://eu.media.example.org/2.jpg]\n");
}

TEST(GenericRead, what_cannot_be_read_is_refused_and_what_says_nothing_is_ignored) {
  const auto made = json_channel();
  for (const std::string body : {"", "{", "[1,2", "no JSON", "\xFF", "{\"a\":1}}", "1,\"x\":2"})
    EXPECT_EQ(read(*made, body), "refused body") << body;
  for (const std::string body : {"[]", "{}", "null", "7", R"([{"id":1,"from":"a","text":""}])"})
    EXPECT_EQ(read(*made, body), "ignored 1\n") << body;
  for (const std::string body : {R"([{"id":1,"text":"x"}])", R"([{"id":[1],"from":"a","text":"x"}])", "[1]",
                                 R"([{"id":1,"from":{"a":1},"text":"x"}])", R"([{"id":1,"from":"a\nb","text":"x"}])"})
    EXPECT_EQ(read(*made, body), "refused fields") << body;
  EXPECT_EQ(read(*made, std::string(257 * 1024, ' ')), "refused size");
  EXPECT_EQ(read(*made, "[]", "/status"), "refused path") << "nothing is said of receipts";
}

TEST(GenericRead, a_form_may_come_by_either_method_and_its_receipts_may_name_us_in_the_query) {
  const auto made =
      channel(described(sending + "[inbound]\nfrom = \"from\"\ntext = \"text\"\nid = \"id\"\n"
                                  "[receipt]\nref = \"?ref\"\nstatus = \"status\"\nstates.OK = \"delivered\"\n"));
  EXPECT_EQ(read(*made, "from=%2B33639980001&text=%E1%88%B0%E1%88%8B%E1%88%9D&id=7"),
            "text +33639980001 7 at 1800000000: ሰላም\n");
  HttpRequest get = post("", "?from=%2B33639980001&text=a+b&id=7");
  get.method = "GET";
  EXPECT_EQ(words_of(made->read(get, now)), "text +33639980001 7 at 1800000000: a b\n");
  EXPECT_EQ(read(*made, "status=OK", "/status?ref=ours"), "receipt delivered ref=ours id= code=\n");
  EXPECT_EQ(read(*made, "status=NEW", "/status?ref=ours"), "ignored 1\n");
  EXPECT_EQ(read(*made, "status=OK", "/status"), "ignored 1\n") << "it names no message";
}

TEST(GenericRead, a_stop_that_the_gateway_tells_needs_no_words) {
  const auto made = json_channel("opted_out = { at = \"/kind\", is = \"stop\" }\n");
  EXPECT_EQ(read(*made, R"([{"kind":"stop","from":"33639980001"},{"kind":"text","id":1,"from":"a","text":"x"}])"),
            "text a 1 at 1800000000: x\nstop +33639980001\n");
  EXPECT_EQ(read(*made, R"([{"kind":"stop","from":"a","text":"STOP"}])"), "stop a\n");
  EXPECT_EQ(read(*made, R"([{"kind":"stop"}])"), "refused fields");
}

TEST(GenericRead, an_answer_of_words_may_be_judged_by_a_pattern) {
  const auto made = channel(described(
      "[send]\nformat = \"form\"\nbody.t = \"{text}\"\n[answer]\nid_after = \"ID: \"\n"
      "rules = [{ status = 200, body = \"OK*\", then = \"accepted\" }, { body = \"*credit*\", then = \"misconfigured\" "
      "},\n"
      "         { body = \"*busy*later\", then = \"retry\" }, { body = \"stopped\", then = \"opted_out\" }]\n"));
  const auto judged = [&](const std::string& body, std::vector<HttpField> fields = {}) {
    const Outcome outcome = made->judge({200, std::move(fields), body});
    return outcome;
  };
  EXPECT_EQ(std::get<Accepted>(judged("OK ID: 4711\r\n")).provider_id, "4711");
  EXPECT_EQ(std::get<Accepted>(judged("OK")).provider_id, "");
  EXPECT_TRUE(std::holds_alternative<Misconfigured>(judged("no more credit.")));
  EXPECT_EQ(std::get<RetryLater>(judged("too busy, later", {{"Retry-After", "37"}})).after.count(), 37);
  EXPECT_TRUE(std::holds_alternative<OptedOut>(judged("stopped")));
  EXPECT_TRUE(std::holds_alternative<Ambiguous>(judged("stopped.")));
  EXPECT_TRUE(std::holds_alternative<Ambiguous>(judged("busy, later on")));
}

TEST(GenericRead, after_a_500_nobody_knows_unless_the_gateway_knows_our_reference) {
  const auto judged = [](const Channel& channel, int status) {
    return adapters::words_of(channel.judge({status, {}, ""}));
  };
  const auto plain = channel(described(sending));
  EXPECT_EQ(judged(*plain, 500), "ambiguous 500");
  EXPECT_EQ(judged(*plain, 502), "ambiguous 502");
  EXPECT_EQ(judged(*plain, 503), "later 503 0");
  EXPECT_EQ(judged(*plain, 429), "later 429 0");
  EXPECT_EQ(judged(*channel(described(sending + "[traits]\ntakes_reference = true\n")), 500), "later 500 0");
}

}  // namespace
}  // namespace passerelle::adapters::generic
