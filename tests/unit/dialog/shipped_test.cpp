// The page that explains the grammar, and the dialogs that we ship, are read by the real loader.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "dialog/library.hpp"
#include "dialog/load.hpp"
#include "dialog/sentence_arguments.hpp"
#include "dialog/vocabulary.hpp"

namespace passerelle::dialog {
namespace {

const std::filesystem::path folder = std::filesystem::path(SOURCE_DIR) / "dialogs";

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void expect_none(const Findings& findings) {
  for (const Finding& each : findings) ADD_FAILURE() << to_string(each);
}

TEST(Shipped, the_example_of_the_readme_is_a_dialog_without_a_mistake) {
  const std::string page = text_of(folder / "README.md");
  const std::string fence = "```yaml\n";
  const std::size_t begin = page.find(fence);
  ASSERT_NE(begin, std::string::npos);
  const std::size_t end = page.find("```", begin + fence.size());
  const Loaded loaded = load("information.yaml", page.substr(begin + fence.size(), end - begin - fence.size()), "");
  expect_none(loaded.findings);
  ASSERT_TRUE(loaded.dialog);
  EXPECT_EQ(loaded.dialog->steps.size(), 4u);
  Library library;
  library.set_first("information");
  library.add(loaded.dialog);
  std::set<std::string> keys = keys_of(*loaded.dialog);
  keys.merge(word_keys_of(*loaded.dialog));
  keys.insert({"common.human", "common.not_understood"});
  expect_none(lint(library, {keys, {}, {}}));
}

std::vector<std::string> enumerated(const boost::json::value& schema, const std::string& where) {
  std::vector<std::string> words;
  for (const auto& word : schema.at_pointer(where + "/enum").as_array()) words.emplace_back(word.as_string());
  return words;
}

TEST(Shipped, the_schema_knows_the_words_that_the_server_knows) {
  const boost::json::value schema = boost::json::parse(text_of(folder / "dialog.schema.json"));
  EXPECT_EQ(enumerated(schema, "/definitions/answer/properties/one_of"), list_names());
  EXPECT_EQ(enumerated(schema, "/definitions/action/properties/pick"), pick_names());
  std::vector<std::string> yes_no, numbers;
  for (const FactWord& word : fact_words()) (word.yes_no ? yes_no : numbers).emplace_back(word.name);
  EXPECT_EQ(enumerated(schema, "/definitions/branch/oneOf/0/properties/fact"), yes_no);
  EXPECT_EQ(enumerated(schema, "/definitions/branch/oneOf/1/properties/fact"), numbers);
}

TEST(Shipped, the_page_names_every_word_that_the_server_knows) {
  const std::string page = text_of(folder / "README.md");
  std::vector<std::string> words = fact_names();
  for (const std::string& word : list_names()) words.push_back(word);
  for (const std::string& word : pick_names()) words.push_back("pick: " + word);
  for (const ArgumentWord& word : argument_words()) words.emplace_back(word.name);
  for (const std::string& word : words) EXPECT_NE(page.find("`" + word + "`"), std::string::npos) << word;
  EXPECT_LE(std::ranges::count(page, '\n'), 120) << "the grammar fits on one page";
}

TEST(Shipped, every_dialog_loads_and_leads_only_to_dialogs_that_exist) {
  Library library;
  std::set<std::string> keys{"common.human", "common.not_understood"};
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".yaml") continue;
    const Loaded loaded = load("dialogs/" + entry.path().filename().string(), text_of(entry.path()), "");
    expect_none(loaded.findings);
    if (!loaded.dialog) continue;
    keys.merge(keys_of(*loaded.dialog));
    keys.merge(word_keys_of(*loaded.dialog));
    library.add(loaded.dialog);
  }
  EXPECT_FALSE(library.all().empty());
  expect_none(lint(library, {keys, {}, {}}));
}

}  // namespace
}  // namespace passerelle::dialog
