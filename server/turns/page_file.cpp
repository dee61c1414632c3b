#include "turns/page_file.hpp"

#include <algorithm>

#include "domain/opening_text.hpp"
#include "language/normalize.hpp"
#include "turns/yaml_reader.hpp"

namespace passerelle::turns {
namespace {

constexpr std::size_t longest_title = 30;  // letters: it is a line of a menu
constexpr std::size_t longest_text = 400;  // letters: three segments in latin letters; render() would cut at 500

class PageReader {
 public:
  PageReader(const std::string& file, Findings& findings) : yaml_(file, findings) {}

  Page read(const std::string& id, const std::string& text) {
    Page page;
    page.id = id;
    const YAML::Node root = yaml_.parse(text);
    if (!root.IsDefined()) return page;
    yaml_.check_keys(root, {"about", "source", "owner", "seen", "expires", "texts"});
    page.source = yaml_.required(root, "source");
    page.owner = yaml_.required(root, "owner");
    page.seen = day(root, "seen", true);
    page.expires = day(root, "expires", true);
    const YAML::Node texts = root["texts"];
    if (!texts || !texts.IsMap() || texts.size() == 0) {
      yaml_.add(texts ? texts : root, "a page needs its text in at least one language",
                "write 'texts:' and below it 'fr:'");
      return page;
    }
    for (const auto& pair : texts) page.texts[pair.first.as<std::string>("")] = read_text(pair.first, pair.second);
    return page;
  }

 private:
  PageText read_text(const YAML::Node& locale, const YAML::Node& node) {
    PageText text;
    if (!node.IsMap()) {
      yaml_.add(locale, "a language needs 'title', 'text' and 'again'", "write them below it, further in");
      return text;
    }
    yaml_.check_keys(node, {"title", "text", "again", "words", "reviewed_by", "reviewed"});
    text.title = short_enough(node, "title", longest_title);
    text.text = short_enough(node, "text", longest_text);
    text.again = short_enough(node, "again", longest_text);
    text.words = yaml_.list(node, "words");
    text.reviewed_by = yaml_.text(node, "reviewed_by");
    text.reviewed = day(node, "reviewed", false);
    if (text.reviewed_by.empty() != !text.reviewed)
      yaml_.add(node, "a review has a name and a day", "write both 'reviewed_by' and 'reviewed', or neither");
    return text;
  }

  std::string short_enough(const YAML::Node& node, const std::string& key, std::size_t most) {
    std::string text = yaml_.required(node, key);
    if (language::truncate(text, most) != text)
      yaml_.add(node[key], "'" + key + "' has more than " + std::to_string(most) + " letters",
                "say less here, and let a person say the rest");
    return text;
  }

  std::optional<date::local_days> day(const YAML::Node& node, const std::string& key, bool required) {
    const std::string text = required ? yaml_.required(node, key) : yaml_.text(node, key);
    if (text.empty()) return std::nullopt;
    const auto day = parse_day(text);
    if (!day) yaml_.add(node[key], "'" + text + "' is not a day", "write \"2027-06-30\"");
    return day;
  }

  YamlReader yaml_;
};

}  // namespace

Page read_page(const std::string& file, const std::string& id, const std::string& text, Findings& findings) {
  return PageReader(file, findings).read(id, text);
}

}  // namespace passerelle::turns
