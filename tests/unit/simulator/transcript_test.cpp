#include "simulator/transcript.hpp"

#include <gtest/gtest.h>

#include "simulator/replay.hpp"
#include "support/demo.hpp"

namespace passerelle::simulator {
namespace {

const std::string head = "start 2027-03-26 09:00 Europe/Zurich  sms  +41790000001  ti\n";

TEST(Transcript, is_read_line_by_line) {
  const auto parsed =
      parse_transcript("story", head +
                                    "# a comment\n>  Bonjour\n<  {a.b} {c.d when=\"28.03.2027 14:30\"}\n"
                                    "<  literal\\nline\n< -\nis task=call_back consent=open\nat 2027-03-27 10:00\n");
  ASSERT_TRUE(parsed.findings.empty()) << to_string(parsed.findings.front());
  const auto& lines = parsed.transcript.lines;
  ASSERT_EQ(lines.size(), 6u);
  EXPECT_EQ(std::get<FromPerson>(lines[0].what).text, "Bonjour");
  const auto& expected = std::get<FromUs>(lines[1].what);
  ASSERT_EQ(expected.items.size(), 2u);
  EXPECT_EQ(expected.items[1].key, "c.d");
  EXPECT_EQ(expected.items[1].arguments.at("when"), "28.03.2027 14:30");
  EXPECT_EQ(std::get<FromUs>(lines[2].what).literal, "literal\nline");
  EXPECT_TRUE(std::get<FromUs>(lines[3].what).silence);
  EXPECT_EQ(std::get<Holds>(lines[4].what).facts.size(), 2u);
  EXPECT_EQ(parsed.transcript.person.user, "+41790000001");
}

TEST(Transcript, tells_each_mistake_with_its_line) {
  const auto finding = [](const std::string& text) {
    const auto parsed = parse_transcript("story", text);
    return parsed.findings.empty() ? std::string() : to_string(parsed.findings.front());
  };
  EXPECT_EQ(finding(head + "say hello\n"),
            "story:2:1: 'say' is no kind of line; lines begin with start, >, call, <, is, at, do or #");
  EXPECT_EQ(finding("> hello\n"), "story:1:1: comes before the line 'start …'; move it below");
  EXPECT_EQ(finding(head + "at soon\n"), "story:2:1: 'soon' is not a time; write it as 2027-03-26 09:00");
  EXPECT_EQ(finding(head + "is waiting\n"), "story:2:1: 'waiting' is not NAME=VALUE; for example task=call_back");
  EXPECT_EQ(finding(head + "< {a.b\n"),
            "story:2:1: sentence keys stand in braces; write {first_contact.menu} {common.latin_line}");
  EXPECT_EQ(finding("start 2027-03-26 09:00 Europe/Zurick sms 1 fr\n"),
            "story:1:1: there is no time zone 'Europe/Zurick'; for example Europe/Zurich");
  EXPECT_NE(finding(""), "");
}

TEST(Transcript, a_sentence_in_the_wrong_language_fails_unless_it_is_expected) {
  const auto findings = [](const std::string& reply) {
    const auto parsed = parse_transcript("story",
                                         "start 2027-03-26 09:00 Europe/Zurich sms +41790000001 fr\n"
                                         "> Good morning, I have a question please\n" +
                                             reply + "\n");
    EXPECT_TRUE(parsed.findings.empty());
    return replay(parsed.transcript, testing::demo_content(), Between::reloaded).findings;
  };
  EXPECT_FALSE(findings("< {first_contact.hello} {first_contact.menu}").empty());
  EXPECT_TRUE(findings("< [en] {first_contact.hello} {first_contact.menu}").empty());
}

}  // namespace
}  // namespace passerelle::simulator
