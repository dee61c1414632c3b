#include "translation/pages.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <optional>

#include "language/locale_file.hpp"
#include "language/locale_name.hpp"
#include "language/pattern.hpp"
#include "translation/edits.hpp"
#include "translation/locale_text.hpp"

namespace passerelle::translation {
namespace {

constexpr std::array<std::string_view, 4> parts{"title", "text", "again", "words"};

std::optional<YAML::Node> parse(const std::string& text) {
  try {
    return YAML::Load(text);
  } catch (const YAML::Exception&) {
    return std::nullopt;
  }
}

Position position(const std::string& file, const YAML::Node& node) {
  return {file, node.Mark().line + 1, node.Mark().column + 1};
}

std::string joined(const YAML::Node& list) {
  std::string out;
  for (const YAML::Node& word : list) out += (out.empty() ? "" : "|") + word.as<std::string>("");
  return out;
}

std::string yaml_list(const std::string& words) {
  std::string out;
  for (const std::string& word : language::split_list(words)) out += (out.empty() ? "" : ", ") + quoted_json(word);
  return '[' + out + ']';
}

std::string yaml_value(const std::string& part, const std::string& text) {
  return part == "words" ? yaml_list(text) : quoted_json(text);
}

class PageEditor {
 public:
  PageEditor(const std::string& file, const std::string& text, Findings& findings)
      : file_(file), text_(text), findings_(findings) {}

  std::string with(const Locale& locale, const std::map<std::string, std::string>& texts) {
    const auto root = parse(text_);
    const YAML::Node found = root ? (*root)["texts"] : YAML::Node();
    if (!found.IsMap()) {
      findings_.push_back({{file_, 0, 0}, "there is no 'texts'", "mend the page first"});
      return text_;
    }
    if (const YAML::Node language = found[locale]; language.IsDefined() && language.IsMap()) {
      for (const auto& [part, text] : texts) change(language, part, text);
    } else {
      append(locale, texts);
    }
    return edits_.apply(text_);
  }

 private:
  void change(const YAML::Node& language, const std::string& part, const std::string& text) {
    const YAML::Node node = language[part];
    if (!node.IsDefined()) {
      findings_.push_back(
          {position(file_, language), "there is no '" + part + "' to change", "write it by hand first"});
      return;
    }
    const auto begin = static_cast<std::size_t>(node.Mark().pos);
    const std::size_t end = end_of(node, begin);
    if (end == std::string::npos) {
      findings_.push_back({position(file_, node), "'" + part + "' cannot be changed by a program as it is written",
                           "write it in one line between double quotes, or change it by hand"});
      return;
    }
    edits_.replace(begin, end, yaml_value(part, text));
  }

  // Past the value that begins at 'begin' and ends in the same line. YAML::Load would not mind what follows it.
  std::size_t end_of(const YAML::Node& node, std::size_t begin) const {
    const std::size_t line_end = std::min(text_.find('\n', begin), text_.size());
    for (std::size_t end = begin + 1; end <= line_end; ++end) {
      if (end < text_.size() && std::string_view("\n,}#").find(text_[end]) == std::string_view::npos) continue;
      const auto value = parse(text_.substr(begin, end - begin));
      if (!value || !same(*value, node)) continue;
      while (text_[end - 1] == ' ') --end;
      return end;
    }
    return std::string::npos;
  }

  static bool same(const YAML::Node& a, const YAML::Node& b) {
    if (a.IsSequence() && b.IsSequence()) return joined(a) == joined(b);
    return a.IsScalar() && b.IsScalar() && a.Scalar() == b.Scalar();
  }

  // A new language stands below the others, where the block of 'texts' ends.
  void append(const Locale& locale, const std::map<std::string, std::string>& texts) {
    std::size_t at = text_.find("\ntexts:");
    at = at == std::string::npos ? 0 : at + 1;
    do {
      at = std::min(text_.find('\n', at), text_.size() - 1) + 1;
    } while (at < text_.size() && std::string_view(" \n#").find(text_[at]) != std::string_view::npos);
    std::string block = text_.ends_with('\n') || at < text_.size() ? "" : "\n";
    block += "  " + locale + ":\n";
    for (const std::string_view part : parts) {
      const auto text = texts.find(std::string(part));
      if (text != texts.end()) block += "    " + text->first + ": " + yaml_value(text->first, text->second) + '\n';
    }
    edits_.replace(at, at, block);
  }

  const std::string& file_;
  const std::string& text_;
  Findings& findings_;
  Edits edits_;
};

}  // namespace

std::vector<PageSentence> sentences_of_page(const std::string& file, const std::string& id, const std::string& text) {
  std::vector<PageSentence> sentences;
  const auto root = parse(text);
  if (!root || !root->IsMap() || !(*root)["texts"].IsMap()) return sentences;
  for (const auto& language : (*root)["texts"]) {
    if (!language.second.IsMap()) continue;
    for (const std::string_view part : parts) {
      const YAML::Node node = language.second[std::string(part)];
      const bool words = part == "words";
      if (!node.IsDefined() || (words ? !node.IsSequence() : !node.IsScalar())) continue;
      sentences.push_back({language.first.as<std::string>(""), "page." + id + '.' + std::string(part),
                           words ? joined(node) : node.Scalar(), words, position(file, node)});
    }
  }
  return sentences;
}

language::Sentence sentence_of(const PageSentence& page) {
  language::Sentence sentence;
  for (const char c : page.text) {
    if (c == '{' || c == '}') {
      sentence.pattern += std::string("'") + c + '\'';
    } else {
      sentence.pattern += c == '\'' ? std::string("''") : std::string(1, c);
    }
  }
  sentence.words = page.words;
  sentence.at = page.at;
  const std::string icu = language::icu_locale(page.locale);
  if (!icu.empty()) sentence.on_demand = language::PatternOnDemand(language::plurals_of(icu));
  return sentence;
}

std::string with_page_texts(const std::string& file, const std::string& text, const Locale& locale,
                            const std::map<std::string, std::string>& texts, Findings& findings) {
  return PageEditor(file, text, findings).with(locale, texts);
}

}  // namespace passerelle::translation
