#include "language/local_time.hpp"

#include <gtest/gtest.h>

namespace passerelle::language {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

CivilTime at(int hour, int minute = 0) {
  using namespace date;
  return local_days(2027_y / 3 / 28) + hours(hour) + minutes(minute);
}

Catalog catalog() {
  Catalog all;
  const auto add = [&all](const std::string& locale, const std::string& moment, const std::vector<std::string>& words) {
    const char* const keys[] = {"morning", "noon", "afternoon", "evening", "night"};
    std::string messages = R"("time.moment": {"defaultMessage": ")" + moment +
                           R"j("}, "time.hour": {"defaultMessage": "{time} ({part})"})j";
    for (std::size_t i = 0; i < words.size(); ++i) {
      messages += R"(, "time.)" + std::string(keys[i]) + R"(": {"defaultMessage": ")" + words[i] + "\"}";
    }
    const Findings findings = all.add(
        locale + ".json",
        R"({"locale.name": {"defaultMessage": "N"}, "locale.status": {"defaultMessage": "draft"}, )" + messages + "}");
    EXPECT_TRUE(findings.empty()) << to_string(findings.front());
  };
  add("fr", "{date}, {time} ({part})", {"matin", "midi", "après-midi", "soir", "nuit"});
  add("ar", "{date}، {time} ({part})", {"صباحاً", "ظهراً", "بعد الظهر", "مساءً", "ليلاً"});
  add("ti", "{date} {part} {time}", {"ንጉሆ", "ቀትሪ", "ድሕሪ ቀትሪ", "ምሸት", "ለይቲ"});
  return all;
}

TEST(LocalTime, is_dd_mm_yyyy_and_hh_mm_with_a_word_for_the_part_of_the_day) {
  EXPECT_EQ(local_time(catalog(), at(14, 30), "fr", "fr"), "28.03.2027, 14:30 (après-midi)");
  EXPECT_EQ(local_time(catalog(), at(8, 5), "ti", "fr"), "28.03.2027 ንጉሆ 08:05");
}

TEST(LocalTime, a_day_has_no_hour_and_an_hour_has_no_day) {
  using namespace date;
  EXPECT_EQ(local_time(catalog(), Day{local_days(2027_y / 3 / 8)}, "ar", "fr"), "08.03.2027");
  EXPECT_EQ(local_time(catalog(), Hour{hours(9) + minutes(5)}, "fr", "fr"), "09:05 (matin)");
  EXPECT_EQ(local_time(catalog(), Hour{hours(23)}, "ti", "fr"), "23:00 (ለይቲ)");
  EXPECT_EQ(local_time(Catalog(), Hour{hours(14)}, "fr", "fr"), "14:00");
}

TEST(LocalTime, keeps_digits_0_to_9_and_writes_no_marks_in_arabic) {
  EXPECT_EQ(local_time(catalog(), at(9), "ar", "fr"), "28.03.2027، 09:00 (صباحاً)");
}

TEST(LocalTime, the_parts_of_the_day_change_at_their_hours) {
  const Catalog all = catalog();
  const auto word = [&all](int hour, int minute) {
    const std::string text = local_time(all, at(hour, minute), "fr", "fr");
    return text.substr(text.find('('));
  };
  EXPECT_EQ(word(0, 0), "(nuit)");
  EXPECT_EQ(word(4, 59), "(nuit)");
  EXPECT_EQ(word(5, 0), "(matin)");
  EXPECT_EQ(word(11, 59), "(matin)");
  EXPECT_EQ(word(12, 0), "(midi)");
  EXPECT_EQ(word(13, 59), "(midi)");
  EXPECT_EQ(word(14, 0), "(après-midi)");
  EXPECT_EQ(word(17, 59), "(après-midi)");
  EXPECT_EQ(word(18, 0), "(soir)");
  EXPECT_EQ(word(21, 59), "(soir)");
  EXPECT_EQ(word(22, 0), "(nuit)");
}

TEST(LocalTime, a_time_before_1970_has_its_own_hour) {
  using namespace date;
  EXPECT_EQ(local_time(catalog(), local_days(1969_y / 12 / 31) + hours(23), "fr", "fr"), "31.12.1969, 23:00 (nuit)");
}

TEST(LocalTime, a_language_without_the_words_borrows_those_of_the_site) {
  EXPECT_EQ(local_time(catalog(), at(14), "so", "fr"), "28.03.2027, 14:00 (après-midi)");
}

TEST(LocalTime, without_any_words_the_digits_stand_alone) {
  EXPECT_EQ(local_time(Catalog(), at(14), "fr", "fr"), "28.03.2027 14:00");
}

}  // namespace
}  // namespace passerelle::language
