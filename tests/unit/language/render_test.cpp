#include "language/render.hpp"

#include <gtest/gtest.h>
#include <unicode/ubidi.h>
#include <unicode/unistr.h>

#include <thread>

#include "base/file.hpp"

namespace passerelle::language {
namespace {

const std::string lrm = "\u200E", rlm = "\u200F";

Catalog one(const std::string& locale, const std::string& text) {
  Catalog catalog;
  std::string quoted;
  for (const char c : text)
    quoted += c == '\n' ? std::string("\\n") : c == '"' ? std::string("\\\"") : std::string(1, c);
  const Findings findings = catalog.add(locale + ".json", R"j({"locale.name": {"defaultMessage": "N"},
    "locale.status": {"defaultMessage": "draft"}, "time.moment": {"defaultMessage": "{date}، {time} ({part})"},
    "time.afternoon": {"defaultMessage": "بعد الظهر"}, "time.hour": {"defaultMessage": "{time} ({part})"},
    "a": {"defaultMessage": ")j" + quoted + R"j("}})j");
  EXPECT_TRUE(findings.empty()) << to_string(findings.front());
  return catalog;
}

std::string say(const std::string& locale, const std::string& text, const Values& values = {}) {
  const auto rendered = render(one(locale, text), "a", locale, "fr", values);
  return rendered ? rendered->text : "error: " + to_string(rendered.error());
}

std::string without_marks(std::string text) {
  for (const std::string& mark : {lrm, rlm}) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark)) text.erase(at, mark.size());
  }
  return text;
}

// The lines as a phone shows them, read from the left edge of the screen; each line goes by its first strong letter.
std::string displayed(const std::string& text) {
  std::string out;
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(text);
  for (std::int32_t begin = 0; begin <= wide.length();) {
    std::int32_t end = wide.indexOf(u'\n', begin);
    if (end < 0) end = wide.length();
    const icu::UnicodeString line = wide.tempSubStringBetween(begin, end);
    UBiDi* bidi = ubidi_open();
    ubidi_setPara(bidi, line.getBuffer(), line.length(), UBIDI_DEFAULT_LTR, nullptr, &status);
    std::vector<UChar> shown(static_cast<std::size_t>(2 * line.length() + 1));
    const std::int32_t size = ubidi_writeReordered(bidi, shown.data(), static_cast<std::int32_t>(shown.size()),
                                                   UBIDI_REMOVE_BIDI_CONTROLS | UBIDI_DO_MIRRORING, &status);
    ubidi_close(bidi);
    icu::UnicodeString(shown.data(), size).toUTF8String(out);
    begin = end + 1;
    if (begin <= wide.length()) out += '\n';
  }
  EXPECT_TRUE(U_SUCCESS(status));
  return out;
}

std::string mirrored(const std::string& text) {  // a purely right-to-left text as it is displayed
  std::string out;
  icu::UnicodeString::fromUTF8(text).reverse().toUTF8String(out);
  return out;
}

TEST(Render, puts_the_arguments_into_the_sentence) {
  EXPECT_EQ(say("fr", "Bonjour {name}, {count} messages", {{"name", "Awa"}, {"count", std::int64_t{12345}}}),
            "Bonjour Awa, 12345 messages");
  EXPECT_EQ(say("fr", "sans argument"), "sans argument");
}

TEST(Render, tells_the_language_that_the_sentence_was_found_in) {
  const auto rendered = render(one("fr", "Bonjour"), "a", "ti", "so", {});
  ASSERT_TRUE(rendered);
  EXPECT_EQ(rendered->locale, "fr");
}

TEST(Render, a_missing_argument_is_an_error_that_names_key_argument_and_place) {
  const auto rendered = render(one("fr", "Bonjour {name}"), "a", "fr", "fr", {{"nom", "Awa"}});
  ASSERT_FALSE(rendered);
  EXPECT_EQ(rendered.error().what, "the sentence 'a' cannot be written: the argument 'name' is missing");
  EXPECT_EQ(rendered.error().where, "fr.json:4:29");
}

TEST(Render, a_branch_that_is_not_taken_still_needs_its_arguments) {
  const std::string text = "{n, plural, one {x} other {{m, plural, one {a} other {{who}}}}}";
  EXPECT_NE(say("fr", text, {{"n", std::int64_t{1}}, {"m", std::int64_t{1}}}).find("'who' is missing"),
            std::string::npos);
  EXPECT_NE(say("fr", text, {{"n", std::int64_t{1}}, {"m", "1"}, {"who", "x"}}).find("'m' must be a number"),
            std::string::npos);
}

TEST(Render, an_unknown_key_is_an_error_that_names_it) {
  const auto rendered = render(one("fr", "x"), "first.helo", "ti", "fr", {});
  ASSERT_FALSE(rendered);
  EXPECT_NE(rendered.error().what.find("'first.helo'"), std::string::npos);
}

TEST(Render, the_text_of_an_argument_is_never_read_as_a_pattern) {
  for (const char* text : {"{name}", "''", "it's {0}", "'{'", "{n, plural, one {", "#", "}"}) {
    EXPECT_EQ(say("fr", "<{name}>", {{"name", text}}), std::string("<") + text + ">");
    EXPECT_EQ(say("fr", "{n, plural, other {# {name}}}", {{"name", text}, {"n", std::int64_t{2}}}),
              std::string("2 ") + text);
  }
}

TEST(Render, arguments_lose_bidi_controls_and_are_cut_at_500_code_points) {
  EXPECT_EQ(say("fr", "{name}", {{"name", "a\u202Eb\u200Fc\u2066d\x07"}}), "abcd");
  EXPECT_EQ(say("ar", "ا {name}", {{"name", "\u202E12-3\u200E"}}), "ا " + lrm + "12-3");
  EXPECT_EQ(say("fr", "{name}", {{"name", std::string(600, 'a')}}), std::string(500, 'a'));
  std::string accents;
  for (int i = 0; i < 600; ++i) accents += "é";
  EXPECT_EQ(say("fr", "{name}", {{"name", accents}}), accents.substr(0, 1000));
  EXPECT_EQ(say("fr", "{name}", {{"name", "a\xFF"}}), "a\uFFFD");
}

TEST(Render, counts_by_the_rules_of_the_language) {
  const std::string days = "{n, plural, zero {z} one {o} two {t} few {f#} many {m#} other {x#}}";
  const auto in_arabic = [&](std::int64_t n) { return say("ar", days, {{"n", n}}); };
  EXPECT_EQ(in_arabic(0), "z");
  EXPECT_EQ(in_arabic(1), "o");
  EXPECT_EQ(in_arabic(2), "t");
  EXPECT_EQ(in_arabic(5), "f5");
  EXPECT_EQ(in_arabic(11), "m11");
  EXPECT_EQ(in_arabic(100), "x100");
  EXPECT_EQ(say("uk", "{n, plural, one {# день} few {# дні} many {# днів} other {# дня}}", {{"n", std::int64_t{22}}}),
            "22 дні");
  EXPECT_EQ(say("fr", "{n, plural, =0 {rien} one {# jour} other {# jours}}", {{"n", std::int64_t{0}}}), "rien");
  EXPECT_EQ(say("en", "{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}", {{"n", std::int64_t{22}}}),
            "22nd");
  EXPECT_EQ(say("fr", "{n, plural, offset:1 =1 {vous} one {vous et # autre} other {vous et # autres}}",
                {{"n", std::int64_t{3}}}),
            "vous et 2 autres");
}

TEST(Render, numbers_have_digits_0_to_9_and_no_grouping_in_every_language) {
  for (const char* locale : {"fr", "ar", "fa-AF", "ps", "ckb", "en"}) {
    EXPECT_EQ(without_marks(say(locale, "{n} {n, plural, other {#}}", {{"n", std::int64_t{1234567}}})),
              "1234567 1234567")
        << locale;
  }
  EXPECT_EQ(say("fr", "{n}", {{"n", std::int64_t{-5}}}), "-5");
}

TEST(Render, chooses_by_word_with_other_for_the_rest) {
  const std::string text = "{who, select, you {vous} they {eux} other {tous}}";
  EXPECT_EQ(say("fr", text, {{"who", "they"}}), "eux");
  EXPECT_EQ(say("fr", text, {{"who", "nobody"}}), "tous");
}

TEST(Render, tells_a_civil_time_in_the_language_of_the_sentence) {
  using namespace date;
  const CivilTime when = local_days(2027_y / 3 / 28) + std::chrono::hours(14) + std::chrono::minutes(30);
  EXPECT_EQ(without_marks(say("ar", "موعدكم: {when}", {{"when", when}})), "موعدكم: 28.03.2027، 14:30 (بعد الظهر)");
}

class RightToLeft : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Render, RightToLeft, testing::Values("ar", "fa-AF"));

TEST_P(RightToLeft, phone_numbers_and_dates_are_displayed_in_their_order) {
  for (const char* number : {"+41 32 421 12 12", "28.03.2027 14:30", "2026-10-05", "+33 (0)3 28 59 04 85",
                             "(032) 421 12 12", "08:30-12:00", "12-B", "0041 32 421 12 12", "-5", "B1/2-3",
                             "rue du Moulin 12, 2800 Delémont", "https://example.org/a/?b=1", "۰۷۹ ۱۲۳ ۴۵ ۶۷"}) {
    const std::string text = say(GetParam(), "اتصل بنا: {a} أو هنا", {{"a", number}});
    EXPECT_EQ(displayed(text), mirrored(" أو هنا") + number + mirrored("اتصل بنا: ")) << number;
  }
}

TEST_P(RightToLeft, numbers_that_the_translator_wrote_are_displayed_in_their_order) {
  for (const char* number :
       {"+41 32 421 12 12", "28.03.2027 14:30", "2026-10-05", "+33 (0)3 28 59 04 85", "(032) 421 12 12", "08:30-12:00",
        "08:30–12:00", "112", "+41", "1.500", "12 rue du Moulin", "50 CHF"}) {
    const std::string plain = "اتصل بنا: " + std::string(number) + " أو هنا";
    EXPECT_EQ(displayed(say(GetParam(), plain)), mirrored(" أو هنا") + number + mirrored("اتصل بنا: ")) << number;
    EXPECT_EQ(without_marks(say(GetParam(), plain)), plain);
  }
  EXPECT_NE(displayed("اتصل بنا: +41 32 421 12 12").find("+41"), 0u) << "this test shows nothing without the marks";
}

TEST_P(RightToLeft, brackets_of_the_sentence_around_do_not_take_part) {
  for (const char* text : {"هاتف +41 32 421 12 12 (08:30-12:00 صباحاً) هنا", "(هاتف +41 32 421 12 12) (08:30-12:00)",
                           "هاتف (+41 32 421 12 12 أو 08:30-12:00)", "هاتف) +41 32 421 12 12 (08:30-12:00"}) {
    const std::string shown = displayed(say(GetParam(), text));
    EXPECT_NE(shown.find("+41 32 421 12 12"), std::string::npos) << shown;
    EXPECT_NE(shown.find("08:30-12:00"), std::string::npos) << shown;
  }
}

TEST_P(RightToLeft, an_address_with_both_scripts_keeps_its_numbers_in_order) {
  const std::string text = say(GetParam(), "هنا: {a}.", {{"a", "شارع 12-3، هاتف +41 32 421 12 12"}});
  EXPECT_NE(displayed(text).find("+41 32 421 12 12"), std::string::npos);
  EXPECT_NE(displayed(text).find("12-3"), std::string::npos);
}

TEST_P(RightToLeft, a_civil_time_is_displayed_in_its_order) {
  using namespace date;
  const CivilTime when = local_days(2027_y / 3 / 28) + std::chrono::hours(14) + std::chrono::minutes(30);
  const std::string shown = displayed(say(GetParam(), "موعدكم: {when}.", {{"when", when}}));
  EXPECT_NE(shown.find("28.03.2027"), std::string::npos) << shown;
  EXPECT_NE(shown.find("14:30"), std::string::npos) << shown;
  EXPECT_LT(shown.find("14:30"), shown.find("28.03.2027")) << "one reads from the right, the date first: " << shown;
  EXPECT_LT(shown.find(mirrored("بعد الظهر")), shown.find("14:30")) << "beside its hour: " << shown;
}

TEST_P(RightToLeft, the_numbers_of_a_menu_stand_at_the_right_edge_before_their_choice) {
  EXPECT_EQ(displayed(say(GetParam(), "أرسلوا:\n1 = معلومات\n2 = RAPPEL (نحن)\n{n} = {what}",
                          {{"n", std::int64_t{3}}, {"what", "لغة"}})),
            mirrored("أرسلوا:") + "\n" + mirrored("معلومات") + " = 1\n" + mirrored("(").substr(0, 0) + "(" +
                mirrored("نحن") + ") RAPPEL = 2\n" + mirrored("لغة") + " = 3");
}

TEST_P(RightToLeft, a_plain_number_costs_no_marks) {
  EXPECT_EQ(say(GetParam(), "اتصلوا 117 {n}", {{"n", std::int64_t{144}}}), "اتصلوا 117 144");
}

TEST_P(RightToLeft, a_text_that_begins_with_latin_letters_is_led_to_the_right) {
  EXPECT_EQ(say(GetParam(), "AJAM: موعدك"), rlm + "AJAM: موعدك");
  EXPECT_EQ(say(GetParam(), "{who}: موعدك", {{"who", "AJAM"}}), rlm + "AJAM: موعدك");
  EXPECT_EQ(say(GetParam(), "موعدك\n{phone}: هاتف", {{"phone", "+41 32"}}), "موعدك\n" + rlm + lrm + "+41 32: هاتف");
  EXPECT_EQ(say(GetParam(), "AJAM\nموعدك"), rlm + "AJAM\nموعدك");
  EXPECT_EQ(displayed(say(GetParam(), "AJAM: موعدك")), mirrored("موعدك") + " :AJAM");
}

TEST_P(RightToLeft, a_text_all_in_latin_letters_gets_no_marks) {
  EXPECT_EQ(say(GetParam(), "□□□? reply 0"), "□□□? reply 0");
}

TEST(Render, an_arabic_name_does_not_turn_a_french_sentence_around) {
  const std::string text = say("fr", "{name}: 28.03.2027 14:30", {{"name", "أحمد"}});
  EXPECT_EQ(displayed(text), mirrored("أحمد") + ": 28.03.2027 14:30");
  EXPECT_EQ(say("fr", "{name}", {{"name", "Ève 12-3"}}), "Ève 12-3") << "latin text stays as it is, and cheap";
}

TEST(Render, any_thread_may_render_from_one_catalogue) {
  const Catalog catalog = one("ar", "{n, plural, one {يوم} few {# أيام} other {# يوم}} {when}");
  const Values values = {{"n", std::int64_t{5}}, {"when", "28.03.2027 14:30"}};
  const std::string expected = render(catalog, "a", "ar", "fr", values)->text;
  std::vector<int> wrong(4, 0);
  std::vector<std::thread> threads;
  for (int& count : wrong) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) count += render(catalog, "a", "ar", "fr", values)->text == expected ? 0 : 1;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

TEST(Render, a_day_in_two_calendars_stands_in_its_order) {
  const std::string when = "28.03.2027 (8 حمل 1406)، 14:30";
  const std::string text = say("fa-AF", "وعده: {when}", {{"when", when}});
  EXPECT_EQ(text, "وعده: " + when) << "which costs no marks";
  EXPECT_EQ(displayed(text), "14:30 ،(1406 لمح 8) 28.03.2027 " + mirrored("وعده:"));
}

TEST(Render, days_and_hours_are_told_and_do_not_turn_around) {
  using namespace date;
  const Values values{{"day", Day{local_days(2027_y / 3 / 28)}}, {"hour", Hour{std::chrono::hours(14)}}};
  EXPECT_EQ(without_marks(say("fr", "Le {day} à {hour}", values)), "Le 28.03.2027 à 14:00 (بعد الظهر)");
  const std::string text = say("ar", "في {day} الساعة {hour}.", values);
  EXPECT_EQ(text, "في 28.03.2027 الساعة 14:00 (بعد الظهر).") << "which no phone turns around, so no mark is paid for";
  EXPECT_NE(displayed(text).find("28.03.2027"), std::string::npos);
  EXPECT_NE(displayed(text).find("14:00"), std::string::npos);
}

}  // namespace
}  // namespace passerelle::language
