// Every file of tests/dialogs/mistakes holds one mistake, and says in its first line how it must be found: as
// "# finds LINE:COLUMN: what; remedy". The sentences that they use are those of the association beside them.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/file.hpp"
#include "dialog/load.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(SOURCE_DIR) / "tests" / "dialogs" / "mistakes";
const std::string association = (folder / "association").string();

std::vector<fs::path> planted() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  return files;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

// By the loader alone where it sees the mistake: to compile all content takes much longer.
std::vector<std::string> found_in(const std::string& file, const std::string& text) {
  Findings findings = dialog::load(file, text, "").findings;
  if (findings.empty()) findings = load_content({association, {}, {file}, ""}).findings;
  std::vector<std::string> found;
  for (const Finding& each : findings) found.push_back(to_string(each));
  return found;
}

TEST(PlantedMistakes, the_association_itself_has_none) {
  for (const Finding& each : load_content({association, {}, {}, ""}).findings) ADD_FAILURE() << to_string(each);
}

TEST(PlantedMistakes, each_is_found_where_it_is_with_a_remedy_and_nothing_else_is) {
  const std::vector<fs::path> files = planted();
  EXPECT_GE(files.size(), 40u);
  for (const fs::path& file : files) {
    const auto text = read_file(file.string());
    ASSERT_TRUE(text) << file;
    const std::string expected = first_line(*text);
    const std::vector<std::string> found = found_in(file.string(), *text);
    ASSERT_FALSE(found.empty()) << file;
    EXPECT_EQ(found.size(), 1u) << found.back();
    EXPECT_EQ("# finds " + found.front().substr(std::min(file.string().size() + 1, found.front().size())), expected)
        << found.front();
  }
}

class Written {  // an association in a folder of its own, in two languages
 public:
  Written() {
    fs::remove_all(dir_);
    write("association.yaml", "name: A\ndemo: true\ncountry: CH\nsite_language: fr\nlanguages: [fr, ti]\nplaces: []\n");
    write("locales/fr.json", locale(R"(, "a.hello": {"defaultMessage": "Bonjour"})"));
    write("locales/ti.json", locale(""));
  }
  ~Written() { fs::remove_all(dir_); }
  Written(const Written&) = delete;
  Written& operator=(const Written&) = delete;

  static std::string locale(const std::string& sentences) {
    return R"({"locale.name": {"defaultMessage": "N"}, "locale.status": {"defaultMessage": "draft"})" + sentences + "}";
  }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((dir_ / name).parent_path());
    std::ofstream(dir_ / name) << text;
  }
  LoadedContent load() const { return load_content({dir_.string(), {}, {}, ""}); }

 private:
  fs::path dir_ = fs::temp_directory_path() / ("passerelle_mistakes_" + std::to_string(getpid()));
};

TEST(PlantedMistakes, a_dialog_needs_its_sentences_in_every_language_of_the_association) {
  const Written files;
  files.write("dialogs/greet.yaml", "dialog: greet\nsteps:\n  hello: {say: a.hello}\n");
  const LoadedContent loaded = files.load();
  ASSERT_EQ(loaded.findings.size(), 1u);
  EXPECT_EQ(loaded.findings.front().what, "the sentence 'a.hello' is missing");
  EXPECT_TRUE(loaded.findings.front().at.file.ends_with("locales/ti.json")) << loaded.findings.front().at.file;
}

TEST(PlantedMistakes, a_dialog_in_some_languages_needs_its_sentences_in_these_only) {
  const Written files;
  files.write("dialogs/greet.yaml", "dialog: greet\nlanguages: [fr]\nsteps:\n  hello: {say: a.hello}\n");
  EXPECT_TRUE(files.load().findings.empty());
  files.write("dialogs/other.yaml", "dialog: other\nlanguages: [ti]\nsteps:\n  hello: {say: a.hello}\n");
  EXPECT_EQ(files.load().findings.size(), 1u) << "another dialog says it in that language";
}

}  // namespace
}  // namespace passerelle::turns
