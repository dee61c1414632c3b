#include "domain/conversation.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "domain/saved_conversation.hpp"
#include "domain/utf8.hpp"

namespace passerelle {
namespace {

Conversation full() {
  Conversation conversation;
  conversation.locale = "fa-AF";
  conversation.locale_chosen = true;
  conversation.last_reply = "ti";
  conversation.last_answer = {"00ff", 2, from_ms(1'800'000'000'000)};
  conversation.latin_only = true;
  conversation.latin_line_told = true;
  conversation.consent = Consent::reminders_only;
  conversation.dates = {Calendar::ethiopic, DayClock::ethiopic, Digits::native};
  conversation.version = std::numeric_limits<std::uint64_t>::max();
  conversation.stack.push_back({{"first_contact", "a1b2"}, "language", {}, 0, {}});
  conversation.stack.push_back({{"intake", "c3d4"},
                                "name",
                                {{"name", "Sara \"ሳራ\"\n"}, {"need", std::string("a\0b", 3)}},
                                2,
                                from_ms(1'800'000'000'123),
                                from_ms(1'799'999'999'456)});
  return conversation;
}

std::string why(std::string_view json) {
  const result<Conversation> loaded = load_conversation(json);
  return loaded ? "it was read" : loaded.error().what;
}

std::string with(const std::string& more) { return R"({"format":1,)" + more + "}"; }

TEST(Conversation, comes_back_as_it_was_saved) {
  EXPECT_EQ(load_conversation(save(full())).value(), full());
  EXPECT_EQ(load_conversation(save(Conversation{})).value(), Conversation{});
}

// Everything that a conversation can hold, of texts that need no escaping.
Conversation plain() {
  Conversation conversation = full();
  Frame& frame = conversation.stack.back();
  frame.answers = {{"name", "ሳራ"}, {"need", "[x],{\'y\'}"}};
  frame.offered = {"7", "12"};
  frame.callers = {{{"orientation", "e5"}, "where", {}}, {{"first", ""}, "menu", {{"a", "1"}}}};
  frame.gives_up = from_ms(1'800'000'100'000);
  return conversation;
}

TEST(Conversation, is_written_as_json_without_blanks) {
  EXPECT_EQ(save(plain()),
            R"({"format":1,"version":18446744073709551615,"locale":"fa-AF","last_reply":"ti","locale_chosen":true,)"
            R"("latin_only":true,"latin_line_told":true,"consent":"reminders_only",)"
            R"("dates":"calendar=ethiopic clock=ethiopic digits=native","answer":"00ff","answer_times":2,)"
            R"("answer_at":1800000000000,"stack":[{"dialog":"first_contact","hash":"a1b2","step":"language",)"
            R"("answers":{},"misses":0,"expires":0,"asked":0},{"dialog":"intake","hash":"c3d4","step":"name",)"
            R"("answers":{"name":"ሳራ","need":"[x],{'y'}"},"misses":2,"expires":1800000000123,)"
            R"("asked":1799999999456,"gives_up":1800000100000,"offered":["7","12"],"callers":[)"
            R"({"dialog":"orientation","hash":"e5","step":"where","answers":{}},)"
            R"({"dialog":"first","hash":"","step":"menu","answers":{"a":"1"}}]}]})");
}

// A blank is JSON, but not of our writer: the text is then read with all the patience that foreign ones get.
TEST(Conversation, is_the_same_to_the_reader_of_our_own_texts_and_to_the_one_of_all) {
  for (const Conversation& conversation : {plain(), full(), Conversation{}}) {
    const std::string text = save(conversation);
    EXPECT_EQ(load_conversation(text).value(), conversation);
    EXPECT_EQ(load_conversation(" " + text).value(), conversation);
  }
  EXPECT_EQ(read_own(save(plain())), plain());
  EXPECT_EQ(read_own(" " + save(plain())), std::nullopt);
}

TEST(Conversation, a_damaged_text_is_read_by_the_quick_reader_as_by_the_other_or_not_at_all) {
  const std::string whole = save(plain());
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char byte : {'\0', '"', '\\', '{', ',', '0', '9', '-', '.', 'e', ' ', '\x80', '\xFF'}) {
      std::string damaged = whole;
      damaged[at] = byte;
      const auto own = read_own(damaged);
      if (!own) continue;
      const auto patient = load_conversation(" " + damaged);
      ASSERT_TRUE(patient) << damaged;
      EXPECT_EQ(*patient, *own) << damaged;
    }
  }
}

TEST(Conversation, every_consent_comes_back) {
  for (const Consent consent : {Consent::open, Consent::reminders_only, Consent::stopped}) {
    Conversation conversation;
    conversation.consent = consent;
    EXPECT_EQ(load_conversation(save(conversation)).value().consent, consent);
  }
}

TEST(Conversation, the_same_conversation_is_the_same_bytes) { EXPECT_EQ(save(full()), save(full())); }

TEST(Conversation, what_an_older_writer_did_not_know_is_the_default) {
  const Conversation conversation =
      load_conversation(with(R"("locale":"ar","stack":[{"dialog":"d","step":"s"}])")).value();
  EXPECT_EQ(conversation.locale, "ar");
  EXPECT_EQ(conversation.consent, Consent::open);
  ASSERT_EQ(conversation.stack.size(), 1U);
  EXPECT_EQ(conversation.stack[0], (Frame{{"d", ""}, "s", {}, 0, {}}));
}

TEST(Conversation, keys_that_nobody_knows_are_passed_over) {
  EXPECT_EQ(load_conversation(with(R"("colour":"blue","stack":[])")).value(), Conversation{});
}

TEST(Conversation, a_newer_format_is_refused) {
  EXPECT_NE(why(R"({"format":2})").find("newer Passerelle"), std::string::npos);
}

TEST(Conversation, what_is_unreadable_is_never_a_blank_conversation) {
  for (const std::string_view text :
       {"", " ", "null", "[]", "7", "\"x\"", "{", "{}", "{\"format\":1}x", "{\"format\":1,}", "{\"format\":0}",
        "{\"format\":-1}", "{\"format\":1.0}", "{\"format\":\"1\"}", "{\"format\":1e400}",
        "{\"format\":99999999999999999999}"}) {
    EXPECT_NE(why(text), "it was read") << text;
  }
}

TEST(Conversation, a_value_of_the_wrong_kind_is_named) {
  EXPECT_EQ(why(with(R"("locale":5)")), "unreadable conversation: 'locale' should be a text");
  EXPECT_EQ(why(with(R"("latin_only":1)")), "unreadable conversation: 'latin_only' should be true or false");
  EXPECT_EQ(why(with(R"("version":-1)")), "unreadable conversation: 'version' should be a whole number, not negative");
  EXPECT_NE(why(with(R"("consent":"maybe")")).find("'consent'"), std::string::npos) << "it may mean STOP";
  EXPECT_NE(why(with(R"("stack":{})")).find("'stack'"), std::string::npos);
  EXPECT_NE(why(with(R"("stack":[5])")).find("stack[0]"), std::string::npos);
  EXPECT_NE(why(with(R"("stack":[{"dialog":"d"}])")).find("stack[0].step"), std::string::npos);
  EXPECT_NE(why(with(R"("stack":[{"step":"s"}])")).find("stack[0].dialog"), std::string::npos);
  EXPECT_NE(why(with(R"("stack":[{"dialog":"d","step":"s","misses":1e99}])")).find("stack[0].misses"),
            std::string::npos);
  EXPECT_NE(why(with(R"("stack":[{"dialog":"d","step":"s","misses":-1}])")).find("stack[0].misses"), std::string::npos);
  EXPECT_NE(why(with(R"("stack":[{"dialog":"d","step":"s","expires":9223372036854775807}])")).find("stack[0].expires"),
            std::string::npos);
  EXPECT_NE(why(with(R"("stack":[{"dialog":"d","step":"s","asked":"now"}])")).find("stack[0].asked"),
            std::string::npos);
  EXPECT_NE(why(with(R"("stack":[{"dialog":"d","step":"s","answers":{"a":1}}])")).find("stack[0].answers"),
            std::string::npos);
  EXPECT_NE(why(with(R"("stack":[{"dialog":"d","step":"s","answers":[]}])")).find("stack[0].answers"),
            std::string::npos);
}

TEST(Conversation, a_stack_deeper_than_we_build_is_refused) {
  std::string frames;
  for (std::size_t i = 0; i <= Conversation::deepest; ++i)
    frames += std::string(i ? "," : "") + R"({"dialog":"d","step":"s"})";
  EXPECT_NE(why(with("\"stack\":[" + frames + "]")).find("at most 8"), std::string::npos);
}

TEST(Conversation, a_text_of_any_size_or_depth_does_no_harm) {
  EXPECT_NE(why(std::string(100'000, '[')), "it was read");
  EXPECT_NE(why("{\"format\":1,\"locale\":\"" + std::string(2'000'000, 'x') + "\"}").find("too long"),
            std::string::npos);
  const std::string whole = save(full());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_NE(why(std::string_view(whole).substr(0, size)), "it was read") << size;
  }
}

TEST(Conversation, flipping_any_byte_never_crashes) {
  const std::string whole = save(full());
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char byte : {'\0', '"', '{', '9', '\x80', '\xFF'}) {
      std::string damaged = whole;
      damaged[at] = byte;
      const result<Conversation> loaded = load_conversation(damaged);
      if (loaded) EXPECT_LE(loaded->stack.size(), Conversation::deepest);
    }
  }
}

TEST(Conversation, an_answer_that_is_not_utf_8_cannot_lock_the_conversation) {
  Conversation conversation;
  conversation.stack.push_back({{"intake", ""}, "name", {{"name", "a\xC3(\xFF"}}, 0, {}});
  EXPECT_EQ(load_conversation(save(conversation)).value().stack[0].answers.at("name"), "a\uFFFD(\uFFFD");
}

TEST(Utf8, valid_text_is_left_alone) {
  const std::string text = std::string("aé ልጽሑፍ 💧 \uFFFD \U0010FFFF") + '\0' + "\n";
  EXPECT_EQ(valid_utf8(text), text);
}

TEST(Utf8, overlong_surrogate_and_cut_sequences_are_replaced) {
  EXPECT_EQ(valid_utf8("\xC0\xAF"), "\uFFFD\uFFFD");
  EXPECT_EQ(valid_utf8("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(valid_utf8("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(valid_utf8("x\xE2\x82"), "x\uFFFD");
  EXPECT_EQ(valid_utf8("\xE2\x82y"), "\uFFFDy");
  EXPECT_EQ(valid_utf8("\x80"), "\uFFFD");
}

TEST(Conversation, a_way_to_tell_dates_that_we_do_not_know_loses_nothing_else) {
  const auto loaded = load_conversation(with(R"("consent":"stopped","dates":"calendar=mayan")"));
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->dates, DateStyle{});
  EXPECT_EQ(loaded->consent, Consent::stopped);
}

}  // namespace
}  // namespace passerelle
