#include "dialog/yaml_tree.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>

#include "dialog/text.hpp"

namespace passerelle::dialog {
namespace {

// Thrown through yaml-cpp, which has no other way to stop a parse.
struct TooDeep {
  Mark at;
};

// yaml-cpp counts lines from 0 and columns in bytes; people count from 1 and in letters.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {
    std::size_t begin = 0;
    while (begin <= text.size()) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      lines_.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  Mark mark(const YAML::Mark& at) const {
    if (at.line < 0 || static_cast<std::size_t>(at.line) >= lines_.size()) return {};
    const std::string_view before = lines_[at.line].substr(0, at.column);
    return {at.line + 1, static_cast<int>(code_points(before)) + 1};
  }

  std::string_view text_from(const YAML::Mark& at) const {
    if (at.line < 0 || static_cast<std::size_t>(at.line) >= lines_.size()) return {};
    const auto begin = static_cast<std::size_t>(lines_[at.line].data() - text_.data());
    return text_.substr(std::min(begin + static_cast<std::size_t>(at.column), text_.size()));
  }

  // An empty item of a list is told at what follows it; this is where its own dash stands.
  Mark dash_before(const YAML::Mark& at) const {
    for (int line = std::min(at.line, static_cast<int>(lines_.size())) - 1; line >= 0; --line) {
      const std::size_t first = lines_[line].find_first_not_of(' ');
      if (first != std::string_view::npos && lines_[line][first] == '-') return {line + 1, static_cast<int>(first) + 1};
    }
    return mark(at);
  }

  std::size_t size() const { return lines_.size(); }
  std::string_view operator[](std::size_t line) const { return lines_[line]; }

 private:
  std::string_view text_;
  std::vector<std::string_view> lines_;
};

// yaml-cpp takes the end of the file for the end of a quoted text.
bool is_open_quote(std::string_view text) {
  if (!text.starts_with('"') && !text.starts_with('\'')) return false;
  const char quote = text.front();
  for (std::size_t i = 1; i < text.size(); ++i) {
    const bool escapes = quote == '"' ? text[i] == '\\' : text.substr(i, 2) == "''";
    if (!escapes && text[i] == quote) return false;
    if (escapes) ++i;
  }
  return true;
}

class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const Lines& lines, Report& report) : lines_(lines), report_(report) {}

  Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& at, YAML::anchor_t anchor) override {
    refuse_anchor(at, anchor);
    const bool in_map = !open_.empty() && open_.back().keys.size() > open_.back().items.size();
    const bool in_list = !open_.empty() && open_.back().is_list();
    place(Node{.at = in_map ? open_.back().keys.back().at : in_list ? lines_.dash_before(at) : lines_.mark(at)});
  }
  void OnAlias(const YAML::Mark& at, YAML::anchor_t) override {
    report_.add(lines_.mark(at), "an alias ('*') is not used in dialogs", "write the value out, or quote the text");
    place(Node{.at = lines_.mark(at)});
  }
  void OnScalar(const YAML::Mark& at, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(at, anchor);
    refuse_tag(at, tag);
    if (tag == "!" && is_open_quote(lines_.text_from(at))) {
      report_.add(lines_.mark(at), "this quote is never closed", "end the text with the same quote on the same line");
    }
    place(Node{.kind = Node::Kind::word, .at = lines_.mark(at), .word = value});
  }
  void OnSequenceStart(const YAML::Mark& at, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Node::Kind::list, at, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& at, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(Node::Kind::map, at, tag, anchor);
  }
  void OnMapEnd() override {
    keep_proper_keys(open_.back());
    close();
  }

 private:
  void open(Node::Kind kind, const YAML::Mark& at, const std::string& tag, YAML::anchor_t anchor) {
    if (open_.size() >= deepest_nesting) throw TooDeep{lines_.mark(at)};
    refuse_anchor(at, anchor);
    refuse_tag(at, tag);
    open_.push_back(Node{.kind = kind, .at = lines_.mark(at)});
  }

  void close() {
    Node done = std::move(open_.back());
    open_.pop_back();
    place(std::move(done));
  }

  void place(Node node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Node& parent = open_.back();
    const bool is_key = parent.is_map() && parent.keys.size() == parent.items.size();
    (is_key ? parent.keys : parent.items).push_back(std::move(node));
  }

  void keep_proper_keys(Node& map) {
    Node proper{.kind = Node::Kind::map, .at = map.at};
    for (std::size_t i = 0; i < map.keys.size(); ++i) {
      Node& key = map.keys[i];
      const auto same = std::ranges::find(proper.keys, key.word, &Node::word);
      if (!key.is_word()) {
        report_.add(key.at, "what stands before ':' must be one word", "write 'word: value'");
      } else if (same != proper.keys.end()) {
        report_.add(key.at, fmt::format("'{}' is written twice; the first is in line {}", key.word, same->at.line),
                    "delete one of the two");
      } else {
        proper.keys.push_back(std::move(key));
        proper.items.push_back(std::move(map.items[i]));
      }
    }
    map = std::move(proper);
  }

  void refuse_anchor(const YAML::Mark& at, YAML::anchor_t anchor) {
    if (anchor == 0) return;
    report_.add(lines_.mark(at), "an anchor ('&') is not used in dialogs", "write the value out where it is needed");
  }

  void refuse_tag(const YAML::Mark& at, const std::string& tag) {
    // yaml-cpp says "?" for a plain word or a collection and "!" for a quoted word.
    if (tag.empty() || tag == "?" || tag == "!") return;
    report_.add(lines_.mark(at), "a tag ('!') is not used in dialogs", "delete it, or quote the text");
  }

  const Lines& lines_;
  Report& report_;
  std::vector<Node> open_;
  Node root_;
};

bool refuse_bytes(std::string_view text, Report& report) {
  if (text.size() > largest_file) {
    report.add_whole_file(fmt::format("the file is larger than {} KB", largest_file / 1024),
                          "split it into several dialogs ('then: dialog NAME')");
    return true;
  }
  if (const std::size_t bad = first_invalid_utf8(text); bad != text.size()) {
    const Position at = position_of(report.file(), std::string(text), bad);
    report.add({at.line, at.column}, "this is not UTF-8", "save the file as UTF-8 in your editor");
    return true;
  }
  return false;
}

bool refuse_characters(const Lines& lines, Report& report) {
  bool refused = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = lines[i].ends_with('\r') ? lines[i].substr(0, lines[i].size() - 1) : lines[i];
    const auto bad =
        std::ranges::find_if(line, [](char each) { return (static_cast<unsigned char>(each) < 0x20) || each == 0x7F; });
    if (bad == line.end()) continue;
    const std::string_view before = line.substr(0, static_cast<std::size_t>(bad - line.begin()));
    const Mark at{static_cast<int>(i) + 1, static_cast<int>(code_points(before)) + 1};
    if (*bad == '\t') report.add(at, "there is a tab", "use spaces: two for each level");
    if (*bad != '\t') report.add(at, "there is an invisible control character", "delete it");
    refused = true;
  }
  return refused;
}

std::optional<Node> parse_lines(std::string_view text, const Lines& lines, Report& report) {
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    TreeBuilder builder(lines, report);
    if (!parser.HandleNextDocument(builder)) {
      report.add_whole_file("the file is empty", "begin with 'dialog: NAME' and 'steps:'");
      return std::nullopt;
    }
    TreeBuilder rest(lines, report);
    if (parser.HandleNextDocument(rest)) {
      report.add(rest.take().at, "a second document begins here ('---')", "one file holds one dialog");
      return std::nullopt;
    }
    return builder.take();
  } catch (const TooDeep& deep) {
    report.add(deep.at, "this is nested too deeply to be a dialog", "compare the indentation with dialogs/README.md");
  } catch (const YAML::Exception& bad) {
    report.add(lines.mark(bad.mark), "this is not valid YAML: " + bad.msg,
               "look at the indentation, the colons and the quotes here and in the line above");
  }
  return std::nullopt;
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  const auto found = std::ranges::find(keys, key, &Node::word);
  return found == keys.end() ? nullptr : &items[static_cast<std::size_t>(found - keys.begin())];
}

std::optional<Node> parse_yaml(std::string_view text, Report& report) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (refuse_bytes(text, report)) return std::nullopt;
  const Lines lines(text);
  if (refuse_characters(lines, report)) return std::nullopt;
  return parse_lines(text, lines, report);
}

}  // namespace passerelle::dialog
