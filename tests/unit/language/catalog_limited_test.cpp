// Sentences that only dialogs in some of the languages say.
#include <gtest/gtest.h>

#include "language/catalog.hpp"

namespace passerelle::language {
namespace {

std::string file_of(const std::string& messages) {
  return R"({"locale.name": {"defaultMessage": "N"}, "locale.status": {"defaultMessage": "draft"})" +
         (messages.empty() ? "" : ", " + messages) + "}";
}

TEST(CatalogLimited, a_sentence_is_missed_only_in_the_languages_that_need_it) {
  Catalog catalog;
  catalog.add("locales/fr.json", file_of(R"("a": {"defaultMessage": "x"}, "b": {"defaultMessage": "y"})"));
  catalog.add("locales/ti.json", file_of(R"("a": {"defaultMessage": "x"})"));
  catalog.add("locales/uk.json", file_of(R"("a": {"defaultMessage": "x"})"));
  const Findings findings = catalog.lint({"fr", "ti", "uk"}, {{"b", {"fr", "uk"}}});
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings.front().at.file, "locales/uk.json");
  EXPECT_EQ(catalog.lint({"fr", "ti", "uk"}, {{"a", {"fr"}}}).size(), 2u) << "'b' is needed everywhere";
}

TEST(CatalogLimited, the_arguments_of_the_source_language_are_told_by_key) {
  Catalog catalog;
  catalog.add("fr.json", file_of(R"("a": {"defaultMessage": "{name} {when}"}, "b": {"defaultMessage": "y"})"));
  catalog.add("en.json", file_of(R"("c": {"defaultMessage": "{other}"})"));
  const std::map<std::string, std::set<std::string>> expected{{"a", {"name", "when"}}, {"b", {}}};
  EXPECT_EQ(catalog.arguments(), expected);
}

}  // namespace
}  // namespace passerelle::language
