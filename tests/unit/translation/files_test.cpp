// What imports change in files: the sentence, and nothing beside it.
#include <gtest/gtest.h>

#include "language/pattern.hpp"
#include "translation/locale_text.hpp"
#include "translation/pages.hpp"

namespace passerelle::translation {
namespace {

const std::string file = R"({
  "locale.name": {"defaultMessage": "N"},
  "locale.status": {"defaultMessage": "draft"},

  "a": {"description": "x}\"{", "defaultMessage": "1 \" }"},
  "c": {"defaultMessage": "3"}
}
)";

TEST(LocaleText, a_sentence_is_changed_where_it_stands) {
  EXPECT_EQ(with_sentences(file, {{"a", "é\n\"{n}\""}}, {"a", "c"}),
            std::string(file).replace(file.find(R"("1 \" }")"), 8, R"("é\n\"{n}\"")"));
  EXPECT_EQ(with_sentences(file, {}, {"a", "c"}), file);
}

TEST(LocaleText, new_sentences_follow_what_precedes_them_in_the_source) {
  const std::string changed =
      with_sentences(file, {{"b", "2"}, {"b2", "2"}, {"d", "4"}, {"c", "5"}}, {"a", "b", "b2", "c", "d"});
  EXPECT_NE(
      changed.find("}\"},\n  \"b\": {\"defaultMessage\": \"2\"},\n  \"b2\": {\"defaultMessage\": \"2\"},\n  \"c\": "
                   "{\"defaultMessage\": \"5\"},\n  \"d\": {\"defaultMessage\": \"4\"}\n}\n"),
      std::string::npos)
      << changed;
  EXPECT_EQ(with_sentences("{}", {{"a", "1"}}, {"a"}), "{\n  \"a\": {\"defaultMessage\": \"1\"}}");
}

TEST(Pages, texts_of_every_way_of_writing_are_read_and_changed) {
  const std::string page =
      "about: x\ntexts:\n  fr: {title: \"a, b\", text: it's plain, again: 'q''q', words: [un, \"d, e\"]}  # note\n"
      "  en:\n    title: \"t\"   # note\n    text: plain text\n    again: |\n      lines\nowner: y\n";
  const auto found = sentences_of_page("p.yaml", "p", page);
  ASSERT_EQ(found.size(), 7u);
  EXPECT_EQ(found[0].key, "page.p.title");
  EXPECT_EQ(found[0].text, "a, b");
  EXPECT_EQ(to_string(found[0].at), "p.yaml:3:15");
  EXPECT_EQ(found[3].text, "un|d, e");
  EXPECT_TRUE(found[3].words);

  Findings findings;
  const std::string changed = with_page_texts(
      "p.yaml", page, "fr", {{"title", "T \"x\""}, {"text", "é: {n}"}, {"again", "A"}, {"words", "v|w"}}, findings);
  EXPECT_TRUE(findings.empty()) << to_string(findings.front());
  EXPECT_NE(changed.find(R"(fr: {title: "T \"x\"", text: "é: {n}", again: "A", words: ["v", "w"]}  # note)"),
            std::string::npos)
      << changed;
  EXPECT_NE(with_page_texts("p.yaml", page, "en", {{"title", "T"}}, findings).find("title: \"T\"   # note\n"),
            std::string::npos);
  EXPECT_TRUE(findings.empty());
  with_page_texts("p.yaml", page, "en", {{"again", "A"}}, findings);
  ASSERT_EQ(findings.size(), 1u) << "a block of lines is for people to change";
  EXPECT_EQ(findings.front().at.line, 7);
  findings.clear();
  with_page_texts("p.yaml", page, "en", {{"words", "A"}}, findings);
  ASSERT_EQ(findings.size(), 1u) << "there are none to change";
  EXPECT_EQ(findings.front().at.line, 5);
}

TEST(Pages, a_new_language_stands_below_the_others) {
  Findings findings;
  EXPECT_EQ(with_page_texts("p", "texts:\n  fr:\n    title: \"t\"\nowner: y\n", "uk", {{"text", "Т"}, {"title", "З"}},
                            findings),
            "texts:\n  fr:\n    title: \"t\"\n  uk:\n    title: \"З\"\n    text: \"Т\"\nowner: y\n");
  EXPECT_EQ(with_page_texts("p", "texts:\n  fr: {title: t}", "uk", {{"title", "З"}}, findings),
            "texts:\n  fr: {title: t}\n  uk:\n    title: \"З\"\n");
  EXPECT_TRUE(findings.empty());
}

TEST(Pages, braces_of_a_page_are_no_arguments) {
  const auto sentence = sentence_of({"fr", "page.p.text", "l'eau {froide}", false, {}});
  ASSERT_NE(sentence.compiled(), nullptr);
  EXPECT_TRUE(sentence.compiled()->arguments.empty());
  EXPECT_EQ(sentence.pattern, "l''eau '{'froide'}'");
}

}  // namespace
}  // namespace passerelle::translation
