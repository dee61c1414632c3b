// What the marks show against Unicode's isolates, laid out by ICU.
#include "language/bidi.hpp"

#include <gtest/gtest.h>
#include <unicode/ubidi.h>
#include <unicode/unistr.h>

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace passerelle::language {
namespace {

const std::string lrm = "\u200E", rlm = "\u200F";

std::string displayed(const std::string& line) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(line);
  UBiDi* bidi = ubidi_open();
  ubidi_setPara(bidi, wide.getBuffer(), wide.length(), UBIDI_DEFAULT_LTR, nullptr, &status);
  std::vector<UChar> shown(static_cast<std::size_t>(2 * wide.length() + 1));
  const std::int32_t size = ubidi_writeReordered(bidi, shown.data(), static_cast<std::int32_t>(shown.size()),
                                                 UBIDI_REMOVE_BIDI_CONTROLS | UBIDI_DO_MIRRORING, &status);
  ubidi_close(bidi);
  EXPECT_TRUE(U_SUCCESS(status));
  std::string out;
  icu::UnicodeString(shown.data(), size).toUTF8String(out);
  return out;
}

std::size_t marks_in(const std::string& text) {
  std::size_t count = 0;
  for (const std::string& mark : {lrm, rlm}) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) ++count;
  }
  return count;
}

std::string marked(const std::string& text) { return to_marks(isolate_numbers(text)); }

TEST(Bidi, neighbours_stand_apart_the_first_at_the_right) {
  EXPECT_EQ(to_marks("هنا: " + isolated("Maison du Pont") + "، " + isolated("Rue du Pont 3")),
            "هنا: Maison du Pont، " + rlm + "Rue du Pont 3");
  EXPECT_EQ(to_marks("من " + isolated("Anna") + " " + isolated("+41 32 1")), "من Anna " + rlm + lrm + "+41 32 1");
  EXPECT_EQ(to_marks("STOP: " + isolated("+41 32 1") + " هنا"), rlm + "STOP: " + rlm + lrm + "+41 32 1 هنا");
  EXPECT_EQ(to_marks("هنا " + isolated("Anna") + " 24 STOP"), "هنا Anna " + rlm + "24 STOP");
}

TEST(Bidi, opening_hours_read_from_the_right_each_of_them_from_the_left) {
  const std::string hours = marked("الاثنين 08:30-11:30, 13:30-17:00");
  EXPECT_EQ(hours, "الاثنين " + lrm + "08:30-11:30, " + rlm + lrm + "13:30-17:00");
  EXPECT_LT(displayed(hours).find("13:30-17:00"), displayed(hours).find("08:30-11:30"));
  EXPECT_NE(displayed("الاثنين 08:30-11:30").find("11:30-08:30"), std::string::npos)
      << "without marks they turn around";
}

TEST(Bidi, an_address_in_a_text_stays_one) {
  EXPECT_NE(displayed(marked("عنواننا Rue du Pont 3, 2800 Valmoret هنا")).find("Rue du Pont 3, 2800 Valmoret"),
            std::string::npos);
}

TEST(Bidi, only_what_turns_around_costs_marks) {
  for (const char* text :
       {"في 28.03.2027، 14:30 (مساء)", "1 = نعم", "اتصلوا 117", "هنا Maison du Pont.", "من 18 إلى 20"}) {
    EXPECT_EQ(marked(text), text);
  }
  EXPECT_EQ(to_marks("هنا " + isolated("Rue 3") + " في " + isolated("14:30")), "هنا Rue 3 في 14:30");
  EXPECT_EQ(to_marks("هنا " + isolated("Rue 3.") + " نعم"), "هنا Rue 3." + lrm + " نعم");
}

TEST(Bidi, lines_without_right_to_left_letters) {
  EXPECT_EQ(to_marks("أين؟\n" + isolated("1 = Rivebelle") + "\n" + isolated("+33 3")),
            "أين؟\n1 = Rivebelle\n" + lrm + "+33 3");
  EXPECT_EQ(to_marks(isolated("Soupe du soir")), "Soupe du soir");
  EXPECT_EQ(to_marks(isolated("+33 3")), lrm + "+33 3") << "an Arabic phone would lay it out from the right";
  EXPECT_EQ(lead_right("Soupe du soir\nمفتوح"), rlm + "Soupe du soir\nمفتوح");
  EXPECT_EQ(lead_right("Soupe du soir"), "Soupe du soir");
}

TEST(Bidi, many_mixed_lines_are_displayed_as_with_isolates) {
  constexpr std::array words{"موعدكم", "في", "هنا:", "ساعت", "۱۳ میزان", "24"};
  constexpr std::array arguments{"+33 3 53 01 00 12",
                                 "28.03.2027",
                                 "14:30",
                                 "08:30-11:30",
                                 "Rue du Pont 3, Valmoret",
                                 "Anna",
                                 "B1 (VD)",
                                 "12-B",
                                 "(032) 421 12 12",
                                 "-5",
                                 "50 %",
                                 "117, 118, 144",
                                 "2026-10-05"};
  constexpr std::array between{"، ", " ", ": ", " - ", " (", ") ", " = ", ". "};
  std::mt19937 random(20261130);  // the same lines every time
  const auto any = [&random](const auto& of) { return of[random() % of.size()]; };
  std::size_t with_marks = 0, always_two = 0, turned = 0;
  constexpr int lines = 20'000;
  for (int i = 0; i < lines; ++i) {
    std::string line = "موعد ";
    std::size_t isolates = 0;
    for (std::size_t n = 1 + random() % 6; n > 0; --n) {
      const bool argument = random() % 2 == 0;
      isolates += argument ? 1U : 0U;
      line += (argument ? isolated(any(arguments)) : std::string(any(words))) + any(between);
    }
    const std::string text = to_marks(line);
    ASSERT_EQ(displayed(text), displayed(line)) << line << '\n' << text;
    with_marks += marks_in(text);
    always_two += 2 * isolates;
    std::string bare = text;
    for (const std::string& mark : {lrm, rlm}) {
      for (std::size_t at = bare.find(mark); at != std::string::npos; at = bare.find(mark)) bare.erase(at, mark.size());
    }
    turned += displayed(bare) != displayed(line) ? 1U : 0U;
  }
  EXPECT_LT(with_marks, always_two * 2 / 3) << "two marks around each would cost " << always_two;
  EXPECT_GT(turned, lines / 2U) << "this test shows little without the marks";
}

}  // namespace
}  // namespace passerelle::language
