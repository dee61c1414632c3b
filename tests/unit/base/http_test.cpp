#include "base/http.hpp"

#include <gtest/gtest.h>

#include <tuple>

namespace passerelle {

static bool operator==(const HttpField& a, const HttpField& b) {
  return std::tie(a.name, a.value) == std::tie(b.name, b.value);
}

namespace {

using Fields = std::vector<HttpField>;

TEST(Http, a_field_is_found_by_its_name_in_any_case) {
  const Fields fields = {{"Host", "a"}, {"X-Twilio-Signature", "s"}, {"host", "b"}};
  EXPECT_EQ(field(fields, "x-twilio-signature"), "s");
  EXPECT_EQ(field(fields, "HOST"), "a");  // the first
  EXPECT_EQ(field(fields, "X-Twilio"), "");
  EXPECT_EQ(field({}, "Host"), "");
}

TEST(Http, field_names_fold_ascii_letters_and_nothing_else) {
  EXPECT_TRUE(same_field_name("Content-Length", "cONTENT-lENGTH"));
  EXPECT_FALSE(same_field_name("Content-Length", "Content-Length "));
  EXPECT_FALSE(same_field_name("a@b", "a`b"));  // 32 apart, as letters are
  EXPECT_FALSE(same_field_name("\xC9", "\xE9"));
  EXPECT_TRUE(same_field_name("", ""));
}

TEST(Http, path_and_query_part_at_the_first_question_mark) {
  HttpRequest request;
  request.target = "/hooks/sms?a=1?b=2";
  EXPECT_EQ(request.path(), "/hooks/sms");
  EXPECT_EQ(request.query(), "a=1?b=2");
  request.target = "/hooks/sms";
  EXPECT_EQ(request.path(), "/hooks/sms");
  EXPECT_EQ(request.query(), "");
  request.target = "/hooks/sms?";
  EXPECT_EQ(request.path(), "/hooks/sms");
  EXPECT_EQ(request.query(), "");
}

TEST(Http, a_bare_answer_is_a_status_and_nothing_else) {
  const HttpResponse response = bare(404);
  EXPECT_EQ(response.status, 404);
  EXPECT_TRUE(response.fields.empty());
  EXPECT_TRUE(response.body.empty());
  EXPECT_FALSE(response.answered);
}

TEST(Http, percent_escapes_are_decoded_once) {
  EXPECT_EQ(percent_decode("%D8%B3%d9%84%D8%A7%D9%85", false), "سلام");
  EXPECT_EQ(percent_decode("a%2541", false), "a%41");
  EXPECT_EQ(percent_decode("%00", false), std::string(1, '\0'));
  EXPECT_EQ(percent_decode("", true), "");
}

TEST(Http, a_plus_is_a_space_only_in_forms) {
  EXPECT_EQ(percent_decode("a+b%2B", true), "a b+");
  EXPECT_EQ(percent_decode("a+b%2B", false), "a+b+");
}

TEST(Http, malformed_escapes_stay_as_they_are) {
  for (const char* text : {"%", "%4", "%zz", "%4z", "%%", "100%", "%-1", "% 1"})
    EXPECT_EQ(percent_decode(text, true), text);
  EXPECT_EQ(percent_decode("%%41", false), "%A");
  EXPECT_EQ(percent_decode("%4%41", false), "%4A");
}

TEST(Http, encoding_leaves_only_unreserved_characters) {
  EXPECT_EQ(percent_encode("AZaz09-._~"), "AZaz09-._~");
  EXPECT_EQ(percent_encode("+41 79/é?"), "%2B41%2079%2F%C3%A9%3F");
  EXPECT_EQ(percent_encode(std::string("\0\xff", 2)), "%00%FF");
}

TEST(Http, what_was_encoded_decodes_to_itself) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_EQ(percent_decode(percent_encode(all), true), all);
  EXPECT_EQ(percent_decode(percent_encode(all), false), all);
}

TEST(Http, a_form_keeps_order_repetition_and_empty_values) {
  EXPECT_EQ(parse_form("b=2&a=1&b=3&empty=&bare&=noname"),
            (Fields{{"b", "2"}, {"a", "1"}, {"b", "3"}, {"empty", ""}, {"bare", ""}, {"", "noname"}}));
}

TEST(Http, a_form_is_decoded_after_it_is_taken_apart) {
  EXPECT_EQ(parse_form("Body=a%26b%3Dc+d&From=%2B41790000001"),
            (Fields{{"Body", "a&b=c d"}, {"From", "+41790000001"}}));
  EXPECT_EQ(parse_form("a=b=c"), (Fields{{"a", "b=c"}}));
}

TEST(Http, empty_pairs_of_a_form_are_skipped) {
  EXPECT_EQ(parse_form(""), Fields{});
  EXPECT_EQ(parse_form("&&a=1&&"), (Fields{{"a", "1"}}));
}

TEST(Http, a_form_is_read_up_to_its_limit) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "k=v&";
  EXPECT_EQ(parse_form(text).size(), 1000u);
  EXPECT_EQ(parse_form("a=1&b=2&c=3", 2), (Fields{{"a", "1"}, {"b", "2"}}));
  EXPECT_EQ(parse_form("a=1", 0), Fields{});
}

}  // namespace
}  // namespace passerelle
