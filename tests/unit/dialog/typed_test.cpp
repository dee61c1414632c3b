// Numbers, days and telephone numbers as people type them.
#include "dialog/typed.hpp"

#include <gtest/gtest.h>

#include "sample.hpp"

namespace passerelle::dialog {
namespace {

const date::local_days today = date::local_days(date::year(2027) / 4 / 10);

// A reading whose words are what language::fold leaves: digits 0-9, no signs.
Reading typed(const std::string& original, const std::string& folded) {
  Reading reading = read(folded);
  reading.original = original;
  return reading;
}

TEST(Typed, a_number_stands_alone_or_beside_one_word) {
  EXPECT_EQ(typed_count(read("4")), 4);
  EXPECT_EQ(typed_count(read("4 personnes")), 4);
  EXPECT_EQ(typed_count(read("nous 4")), 4);
  EXPECT_EQ(typed_count(read("12345")), std::nullopt) << "read() knows four digits; a household has fewer";
  for (const char* text : {"", "personnes", "2 4", "2 ou 3", "4 grandes personnes"})
    EXPECT_EQ(typed_count(read(text)), std::nullopt) << text;
}

struct Day {
  const char* folded;
  OnDate::Range range;
  const char* kept;  // empty: refused
};

TEST(Typed, a_day_is_read_with_the_day_first_and_the_year_that_is_meant) {
  using enum OnDate::Range;
  for (const Day& day : std::vector<Day>{{"3 4 2027", any, "03.04.2027"},
                                         {"28 03", past, "28.03.2027"},
                                         {"28 12", past, "28.12.2026"},
                                         {"10 4", past, "10.04.2027"},
                                         {"10 4", future, "10.04.2027"},
                                         {"9 4", future, "09.04.2028"},
                                         {"2027 04 03", any, "03.04.2027"},
                                         {"1 1 85", past, "01.01.1985"},
                                         {"1 1 26", past, "01.01.2026"},
                                         {"29 2 2028", any, "29.02.2028"},
                                         {"29 2 2027", any, ""},
                                         {"31 4", any, ""},
                                         {"13 13 2027", any, ""},
                                         {"0 4 2027", any, ""},
                                         {"11 4 2027", past, ""},
                                         {"9 4 2027", future, ""},
                                         {"1 1 1850", past, ""},
                                         {"3 avril", any, ""},
                                         {"3", any, ""},
                                         {"1 2 3 4", any, ""},
                                         {"3 4 027", any, ""}}) {
    EXPECT_EQ(typed_date(read(day.folded), day.range, today).value_or(""), day.kept) << day.folded;
  }
}

TEST(Typed, a_day_in_words_counts_in_the_range_that_is_asked_for_and_two_days_do_not) {
  const auto day = [](int from_today) { return today + date::days(from_today); };
  TypedMoment monday;
  monday.days = {{day(-5), day(2)}};
  EXPECT_EQ(typed_date(monday, OnDate::Range::past, today), "05.04.2027");
  EXPECT_EQ(typed_date(monday, OnDate::Range::future, today), "12.04.2027");
  EXPECT_EQ(typed_date(monday, OnDate::Range::any, today), "12.04.2027");
  EXPECT_EQ(typed_moment(monday, today), "12.04.2027");
  TypedMoment saturday;  // which today is
  saturday.days = {{day(0)}, {day(-7), day(7)}};
  EXPECT_EQ(typed_date(saturday, OnDate::Range::past, today), std::nullopt);
  EXPECT_EQ(typed_moment(saturday, today), "10.04.2027 / 17.04.2027");
  saturday.hours = {std::chrono::hours(2), std::chrono::hours(14)};
  EXPECT_EQ(typed_moment(saturday, today), "10.04.2027 02:00 / 10.04.2027 14:00 / 17.04.2027 02:00 / 17.04.2027 14:00");
  saturday.hours = {std::chrono::hours(2), std::chrono::hours(8), std::chrono::hours(14)};
  EXPECT_EQ(typed_moment(saturday, today), std::nullopt) << "nobody can choose from six";
  TypedMoment yesterday;
  yesterday.days = {{day(-1)}};
  EXPECT_EQ(typed_date(yesterday, OnDate::Range::future, today), std::nullopt);
  EXPECT_EQ(typed_moment(yesterday, today), std::nullopt) << "an appointment lies ahead";
}

TEST(Typed, a_phone_number_is_read_where_its_writer_is_at_home_then_where_we_are) {
  const auto phone = [](const char* original, const std::vector<std::string>& dialled_in) {
    return typed_phone(typed(original, ""), dialled_in).value_or("-");
  };
  EXPECT_EQ(phone("+41790000001", {"FR"}), "+41 79 000 00 01");
  EXPECT_EQ(phone("٠٠٤١ ٧٩٠٠٠٠٠٠١", {"CH"}), "+41 79 000 00 01");
  EXPECT_EQ(phone("0041790000001", {}), "+41 79 000 00 01");
  EXPECT_EQ(phone("079 000 00 01", {"CH"}), "+41 79 000 00 01");
  EXPECT_EQ(phone("06 12 34 56 78", {"CH"}), "+41 61 234 56 78") << "a household in Basel";
  EXPECT_EQ(phone("06 12 34 56 78", {"FR", "CH"}), "+33 6 12 34 56 78") << "for whoever has a French phone";
  EXPECT_EQ(phone("06 39 98 00 01", {"FR", "CH"}), "0639980001") << "of a range that neither has: fiction";
  EXPECT_EQ(phone("98 765 432", {"CH", "TN"}), "+216 98 765 432");
  EXPECT_EQ(typed_phone(typed("+41 79 000 00 01, merci", "41 79 000 00 01"), {"CH"}), "+41 79 000 00 01");
}

TEST(Typed, a_phone_number_of_no_country_that_we_think_of_stays_as_it_is_dialled) {
  const auto phone = [](const char* original) { return typed_phone(typed(original, ""), {"CH"}).value_or("-"); };
  EXPECT_EQ(phone("03 53 01 00 55"), "0353010055");
  EXPECT_EQ(phone("079 000"), "-");
  EXPECT_EQ(phone("12"), "-");
  EXPECT_EQ(phone("36105"), "-");
  EXPECT_EQ(phone("appelez le 079 000 00 01"), "-");
  EXPECT_EQ(phone(""), "-");
}

TEST(Typed, what_fits_is_kept_in_one_form_and_sentences_get_numbers_as_numbers) {
  const Library library = library_of({{"menu", R"(steps:
  people:
    ask: menu.people
    answers: [{count: people, from: 1, to: 20, then: since}]
  since:
    ask: menu.since
    answers: [{date: since, range: past, then: photo}]
  photo:
    ask: menu.photo
    answers: [{media: photo, then: done}, {number: 1, keep: photo, value: none, then: done}]
  done:
    ask: menu.done
    answers: [{number: 1, then: end}]
)"}});
  Person person{library};
  person.begin("menu");
  EXPECT_EQ(person.write("21").front(), "say common.not_understood");
  person.write("4 personnes");
  EXPECT_EQ(std::get<SayEffect>(person.last.effects.back()).arguments.at("people"), Argument(std::int64_t{4}));
  person.write("28 03");
  person.show_photo();
  EXPECT_EQ(person.kept("people"), "4");
  EXPECT_EQ(person.kept("since"), "28.03.2027");
  EXPECT_EQ(person.kept("photo"), "17");
}

}  // namespace
}  // namespace passerelle::dialog
