// The menu of 21 languages: the likely ones first, and no message of more than two SMS.
#include "turns/language_menu.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "dialog/language_menu.hpp"
#include "language/read.hpp"
#include "language/segments.hpp"
#include "turns/compose.hpp"

namespace passerelle::turns {
namespace {

const Content& shipped() {
  static const LoadedContent loaded = load_content({});
  return *loaded.content;
}

std::vector<Locale> order(std::string_view text, std::string_view country = {}, const Conversation& conversation = {}) {
  return likely_first(shipped(), conversation, language::read(text, shipped().keywords), country);
}

std::vector<Locale> first_of(std::vector<Locale> all, std::size_t count) {
  all.resize(std::min(count, all.size()));
  return all;
}

bool among_first(const std::vector<Locale>& all, const Locale& locale, std::size_t count) {
  const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(count, all.size()));
  return std::find(all.begin(), end, locale) != end;
}

TEST(LanguageMenuOrder, every_language_stands_in_it_once) {
  for (const char* text : {"", "selam", "ሰላም", "سلام", "STOP", "1"}) {
    std::vector<Locale> all = order(text, "ER");
    EXPECT_EQ(all.size(), shipped().languages.size()) << text;
    std::ranges::sort(all);
    EXPECT_EQ(std::ranges::adjacent_find(all), all.end()) << text;
  }
}

TEST(LanguageMenuOrder, what_is_written_in_the_letters_of_the_text_comes_first) {
  for (const char* locale : {"ti", "am"}) EXPECT_TRUE(among_first(order("ሰላም"), locale, 2)) << locale;
  for (const char* locale : {"ar", "fa", "fa-AF", "ps", "ckb"})
    EXPECT_TRUE(among_first(order("سلام"), locale, 5)) << locale;
  for (const char* locale : {"uk", "ru"}) EXPECT_TRUE(among_first(order("привет"), locale, 2)) << locale;
}

TEST(LanguageMenuOrder, what_latin_letters_may_be_comes_before_the_country_and_that_before_the_rest) {
  EXPECT_TRUE(among_first(order("faleminderit, kam nevoje per nje dhome"), "sq", 3));
  EXPECT_TRUE(among_first(order("🙂", "ER"), "ti", 1)) << "nothing but the telephone tells";
  EXPECT_TRUE(among_first(order("ok", "UA"), "uk", 5));
  EXPECT_TRUE(among_first(order("merhaba", "XK"), "sq", 5));
}

TEST(LanguageMenuOrder, a_word_of_everybody_tells_nothing) {
  EXPECT_EQ(order("STOP"), order("1"));
  EXPECT_EQ(order("STOP", "VN").front(), "vi");
}

TEST(LanguageMenuOrder, what_we_know_of_the_person_comes_before_their_telephone) {
  Conversation conversation;
  conversation.locale = "so";
  conversation.last_reply = "it";
  EXPECT_EQ(first_of(order("LANGUE", "ER", conversation), 4), (std::vector<Locale>{"so", "it", "ti", "ar"}));
}

TEST(LanguageMenuOrder, a_phone_that_shows_latin_letters_gets_no_others) {
  Conversation conversation;
  conversation.latin_only = true;
  const std::vector<Locale> all = order("0", "ER", conversation);
  EXPECT_EQ(all.size(), shipped().latin_languages.size());
  EXPECT_FALSE(among_first(all, "ti", all.size()));
}

TEST(LanguageMenuOrder, the_most_spoken_language_of_a_country_that_the_association_writes) {
  EXPECT_EQ(language_of(shipped(), "ER"), "ti");
  EXPECT_EQ(language_of(shipped(), "PK"), "ps");
  EXPECT_EQ(language_of(shipped(), "JP"), "");
  EXPECT_EQ(language_of(shipped(), ""), "");
}

// What a text gets as its menu, on a channel that shows so many buttons.
std::vector<std::string> offered(std::string_view text, std::size_t buttons, Conversation conversation = {}) {
  const Reading reading = language::read(text, shipped().keywords);
  const KnowsLanguages knows(dialog::nothing_known(), shipped(), conversation, reading, {{}, buttons});
  std::vector<std::string> ids;
  for (const dialog::Choice& choice : knows.list("languages", {})) ids.push_back(choice.id);
  return ids;
}

TEST(LanguageMenuOrder, buttons_show_ten_lines_and_a_text_six) {
  const auto place = [](const std::vector<std::string>& ids) {
    return std::ranges::find_if(ids, dialog::leads_to_others) - ids.begin();
  };
  EXPECT_EQ(place(offered("hello", 10)), 9);
  EXPECT_EQ(place(offered("hello", 3)), place(offered("hello", 0))) << "too few for a list";
  EXPECT_LE(place(offered("hello", 0)), 5);
  EXPECT_GE(place(offered("hello", 0)), 3);
  EXPECT_EQ(offered("hello", 10).size(), shipped().languages.size() + 1);
}

// Whichever languages come first, and in whatever language it is asked: two SMS.
TEST(LanguageMenuOrder, no_part_takes_more_than_two_sms) {
  const Content& content = shipped();
  const auto name = [&](const std::string& id) {
    return dialog::leads_to_others(id) ? std::string() : content.catalog.find(id)->name;
  };
  for (const dialog::LanguageChoice& reader : content.languages) {
    for (const dialog::LanguageChoice& first : content.languages) {
      Conversation conversation;
      conversation.locale = first.locale;
      std::vector<std::string> ids = offered("", 0, conversation);
      for (int part = 0; part < 5; ++part) {
        std::string lines;
        for (const std::size_t at : dialog::shown_part(ids)) {
          const std::string shown =
              name(ids[at]).empty() ? tell(content, {"language.more", {}}, reader.locale, {}) : name(ids[at]);
          lines += (lines.empty() ? "" : "\n") + std::to_string(at + 1) + " = " + shown;
        }
        std::string text = tell(content, {"language.menu", {{"languages", lines}}}, reader.locale, {});
        if (part == 0) text += "\n" + tell(content, {"common.latin_line", {}}, reader.locale, {});
        // Kurmanji has a long word for "call me".
        const std::size_t most = reader.locale == "ku" ? 3 : 2;
        EXPECT_LE(language::segments(text).parts.size(), most) << reader.locale << ": " << text;
        ids = dialog::next_part(std::move(ids));
      }
    }
  }
}

}  // namespace
}  // namespace passerelle::turns
