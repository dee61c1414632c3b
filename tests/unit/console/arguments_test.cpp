#include "console/arguments.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <functional>

namespace passerelle::console {
namespace {

std::string fault_of(const std::string& json, const std::function<void(Arguments&)>& ask) {
  const boost::json::value value = boost::json::parse(json);
  Arguments given(value.as_object());
  ask(given);
  const auto sound = given.sound();
  return sound ? "" : sound.error().what;
}

TEST(Arguments, what_is_missing_is_told_with_an_example) {
  EXPECT_EQ(fault_of("{}", [](Arguments& given) { given.civil("at"); }), "'at' is missing: write 2027-03-28 14:30");
  EXPECT_EQ(fault_of(R"({"to": "  "})", [](Arguments& given) { given.address("to"); }),
            "'to' is missing: write sms:+41791234567");
  EXPECT_EQ(fault_of(R"({"text": null})", [](Arguments& given) { given.text("text", "what to say"); }),
            "'text' is missing: write what to say");
}

TEST(Arguments, an_unknown_argument_is_refused_with_the_nearest_one) {
  const auto ask = [](Arguments& given) {
    given.text_if_given("place", "valmoret");
    given.text_if_given("zone", "Europe/Zurich");
  };
  EXPECT_EQ(fault_of(R"({"plaec": "x"})", ask), "there is no argument 'plaec'; did you mean 'place'?");
  EXPECT_EQ(fault_of(R"({"q": "x"})", [](Arguments&) {}), "there is no argument 'q'; leave it out");
  EXPECT_EQ(fault_of(R"({"place": "x"})", ask), "");
}

TEST(Arguments, the_first_fault_is_told_before_what_nobody_asked_for) {
  const auto ask = [](Arguments& given) {
    given.civil("at");
    given.number_if_given("limit", 1, 9);
  };
  EXPECT_EQ(fault_of(R"({"at": "tomorrow", "limit": 99, "q": 1})", ask),
            "'at' is no date and time: write 2027-03-28 14:30");
}

TEST(Arguments, addresses_are_a_channel_and_a_name_there) {
  const auto read = [](std::string_view text) {
    const auto address = parse_address(text, {"CH", {"sms"}});
    return address ? to_string(*address) : address.error().what;
  };
  EXPECT_EQ(read("sms:+41791234567"), "sms:+41791234567");
  EXPECT_EQ(read("sms: +41 (79) 123-45.67"), "sms:+41791234567");
  EXPECT_EQ(read("sms:0041 (0)79 123 45 67"), "sms:+41791234567");
  EXPECT_EQ(read("telegram:12345"), "telegram:12345");
  EXPECT_EQ(read("+41791234567"), "names no channel: write sms:+41791234567");
  EXPECT_EQ(read(":+41791234567"), "names no channel: write sms:+41791234567");
  EXPECT_EQ(read("sms:"), "names nobody in the channel: write sms:+41791234567");
  EXPECT_EQ(read("sms:079 123 45 67"), "sms:+41791234567");
  EXPECT_EQ(read("sms:031 123 45 67"),
            "lacks the country's code, and could be another country's number: write sms:+41791234567");
  EXPECT_EQ(read("sms:791234567"),
            "lacks the country's code, and could be another country's number: write sms:+41791234567");
  EXPECT_EQ(read("telegram:791234567"), "telegram:791234567") << "a channel of people with other names";
  EXPECT_EQ(read("sms:36105"), "sms:36105") << "staff may look at what a machine sent";
  EXPECT_EQ(read("sms:EVAM"), "sms:EVAM");
  EXPECT_EQ(read("sms:whatsapp:+41791234567"), "sms:whatsapp:+41791234567");
  EXPECT_EQ(read("sms:+41 79 x"), "holds more than the digits of a telephone number: write sms:+41791234567");
  EXPECT_EQ(read("sms:+"), "holds no digits: write sms:+41791234567");
  EXPECT_EQ(read("sms:" + std::string(129, '1')), "names nobody in the channel: write sms:+41791234567");
}

TEST(Arguments, numbers_and_flags_are_read_as_json_or_as_they_are_typed) {
  const boost::json::value value = boost::json::parse(R"({"a": 7, "b": "7", "c": true, "d": "no"})");
  Arguments given(value.as_object());
  EXPECT_EQ(given.number_if_given("a", 1, 9), 7);
  EXPECT_EQ(given.number_if_given("b", 1, 9), 7);
  EXPECT_EQ(given.flag_if_given("c"), true);
  EXPECT_EQ(given.flag_if_given("d"), false);
  EXPECT_EQ(given.flag_if_given("e"), std::nullopt);
  EXPECT_TRUE(given.sound());
  for (const char* wrong : {"0", "10", "\"7a\"", "\"\"", "7.5", "[7]", "99999999999999999999"}) {
    const std::string json = R"({"a": )" + std::string(wrong) + "}";
    EXPECT_EQ(fault_of(json, [](Arguments& asked) { asked.number_if_given("a", 1, 9); }),
              "'a' is not a whole number from 1 to 9")
        << wrong;
  }
  EXPECT_EQ(fault_of(R"({"d": "maybe"})", [](Arguments& asked) { asked.flag_if_given("d"); }),
            "'d' is neither yes nor no");
}

TEST(Arguments, lists_come_as_json_or_with_commas) {
  const boost::json::value value = boost::json::parse(R"({"a": ["papers", " photo "], "b": "papers, photo,"})");
  Arguments given(value.as_object());
  const std::vector<std::string> both{"papers", "photo"};
  EXPECT_EQ(given.words_if_given("a", "papers"), both);
  EXPECT_EQ(given.words_if_given("b", "papers"), both);
  EXPECT_TRUE(given.words_if_given("c", "papers").empty());
  EXPECT_TRUE(given.sound());
  EXPECT_EQ(fault_of(R"({"a": [1]})", [](Arguments& asked) { asked.words_if_given("a", "papers"); }),
            "'a' is not a list of words: write papers");
}

TEST(Arguments, a_word_outside_its_list_is_refused_with_a_suggestion) {
  const std::vector<std::string> valid{"notice", "reminder", "crisis"};
  EXPECT_EQ(fault_of(R"({"class": "remind"})", [&](Arguments& asked) { asked.word("class", valid); }),
            "'class' cannot be 'remind': did you mean 'reminder'?");
  EXPECT_EQ(fault_of("{}", [&](Arguments& asked) { asked.word("class", valid); }),
            "'class' is missing: write one of: notice, reminder, crisis");
}

TEST(Arguments, a_text_with_a_nul_or_of_another_type_is_refused) {
  for (const char* wrong : {R"("a\u0000b")", "7", "[]", "{}"}) {
    EXPECT_EQ(
        fault_of(R"({"name": )" + std::string(wrong) + "}", [](Arguments& asked) { asked.text("name", "Selam"); }),
        "'name' is not a text: write Selam");
  }
}

}  // namespace
}  // namespace passerelle::console
