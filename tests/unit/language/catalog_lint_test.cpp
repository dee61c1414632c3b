// What only shows when the languages are compared with each other.
#include <gtest/gtest.h>

#include "base/file.hpp"
#include "language/catalog.hpp"

namespace passerelle::language {
namespace {

std::string file_of(const std::string& messages) {
  return R"({"locale.name": {"defaultMessage": "N"}, "locale.status": {"defaultMessage": "draft"})" +
         (messages.empty() ? "" : ", " + messages) + "}";
}

TEST(CatalogLint, tells_missing_keys_in_the_file_where_they_belong) {
  Catalog catalog;
  catalog.add("locales/fr.json", file_of(R"("a": {"defaultMessage": "x"}, "b": {"defaultMessage": "y"})"));
  catalog.add("locales/ti.json", file_of(R"("a": {"defaultMessage": "x"})"));
  catalog.add("locales/uk.json", file_of(""));
  const Findings findings = catalog.lint({"fr", "ti"});
  ASSERT_EQ(findings.size(), 1u) << "uk is not enabled";
  EXPECT_EQ(findings.front().at.file, "locales/ti.json");
  EXPECT_EQ(findings.front().what, "the sentence 'b' is missing");
  EXPECT_NE(findings.front().remedy.find("locales/fr.json:1:"), std::string::npos);
}

TEST(CatalogLint, tells_further_keys_and_other_arguments) {
  Catalog catalog;
  catalog.add(
      "fr.json",
      file_of(
          R"("hello": {"defaultMessage": "{name} {when}"}, "ok_words": {"defaultMessage": "oui", "description": "[words]"})"));
  catalog.add(
      "en.json",
      file_of(
          R"("helo": {"defaultMessage": "x"}, "hello": {"defaultMessage": "{nom}"}, "ok_words": {"defaultMessage": "yes"})"));
  const Findings findings = catalog.lint({"en"});
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_NE(findings[0].remedy.find("{name}, {when}"), std::string::npos);
  EXPECT_NE(findings[0].what.find("{nom}"), std::string::npos);
  EXPECT_EQ(findings[1].remedy, "did you mean 'hello'?");
}

TEST(CatalogLint, a_language_without_a_file_is_told_once) {
  Catalog catalog;
  EXPECT_EQ(catalog.lint({"fr"}).size(), 1u);
  catalog.add("fr.json", file_of(R"("a": {"defaultMessage": "x"})"));
  EXPECT_TRUE(catalog.lint({"fr"}).empty());
  EXPECT_EQ(catalog.lint({"fr", "so"}).size(), 1u);
}

TEST(CatalogLint, a_sentence_that_was_refused_is_not_missed_as_well) {
  Catalog catalog;
  catalog.add("fr.json", file_of(R"("a": {"defaultMessage": "x"}, "b": {"defaultMessage": "{"})"));
  catalog.add("en.json", file_of(R"("a": {"defaultMessage": "{"}, "b": {"defaultMessage": "x"})"));
  EXPECT_TRUE(catalog.lint({"fr", "en"}).empty());
}

TEST(CatalogLint, a_translation_of_the_binary_is_compared_with_french_of_an_association) {
  Catalog catalog;
  catalog.add("fr.json", file_of(R"("a": {"defaultMessage": "{x}"})"), Checked::at_build);
  catalog.add("en.json", file_of(R"("a": {"defaultMessage": "{x}"})"), Checked::at_build);
  EXPECT_TRUE(catalog.lint({"fr", "en"}).empty());
  catalog.add("own/fr.json", file_of(R"("a": {"defaultMessage": "{y}"})"));
  const Findings findings = catalog.lint({"fr", "en"});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(to_string(findings.front().at), "en.json");
  EXPECT_EQ(findings.front().what, "'a' uses the arguments {x}");
}

TEST(CatalogLint, the_shipped_languages_agree_with_each_other) {
  const std::vector<Locale> shipped = {"fr", "en", "ar", "ti", "uk", "fa-AF"};
  Catalog catalog;
  for (const Locale& locale : shipped) {
    const std::string file = "/locales/" + locale + ".json";
    const auto text = read_file(SOURCE_DIR + file);
    ASSERT_TRUE(text) << to_string(text.error());
    for (const Finding& finding : catalog.add(file, *text)) ADD_FAILURE() << to_string(finding);
  }
  for (const Finding& finding : catalog.lint(shipped)) ADD_FAILURE() << to_string(finding);
}

}  // namespace
}  // namespace passerelle::language
