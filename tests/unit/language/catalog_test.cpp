#include "language/catalog.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "language/locale_name.hpp"

namespace passerelle::language {
namespace {

std::string file_of(const std::string& messages) {
  return R"({"locale.name": {"defaultMessage": "N"}, "locale.status": {"defaultMessage": "draft"})" +
         (messages.empty() ? "" : ", " + messages) + "}";
}

Findings add(const std::string& messages, const std::string& locale = "fr") {
  Catalog catalog;
  return catalog.add(locale + ".json", file_of(messages));
}

// "line:column what" of the only finding.
std::string only(const Findings& findings) {
  if (findings.size() != 1) return std::to_string(findings.size()) + " findings";
  const Finding& one = findings.front();
  return std::to_string(one.at.line) + ':' + std::to_string(one.at.column) + ' ' + one.what;
}

TEST(Catalog, a_good_file_has_no_findings_and_its_sentences_are_found) {
  Catalog catalog;
  const Findings findings = catalog.add("fr.json", R"({
  "locale.name": {"defaultMessage": "Français"},
  "locale.status": {"defaultMessage": "reviewed by A. B., 2027-01-02"},
  "hello": {"defaultMessage": "Bonjour {name}", "description": "[critical] first words"},
  "yes_words": {"defaultMessage": "oui|d'accord", "description": "[words]"}
})");
  EXPECT_TRUE(findings.empty()) << to_string(findings.front());
  const LocaleFile* file = catalog.find("fr");
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(file->name, "Français");
  EXPECT_FALSE(file->draft);
  const Sentence& hello = file->sentences.at("hello");
  EXPECT_EQ(hello.arguments(), std::set<std::string>{"name"});
  EXPECT_EQ(hello.note, "first words");
  EXPECT_TRUE(hello.critical);
  EXPECT_EQ(hello.at, (Position{"fr.json", 4, 31}));
  EXPECT_TRUE(file->sentences.at("yes_words").words);
  EXPECT_EQ(catalog.keys(), (std::set<std::string>{"hello", "yes_words"}));
}

TEST(Catalog, the_direction_and_the_script_come_from_the_language) {
  Catalog catalog;
  for (const char* locale : {"fr", "ar", "fa-AF", "ps", "ckb", "ku", "ti", "uk", "so"}) {
    EXPECT_TRUE(catalog.add(locale + std::string(".json"), file_of("")).empty()) << locale;
  }
  for (const char* locale : {"ar", "fa-AF", "ps", "ckb"}) EXPECT_TRUE(catalog.find(locale)->rtl) << locale;
  for (const char* locale : {"fr", "ku", "ti", "uk", "so"}) EXPECT_FALSE(catalog.find(locale)->rtl) << locale;
  for (const char* locale : {"fr", "ku", "so"}) EXPECT_TRUE(catalog.find(locale)->latin_script) << locale;
  for (const char* locale : {"ar", "fa-AF", "ti", "uk"}) EXPECT_FALSE(catalog.find(locale)->latin_script) << locale;
}

TEST(Catalog, broken_json_is_told_with_its_line_and_column) {
  Catalog catalog;
  const Findings comma = catalog.add("fr.json", "{\n  \"a\": \"fr\"\n  \"b\": 3}");
  ASSERT_EQ(comma.size(), 1u);
  EXPECT_EQ(comma.front().at.line, 3);
  EXPECT_EQ(comma.front().at.column, 3);
  for (const char* text : {"", "{", "[1", "{}x", "\xEF\xBB\xBF{}", "{\"a\": \"\xFF\"}", "nul"}) {
    EXPECT_EQ(catalog.add("fr.json", text).size(), 1u) << text;
  }
  EXPECT_EQ(catalog.locales().size(), 0u);
}

TEST(Catalog, a_file_that_is_no_object_or_lacks_its_parts_is_refused) {
  Catalog catalog;
  EXPECT_EQ(only(catalog.add("fr.json", "[]")), "1:1 a language file is an object");
  EXPECT_FALSE(catalog.add("fr.json", "{}").empty());
  EXPECT_EQ(catalog.add("fr.json", R"({"locale.name": "F", "locale.status": {"defaultMessage": 7}})").size(), 3u);
  EXPECT_EQ(only(catalog.add("ti.json", R"({"locale.status": {"defaultMessage": "draft"}})")),
            "0:0 the language has no name");
}

TEST(Catalog, a_file_over_one_megabyte_is_refused_unread) {
  const std::string filler(1'000'000, ' ');
  Catalog catalog;
  EXPECT_EQ(only(catalog.add("fr.json", filler + file_of(""))), "0:0 the file is larger than 1 MB");
}

TEST(Catalog, deep_nesting_is_refused_and_not_followed) {
  Catalog catalog;
  EXPECT_EQ(catalog.add("fr.json", std::string(500'000, '[')).size(), 1u);
  std::string deep;
  for (int i = 0; i < 60'000; ++i) deep += "{a, select, other {";
  EXPECT_EQ(add(R"("a": {"defaultMessage": ")" + deep + R"("})").size(), 1u);
  EXPECT_EQ(add(R"("a": {"defaultMessage": ")" + deep.substr(0, 8'000) + R"("})").size(), 1u);
}

TEST(Catalog, equal_keys_are_refused_at_the_second_one) {
  Catalog catalog;
  const Findings findings = catalog.add("fr.json", R"({"locale.name": {"defaultMessage": "F"},
"locale.status": {"defaultMessage": "draft"},
  "a": {"defaultMessage": "1"},
  "b": {"defaultMessage": "2"},
  "\u0061": {"defaultMessage": "3"}})");
  EXPECT_EQ(only(findings), "5:3 the key 'a' is given twice");
  EXPECT_NE(findings.front().remedy.find("line 3"), std::string::npos);
}

TEST(Catalog, a_field_that_nobody_knows_is_refused_with_the_nearest_one) {
  const Findings findings = add(R"("a": {"defaultMessage": "x", "descripton": "y"})");
  EXPECT_EQ(only(findings), "1:117 there is no field 'descripton' here");
  EXPECT_EQ(findings.front().remedy, "did you mean 'description'?");
  EXPECT_EQ(add(R"("locale.nam": {"defaultMessage": "x"})").front().remedy, "did you mean 'locale.name'?");
}

TEST(Catalog, keys_are_small_letters_digits_underscores_and_dots) {
  EXPECT_TRUE(add(R"("demo.first_2": {"defaultMessage": "x"})").empty());
  for (const char* key : {"A", "a-b", "a b", "é", ""}) {
    EXPECT_EQ(add("\"" + std::string(key) + R"(": {"defaultMessage": "x"})").size(), 1u) << key;
  }
}

TEST(Catalog, a_message_needs_a_text_and_fields_of_the_right_kind) {
  for (const char* message : {R"({})", R"({"defaultMessage": ""})", R"("x")", R"({"defaultMessage": 3})",
                              R"({"defaultMessage": "x", "words": true})", R"({"defaultMessage": "x", "note": []})"}) {
    EXPECT_GE(add(R"("a": )" + std::string(message)).size(), 1u) << message;
  }
}

TEST(Catalog, the_status_is_draft_or_reviewed) {
  Catalog catalog;
  const auto with = [&catalog](const std::string& status) {
    return catalog.add("fr.json", R"({"locale.name": {"defaultMessage": "F"}, "locale.status": {"defaultMessage": ")" +
                                      status + "\"}}");
  };
  EXPECT_EQ(only(with("done")), "1:78 the status 'done' is neither draft nor reviewed");
  EXPECT_EQ(with("reviewed").size(), 1u) << "by whom?";
  EXPECT_EQ(with("draft").size(), 0u);
}

struct BadPattern {
  const char* text;
  int column;  // of the mistake, in characters after the opening quote
  const char* says;
};

class RefusedPattern : public testing::TestWithParam<BadPattern> {};

TEST_P(RefusedPattern, is_told_at_the_very_character) {
  const std::string before = file_of(R"("a": {"defaultMessage": ")");
  const int quote = static_cast<int>(before.rfind(R"("defaultMessage": ")") + 19);
  const Findings findings = add(R"("a": {"defaultMessage": ")" + std::string(GetParam().text) + R"("})");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_NE(to_string(findings.front()).find(GetParam().says), std::string::npos) << to_string(findings.front());
  EXPECT_EQ(findings.front().at.column - quote, GetParam().column) << to_string(findings.front());
}

INSTANTIATE_TEST_SUITE_P(
    Catalog, RefusedPattern,
    testing::Values(BadPattern{"a {name", 3, "brace"}, BadPattern{"é\\n😀 {name", 6, "brace"},
                    BadPattern{"{n, plural, one {x}}", 1, "other"}, BadPattern{"{n, number}", 5, "'number'"},
                    BadPattern{"{d, date, short}", 5, "'date'"}, BadPattern{"at {t, time}", 8, "'time'"},
                    BadPattern{"{n, choice, 0#none|1#one}", 2, "'choice'"}, BadPattern{"name}", 5, "closes nothing"},
                    BadPattern{"{a} '{b}' c}", 12, "closes nothing"}, BadPattern{"{0}", 2, "'0'"},
                    BadPattern{"{Nom}", 2, "'Nom'"}, BadPattern{"{n, plural, few {x} other {y}}", 13, "few"},
                    BadPattern{"{n, plural, one {x} one {z} other {y}}", 21, "twice"},
                    BadPattern{"{n, plural, one {{d, spellout}} other {y}}", 22, "'spellout'"}));

TEST(Catalog, allowed_choices_pass_in_the_languages_that_have_them) {
  EXPECT_TRUE(add(R"("a": {"defaultMessage": "{n, plural, =0 {no} one {# day} other {# days}}"})").empty());
  EXPECT_TRUE(add(R"("a": {"defaultMessage": "{n, selectordinal, one {#er} other {#e}}"})").empty());
  EXPECT_TRUE(add(R"("a": {"defaultMessage": "{who, select, you {a} other {b {n, plural, other {#}}}}"})").empty());
  EXPECT_TRUE(
      add(R"("a": {"defaultMessage": "{n, plural, zero {0} two {2} few {x} many {y} other {z}}"})", "ar").empty());
  EXPECT_EQ(add(R"("a": {"defaultMessage": "{n, plural, two {2} other {z}}"})", "fr").size(), 1u);
}

TEST(Catalog, bidi_controls_and_other_invisible_characters_are_refused_where_they_stand) {
  EXPECT_EQ(only(add("\"a\": {\"defaultMessage\": \"abc\u200F\"}")),
            "1:116 an invisible control character stands here");
  EXPECT_EQ(only(add(R"("a": {"defaultMessage": "\n\u202Ea"})")), "1:115 an invisible control character stands here");
  EXPECT_EQ(add(R"("a": {"defaultMessage": "a\u0007"})").size(), 1u);
  EXPECT_EQ(add(R"("a": {"defaultMessage": "a", "description": "\u2067"})").size(), 1u);
  EXPECT_TRUE(add("\"a\": {\"defaultMessage\": \"می\u200Cخواهم\"}", "fa").empty())
      << "Persian needs the zero-width non-joiner";
}

TEST(Catalog, a_list_of_words_has_no_arguments_and_no_empty_words) {
  EXPECT_TRUE(add(R"("a": {"defaultMessage": "oui|d'accord", "description": "[words]"})").empty());
  for (const char* words : {"oui|", "|oui", "oui||non", "oui| |non", "oui|{name}"}) {
    EXPECT_EQ(add(R"("a": {"description": "[words]", "defaultMessage": ")" + std::string(words) + R"("})").size(), 1u)
        << words;
  }
}

TEST(Catalog, flags_of_the_source_hold_for_every_language_whatever_file_comes_first) {
  Catalog catalog;
  catalog.add("ar.json", file_of(R"("a": {"defaultMessage": "1"}, "b_words": {"defaultMessage": "x|"})"));
  const Findings findings =
      catalog.add("fr.json", file_of(R"("a": {"defaultMessage": "1", "description": "[critical] [words]note"},
        "b_words": {"defaultMessage": "x|y", "description": "[words]"})"));
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(to_string(findings.front().at), "ar.json:1:148") << "a list with an empty word";
  catalog.add("uk.json", file_of(R"("a": {"defaultMessage": "1", "description": "a note of its own"})"));
  for (const char* locale : {"fr", "ar", "uk"}) {
    EXPECT_TRUE(catalog.find(locale)->sentences.at("a").critical) << locale;
    EXPECT_TRUE(catalog.find(locale)->sentences.at("a").words) << locale;
  }
  EXPECT_EQ(catalog.find("fr")->sentences.at("a").note, "note");
  catalog.add("own/fr.json", file_of(R"("a": {"defaultMessage": "2"})"));
  EXPECT_TRUE(catalog.find("fr")->sentences.at("a").critical) << "an association cannot take it off";
}

TEST(Catalog, a_flag_that_nobody_knows_is_told_with_the_nearest_one) {
  for (const char* description : {"[crtical] x", "[critical] [word", "[]"}) {
    EXPECT_EQ(add(R"("a": {"defaultMessage": "x", "description": ")" + std::string(description) + "\"}").size(), 1u)
        << description;
  }
  EXPECT_EQ(add(R"("a": {"defaultMessage": "x", "description": "[crtical]"})").front().remedy,
            "did you mean 'critical'?");
  EXPECT_TRUE(add(R"("a": {"defaultMessage": "x", "description": "Words in [brackets]."})").empty());
}

TEST(Catalog, the_language_is_the_last_part_of_the_files_name) {
  Catalog catalog;
  EXPECT_TRUE(catalog.add("my.folder/bike.fa-AF.json", file_of("")).empty());
  EXPECT_EQ(catalog.locales(), std::vector<Locale>{"fa-AF"});
  EXPECT_EQ(only(catalog.add("french.json", file_of(""))),
            "1:1 there is no language 'french', after which the file is called");
}

TEST(Catalog, a_language_that_icu_answers_in_english_is_refused_with_the_right_name) {
  for (const auto& [wrong, right] : std::vector<std::pair<std::string, std::string>>{
           {"prs", "fa-AF"}, {"kmr", "ku"}, {"fa_AF", "fa-AF"}, {"fa-af", "fa-AF"}, {"FR", "fr"}}) {
    const Findings findings = add("", wrong);
    ASSERT_EQ(findings.size(), 1u) << wrong;
    EXPECT_NE(findings.front().remedy.find("'" + right + "'"), std::string::npos) << to_string(findings.front());
  }
  for (const char* wrong :
       {"dyu", "mnk", "xx", "", "fr-XX", "root", "not a language at all, and far too long to be one"}) {
    EXPECT_EQ(add("", wrong).size(), 1u) << wrong;
  }
  for (const char* right :
       {"fr", "en", "ar", "ar-TN", "ti", "ti-ER", "fa-AF", "ps", "tr", "ku", "uk", "so", "ckb", "am", "sr-Latn"}) {
    EXPECT_TRUE(add("", right).empty()) << right;
  }
}

TEST(Catalog, a_later_file_of_a_language_replaces_keys_and_keeps_the_others) {
  Catalog catalog;
  ASSERT_TRUE(catalog.add("fr.json", file_of(R"("a": {"defaultMessage": "1"}, "b": {"defaultMessage": "2"})")).empty());
  ASSERT_TRUE(catalog.add("own/fr.json", file_of(R"("b": {"defaultMessage": "3"}, "demo.c": {"defaultMessage": "4"})"))
                  .empty());
  const auto pattern = [&](const char* key) { return catalog.sentence(key, "fr", "fr")->sentence->pattern; };
  EXPECT_EQ(pattern("a"), "1");
  EXPECT_EQ(pattern("b"), "3");
  EXPECT_EQ(pattern("demo.c"), "4");
  EXPECT_EQ(catalog.locales(), std::vector<Locale>{"fr"});
}

TEST(Catalog, a_missing_sentence_falls_back_to_the_site_then_french_then_english) {
  Catalog catalog;
  catalog.add(
      "en.json",
      file_of(
          R"("a": {"defaultMessage": "en"}, "b": {"defaultMessage": "en"}, "c": {"defaultMessage": "en"}, "d": {"defaultMessage": "en"})"));
  catalog.add(
      "fr.json",
      file_of(R"("a": {"defaultMessage": "fr"}, "b": {"defaultMessage": "fr"}, "c": {"defaultMessage": "fr"})"));
  catalog.add("ar.json", file_of(R"("a": {"defaultMessage": "ar"}, "b": {"defaultMessage": "ar"})"));
  catalog.add("ti.json", file_of(R"("a": {"defaultMessage": "ti"})"));
  const auto locale = [&](const char* key) { return catalog.sentence(key, "ti", "ar")->locale->locale; };
  EXPECT_EQ(locale("a"), "ti");
  EXPECT_EQ(locale("b"), "ar");
  EXPECT_EQ(locale("c"), "fr");
  EXPECT_EQ(locale("d"), "en");
  EXPECT_FALSE(catalog.sentence("e", "ti", "ar"));
  EXPECT_EQ(catalog.sentence("a", "xx", "")->locale->locale, "fr");
}

TEST(LocaleName, remedies_name_a_language_that_is_accepted) {
  EXPECT_EQ(icu_locale("fa-AF"), "fa_AF");
  EXPECT_EQ(icu_locale("prs"), "");
  EXPECT_NE(locale_remedy("dari").find("fa-AF"), std::string::npos);
  EXPECT_NE(locale_remedy("arr").find("'ar'"), std::string::npos);
}

}  // namespace
}  // namespace passerelle::language
