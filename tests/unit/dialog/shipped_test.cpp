// The page that explains the grammar, and the dialogs that we ship, are read by the real loader.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "dialog/library.hpp"
#include "dialog/load.hpp"

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
