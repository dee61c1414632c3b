// The files of Gammu's daemon: names, parts, letters; and those by which it is told to send.
#include <gtest/gtest.h>

#include "adapters/gammu/inbox.hpp"
#include "adapters/gammu/outbox.hpp"
#include "unit/adapters/gammu_fixture.hpp"
#include "unit/adapters/outcome_words.hpp"

namespace passerelle::adapters::gammu_test {
namespace {

using gammu::Parts;

std::string name_words(std::string_view file) {
  const auto name = gammu::read_name(file);
  return name ? name->sender + " " + std::to_string(name->part) : "none";
}

TEST(GammuInbox, a_name_tells_the_sender_and_the_part) {
  EXPECT_EQ(name_words("IN20261122_003000_00_+41791234567_00.txt"), "+41791234567 0");
  EXPECT_EQ(name_words("IN20261122_003000_07_INFO_12.txt"), "INFO 12");
  EXPECT_EQ(name_words("IN20261122_003000_00_A_B_00.txt"), "A_B 0");
  for (const char* other : {"", "x.txt", "IN20261122_003000_00__00.txt", "IN20261122_003000_00_+4179_00.bin",
                            "IN20261122_003000_00_+4179_00.smsbackup", "IN2026112_003000_00_+41791234567_00.txt",
                            "IN20261122_003000_00_+41791234567_x0.txt", "IN20261122_003000_00_+41791234567_00",
                            "OUT0261122_003000_00_+41791234567_00.txt", "IN20261122_003000_00_00.txt"})
    EXPECT_EQ(name_words(other), "none") << other;
}

std::string text_words(const Parts& parts) { return gammu::text_of(parts).value_or("none"); }

TEST(GammuInbox, text_is_utf16_with_its_mark_or_utf8) {
  EXPECT_EQ(text_words({arrived("", utf16(u"Bonjour monde \u0645"))}), "Bonjour monde م");
  EXPECT_EQ(text_words({arrived("", utf16(u"ሰላም😀"))}), "ሰላም😀");
  EXPECT_EQ(text_words({arrived("", "ሰላም é")}), "ሰላም é");
  EXPECT_EQ(text_words({arrived("", "")}), "");
  EXPECT_EQ(text_words({arrived("", "\xFE\xFF")}), "");
}

TEST(GammuInbox, what_follows_a_nul_is_left_over) {
  EXPECT_EQ(text_words({arrived("", utf16(std::u16string_view(u"un\0\0", 4)))}), "un");
  EXPECT_EQ(text_words({arrived("", utf16(std::u16string_view(u"un\0rest", 7)))}), "un");
}

TEST(GammuInbox, an_emoji_may_be_cut_in_two_by_a_border_of_parts) {
  const Parts parts = {arrived("", utf16(u"a" + std::u16string(1, char16_t{0xD83D}))),
                       arrived("", utf16(std::u16string(1, char16_t{0xDE00}) + u"b"))};
  EXPECT_EQ(text_words(parts), "a😀b");
  EXPECT_EQ(text_words({parts[0]}), "a\xEF\xBF\xBD") << "and a half alone is no letter";
  EXPECT_EQ(text_words({parts[1], parts[0]}),
            "\xEF\xBF\xBD"
            "ba\xEF\xBF\xBD");
}

TEST(GammuInbox, what_is_neither_cannot_be_read) {
  EXPECT_EQ(text_words({arrived("", std::string("\xFE\xFF\x00", 3))}), "none");
  EXPECT_EQ(text_words({arrived("", "caf\xE9")}), "none");
  EXPECT_EQ(text_words({arrived("", std::string("a\0b", 3))}), "none");
  link::File longer = arrived("", "");
  longer.is_whole = false;
  EXPECT_EQ(text_words({longer}), "none");
}

std::string sorted(std::vector<link::File> files) {
  const gammu::Sorted found = gammu::sort_parts(std::move(files));
  std::string words;
  for (const Parts& parts : found.texts) {
    for (const link::File& part : parts) words += part.bytes;
    words += "|";
  }
  for (const link::File& file : found.stray) words += " -" + file.bytes;
  return words;
}

TEST(GammuInbox, parts_are_brought_together_by_sender_and_time) {
  // The moments in the names are the parts' own, and may come in any order of names.
  EXPECT_EQ(sorted({arrived("010000_00_+41791234567_00", "A0", 100), arrived("010002_00_+41791234567_01", "A1", 101),
                    arrived("000001_00_+41791234568_00", "B0", 102), arrived("005959_00_+41791234567_02", "A2", 103)}),
            "A0A1A2|B0|");
  // Two texts of one person, one after the other.
  EXPECT_EQ(sorted({arrived("010000_00_+4179_00", "A0", 100), arrived("010000_00_+4179_01", "A1", 101),
                    arrived("010000_01_+4179_00", "B0", 102), arrived("010000_01_+4179_01", "B1", 103)}),
            "A0A1|B0B1|");
  // …where the file system tells one time of all.
  EXPECT_EQ(sorted({arrived("010000_00_+4179_00", "A0"), arrived("010000_00_+4179_01", "A1"),
                    arrived("010000_01_+4179_00", "B0"), arrived("010000_01_+4179_01", "B1")}),
            "A0A1|B0B1|");
  EXPECT_EQ(sorted({arrived("010000_00_+4179_00", "A", 200), arrived("010001_00_+4179_00", "B", 100)}), "B|A|");
}

TEST(GammuInbox, a_part_belongs_to_the_newest_text_that_lacks_it) {
  EXPECT_EQ(sorted({arrived("010000_00_+4179_00", "A0", 100), arrived("010005_00_+4179_00", "B0", 200),
                    arrived("010005_00_+4179_01", "B1", 201)}),
            "A0|B0B1|");
  EXPECT_EQ(sorted({arrived("010000_00_+4179_00", "A0", 100), arrived("010005_00_+4179_00", "B0", 200),
                    arrived("010009_00_+4178_00", "x0", 250), arrived("010010_00_+4179_00", "C0", 300),
                    arrived("010010_00_+4179_01", "C1", 301), arrived("010010_00_+4179_02", "C2", 302)}),
            "A0|B0|x0|C0C1C2|");
}

TEST(GammuInbox, what_continues_no_text_is_stray) {
  EXPECT_EQ(sorted({arrived("010000_00_+4179_01", "A1"), arrived("010000_00_+4178_00", "B0")}), "B0| -A1");
  EXPECT_EQ(sorted({arrived("010000_00_+4179_00", "A0"), arrived("010000_00_+4179_02", "A2")}), "A0| -A2");
  EXPECT_EQ(sorted({arrived("010000_00_+4179_00", "A0", 0), arrived("010000_00_+4179_01", "A1", 61 * second)}),
            "A0| -A1");
  EXPECT_EQ(sorted({arrived("010000_00_+4179_x0", "?")}), " -?");
}

TEST(GammuInbox, a_text_that_reuses_a_name_is_another_one) {
  const auto id = [](std::int64_t changed) {
    return gammu::message_of("modem", {arrived("010000_00_+41791234567_00", "un", changed)}, "un", now).provider_id;
  };
  EXPECT_EQ(id(5), "20261122_010000_00_+41791234567_00-5");
  EXPECT_NE(id(5), id(6));
  const InboundMessage late =
      gammu::message_of("modem", {arrived("010000_00_+4179_00", "", earlier + 3600 * second)}, "", now);
  EXPECT_EQ(late.sent_at, now);
  EXPECT_EQ(late.from, (Address{"modem", "+4179"}));
}

OutgoingRequest puts(const std::string& to, const std::string& text = "é", MessageClass of = MessageClass::reply) {
  OutboundMessage message;
  message.id = OutboundId{1'234'567};
  message.ref = ref;
  message.to = {"modem", to};
  message.text = text;
  message.message_class = of;
  return channel()->write(message, 0, now);
}

TEST(GammuOutbox, a_message_is_a_file_whose_name_is_always_the_same) {
  const std::string name = "OUTB00000001_234567_00_+41791234567_" + ref + ".txt";
  const OutgoingRequest request = puts("+41791234567");
  EXPECT_EQ(request.method, "PUT");
  EXPECT_EQ(request.url, "file:///var/spool/gammu/outbox/" + name);
  ASSERT_EQ(request.fields.size(), 2U);
  EXPECT_EQ(request.fields[0].name + " " + request.fields[0].value, "Elsewhere /var/spool/gammu/sent/" + name);
  EXPECT_EQ(request.fields[1].value, "/var/spool/gammu/error/" + name);
  EXPECT_EQ(request.body, utf16(u"é"));
  EXPECT_EQ(puts("+41791234567", "ሰላም😀").body, utf16(u"ሰላም😀"));
  EXPECT_EQ(gammu::ref_of(name), ref);
  EXPECT_EQ(gammu::ref_of("OUTC20261122_003000_00_+4179_other.txt"), "");
  EXPECT_EQ(gammu::ref_of(name + "d"), "");
}

TEST(GammuOutbox, a_name_tells_when_the_message_is_of_no_use_any_more) {
  OutboundMessage message;
  message.id = OutboundId{1};
  message.ref = ref;
  message.to = {"modem", "147"};
  message.text = "x";
  message.not_after = now + std::chrono::minutes(1);
  const std::string name = "OUTE00000000_000001_00_147_T1800000060_" + ref + ".txt";
  message.message_class = MessageClass::notice;
  EXPECT_EQ(channel()->write(message, 0, now).url, "file:///var/spool/gammu/outbox/" + name);
  EXPECT_EQ(gammu::end_of(name), message.not_after);
  EXPECT_EQ(gammu::ref_of(name), ref);
  for (const std::string middle : {"147", "+4179", "147_T", "147_T0", "147_T1x", "147_T-1", "147_T999999999999"})
    EXPECT_FALSE(gammu::end_of("OUTE00000000_000001_00_" + middle + "_" + ref + ".txt")) << middle;
}

TEST(GammuOutbox, the_daemon_takes_the_first_name_so_that_crises_go_first) {
  const std::string crisis = puts("147", "x", MessageClass::crisis).url;
  const std::string notice = puts("147", "x", MessageClass::notice).url;
  EXPECT_NE(crisis.find("/OUTA"), std::string::npos);
  EXPECT_LT(crisis, puts("147").url);
  EXPECT_LT(puts("147").url, notice);
}

TEST(GammuOutbox, what_is_no_number_has_no_name) {
  for (const std::string to : {"", "INFO", "+", "12", "+4179_1", "../x", "+1234567890123456", "*100#"})
    EXPECT_EQ(puts(to).url, "file:///var/spool/gammu/outbox/") << to;
}

TEST(GammuOutbox, every_answer_has_its_meaning) {
  const auto judged = [](int status) { return words_of(channel()->judge({status, {}, ""})); };
  EXPECT_EQ(judged(201), "accepted ");
  EXPECT_EQ(judged(409), "accepted ");
  EXPECT_EQ(judged(400), "refused recipient");
  EXPECT_EQ(judged(403), "misconfigured outbox_denied");
  EXPECT_EQ(judged(404), "misconfigured outbox_missing");
  EXPECT_EQ(judged(507), "later no_space 60");
  EXPECT_EQ(judged(500), "later disk 0");
}

TEST(GammuSettings, the_spool_is_a_plain_folder) {
  const auto wrong = [](const std::string& folder) {
    ChannelSettings made = settings();
    made.values["spool"] = folder;
    return !find_gateway("gammu")->make(made).has_value();
  };
  EXPECT_FALSE(wrong("/srv/modem-1/spool"));
  for (const std::string folder : {"spool", "/", "/a/", "/a//b", "/a/../b", "/a b", "/a%20b", "/é"})
    EXPECT_TRUE(wrong(folder)) << folder;
  EXPECT_TRUE(channel()->traits().takes_reference && channel()->traits().links);
  EXPECT_EQ(channel()->traits().api_url, "file:///var/spool/gammu");
}

}  // namespace
}  // namespace passerelle::adapters::gammu_test
