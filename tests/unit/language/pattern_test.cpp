// The compiled sentences say what ICU's own MessageFormat says, for patterns that nobody thought of.
#include "language/pattern.hpp"

#include <gtest/gtest.h>
#include <unicode/msgfmt.h>

#include <algorithm>
#include <array>
#include <random>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "language/assemble.hpp"
#include "language/pattern_on_demand.hpp"

namespace passerelle::language {
namespace {

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

  std::string message(int depth) {
    std::string out;
    for (int i = below(5); i >= 0; --i) out += piece(depth);
    return out;
  }

 private:
  // Apostrophes come in every position: doubled, before braces, before letters, before '#', unclosed at the end.
  std::string piece(int depth) {
    static const std::vector<std::string> literals = {"a",     " ",     "'",  "''", "'{",  "'}'",      "l'été",
                                                      "#",     "'#'",   "|",  "é",  "ሰላም", "😀",       "'{a}'",
                                                      "'''{'", "مرحبا", "=1", ",",  "\n",  "d'accord", "'|'"};
    const int kind = below(depth > 0 ? 10 : 6);
    if (kind < 5) return literals[static_cast<std::size_t>(below(static_cast<int>(literals.size())))];
    if (kind < 7) return below(2) == 0 ? "{who}" : "{ n }";
    if (kind == 7) return "{who, select, x {" + message(depth - 1) + "} other {" + message(depth - 1) + "}}";
    if (kind == 8) return "{n, selectordinal, one {" + message(depth - 1) + "} other {" + message(depth - 1) + "}}";
    const std::string offset = below(3) == 0 ? "offset:1 " : "";
    return "{n,plural, " + offset + "=2 {" + message(depth - 1) + "} one {" + message(depth - 1) + "} other{" +
           message(depth - 1) + "}}";
  }

  std::mt19937 random_;
};

std::string by_icu(const std::string& pattern, const char* locale, const std::string& who, std::int64_t n,
                   bool& accepted) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError error{};
  icu::MessageFormat format(icu::UnicodeString::fromUTF8(pattern), icu::Locale(locale), error, status);
  accepted = U_SUCCESS(status);
  const icu::UnicodeString names[] = {"who", "n"};
  // A simple {n} is told by us, in plain digits; ICU is asked with the same text only where it counts.
  const icu::Formattable values[] = {icu::UnicodeString::fromUTF8(who), icu::Formattable(n)};
  icu::UnicodeString out;
  format.format(names, values, 2, out, status);
  std::string text;
  return accepted && U_SUCCESS(status) ? out.toUTF8String(text) : "";
}

// Mistakes that ICU lets pass: a } outside of arguments, a form that is given twice, a name that is no word.
bool only_ours(const Compiled& compiled) {
  return std::ranges::all_of(compiled.mistakes, [](const PatternMistake& mistake) {
    return mistake.what == "this brace closes nothing" || mistake.what.ends_with("is given twice") ||
           mistake.what.ends_with("cannot be the name of an argument");
  });
}

TEST(Pattern, says_what_icu_says_and_refuses_what_icu_refuses) {
  Generator generator(20270328);
  int compared = 0, refused = 0;
  for (int round = 0; round < 6000; ++round) {
    const std::string pattern = generator.message(2);
    const std::int64_t n = generator.below(30);
    const std::string who = generator.below(2) == 0 ? "x" : "{it's} #";
    const Compiled compiled = compile(pattern, plurals_of("fr"));
    bool accepted = false;
    const std::string expected = by_icu(pattern, "fr@numbers=latn", who, n, accepted);
    ASSERT_TRUE(accepted == (compiled.pattern != nullptr) || only_ours(compiled))
        << pattern << (compiled.mistakes.empty() ? "" : compiled.mistakes.front().what);
    if (compiled.pattern == nullptr) {
      ++refused;
      continue;
    }
    if (compiled.pattern->arguments.contains("a")) continue;  // quoting turned out otherwise: an argument without value
    const std::vector<ArgumentText> arguments = {{"who", who, who, {}}, {"n", std::to_string(n), std::to_string(n), n}};
    const auto text = assemble(*compiled.pattern, arguments, false);
    ASSERT_TRUE(text) << pattern;
    ASSERT_EQ(*text, expected) << pattern << "\nn=" << n;
    ++compared;
  }
  EXPECT_GT(compared, 2500);
  EXPECT_GT(refused, 100) << "the generator must also write broken patterns";
}

TEST(Pattern, the_plural_forms_are_icus_in_every_language_that_we_ship) {
  for (const char* locale : {"fr", "en", "ar", "ti", "uk", "fa_AF", "ps", "so", "ru", "ckb"}) {
    const Compiled compiled = compile("{n, plural, one {1} other {*}}", plurals_of(locale));
    if (compiled.pattern == nullptr) continue;  // a language without 'one'
    for (const std::int64_t n : {0, 1, 2, 3, 5, 11, 21, 22, 100, 101}) {
      bool accepted = false;
      const std::string expected = by_icu("{n, plural, one {1} other {*}}", locale, "", n, accepted);
      const std::vector<ArgumentText> arguments = {{"n", "", "", n}};
      EXPECT_EQ(*assemble(*compiled.pattern, arguments, false), expected) << locale << ' ' << n;
    }
  }
}

TEST(Pattern, a_number_inside_a_text_is_marked_once_when_it_is_loaded) {
  const Compiled compiled = compile("هاتف +41 32 {n}", plurals_of("ar"));
  ASSERT_EQ(compiled.pattern->pieces.size(), 2u);
  const Text& text = std::get<Text>(compiled.pattern->pieces[0].is);
  EXPECT_EQ(text.plain, "هاتف +41 32 ");
  EXPECT_EQ(text.marked, "هاتف \u2066+41 32\u2069 ");
}

TEST(PatternOnDemand, all_threads_get_the_one_form) {
  const std::string text = "{n, plural, one {# jour} other {# jours}}";
  for (int round = 0; round < 200; ++round) {
    const PatternOnDemand sentence(plurals_of("fr"));
    std::array<const Pattern*, 4> seen{};
    std::vector<std::thread> threads;
    for (const Pattern*& each : seen) threads.emplace_back([&sentence, &text, &each] { each = sentence.of(text); });
    for (std::thread& thread : threads) thread.join();
    ASSERT_NE(seen[0], nullptr);
    EXPECT_EQ(seen[0]->arguments, std::set<std::string>{"n"});
    EXPECT_TRUE(std::ranges::all_of(seen, [&seen](const Pattern* each) { return each == seen[0]; }));
  }
}

TEST(PatternOnDemand, a_copy_outlives_the_sentence_and_what_was_moved_from_has_nothing) {
  PatternOnDemand copy;
  EXPECT_EQ(copy.of("{x}"), nullptr);
  PatternOnDemand moved;
  {
    PatternOnDemand sentence(plurals_of("fr"));
    const Pattern* const form = sentence.of("{x}");
    copy = sentence;
    moved = std::move(sentence);
    EXPECT_EQ(moved.of("{x}"), form);
  }
  EXPECT_EQ(copy.of("{x}")->arguments, std::set<std::string>{"x"});
  EXPECT_NE(copy.of("{x}"), moved.of("{x}"));
}

TEST(PatternOnDemand, a_mistake_that_no_check_saw_is_shown_as_it_stands) {
  const PatternOnDemand sentence(plurals_of("fr"));
  const Pattern* const form = sentence.of("a {b");
  ASSERT_EQ(form->pieces.size(), 1U);
  EXPECT_EQ(std::get<Text>(form->pieces[0].is).plain, "a {b");
}

}  // namespace
}  // namespace passerelle::language
