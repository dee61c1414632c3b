#include "turns/spelling_file.hpp"

#include <algorithm>

#include "base/nearest.hpp"
#include "language/locale_name.hpp"
#include "language/segments.hpp"
#include "language/utf32.hpp"
#include "turns/yaml_reader.hpp"

namespace passerelle::turns {
namespace {

const std::vector<std::string>& folding_words() {
  static const std::vector<std::string> words{"never", "marks", "letters"};
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
  return list;
}

bool is_gsm(const std::string& text) { return language::segments(text).encoding == Encoding::gsm7; }

class SpellingReader {
 public:
  SpellingReader(const std::string& file, Findings& findings) : yaml_(file, findings) {}

  language::SpellingPolicy shipped(const std::string& text) {
    language::SpellingPolicy policy;
    const YAML::Node root = yaml_.parse(text);
    if (!root.IsDefined()) return policy;
    yaml_.check_keys(root, {"marks", "languages"});
    policy.marks = forms(root, "marks");
    const YAML::Node languages = root["languages"];
    if (!languages || !languages.IsMap()) {
      yaml_.add(root, "'languages' is missing", "write 'so: {offer: marks}' under it");
      return policy;
    }
    for (const auto& pair : languages) policy.languages[pair.first.as<std::string>("")] = spelling(pair.second);
    return policy;
  }

  void own(const std::string& text, language::SpellingPolicy& policy) {
    const YAML::Node root = yaml_.parse(text);
    if (!root.IsDefined()) return;
    const YAML::Node wishes = root["cheaper_spelling"];
    if (!wishes) return;
    if (!wishes.IsMap())
      return yaml_.add(wishes, "'cheaper_spelling' must name languages", "write 'fr: marks' under it");
    for (const auto& pair : wishes) keep_wish(pair.first, pair.second, policy);
  }

 private:
  void keep_wish(const YAML::Node& key, const YAML::Node& value, language::SpellingPolicy& policy) {
    const auto locale = key.as<std::string>("");
    if (!policy.languages.contains(locale) && language::icu_locale(locale).empty())
      return yaml_.add(key, "there is no language '" + locale + "'", language::locale_remedy(locale));
    const auto wish = folding(value);
    if (!wish) return;
    language::Spelling spelling = policy.of(locale);
    if (*wish == language::Folding::letters && spelling.letters.empty()) {
      std::vector<std::string> known;
      for (const auto& [each, rules] : policy.languages) {
        if (!rules.letters.empty()) known.push_back(each);
      }
      return yaml_.add(key, "nobody has said which letters '" + locale + "' may write plainly",
                       "write marks; letters are known of " + joined(known));
    }
    spelling.folding = *wish;
    policy.languages[locale] = std::move(spelling);
  }

  std::optional<language::Folding> folding(const YAML::Node& node) {
    const auto word = node.IsScalar() ? node.Scalar() : std::string();
    const auto found = language::parse_folding(word);
    if (!found) yaml_.add(node, "'" + word + "' is not how far a spelling may go", suggest(word, folding_words()));
    return found;
  }

  language::Spelling spelling(const YAML::Node& node) {
    language::Spelling read;
    if (!node.IsMap()) {
      yaml_.add(node, "a language must be a map of keys", "write {offer: marks}");
      return read;
    }
    yaml_.check_keys(node, {"offer", "letters"});
    if (const YAML::Node offer = node["offer"]) read.folding = folding(offer).value_or(read.folding);
    if (node["letters"]) read.letters = forms(node, "letters");
    if (read.folding == language::Folding::letters && read.letters.empty())
      yaml_.add(node, "'letters' is missing, which 'offer' is about", "name them, or offer marks");
    return read;
  }

  language::PlainForms forms(const YAML::Node& map, const std::string& key) {
    language::PlainForms read;
    const YAML::Node node = map[key];
    if (!node || !node.IsMap()) {
      yaml_.add(node ? node : map, "'" + key + "' must say what stands for what",
                "write each letter and its plain form");
      return read;
    }
    for (const auto& pair : node) {
      const auto from = pair.first.as<std::string>(""), to = pair.second.as<std::string>("");
      const std::u32string letter = language::to_utf32(from);
      if (letter.size() != 1 || is_gsm(from))
        yaml_.add(pair.first, "'" + from + "' is not one letter outside the GSM 03.38 alphabet", "take it out");
      else if (to.empty() || !is_gsm(to))
        yaml_.add(pair.second, "'" + to + "' is not in the GSM 03.38 alphabet", "write a plain letter");
      else if (!read.emplace(letter.front(), to).second)
        yaml_.add(pair.first, "'" + from + "' stands twice", "keep one of them");
    }
    return read;
  }

  YamlReader yaml_;
};

}  // namespace

language::SpellingPolicy read_spelling(const std::string& file, const std::string& text, Findings& findings) {
  return SpellingReader(file, findings).shipped(text);
}

void read_own_spelling(const std::string& file, const std::string& text, language::SpellingPolicy& policy,
                       Findings& findings) {
  SpellingReader(file, findings).own(text, policy);
}

}  // namespace passerelle::turns
