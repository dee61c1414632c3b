// A YAML text as a tree whose every word knows where it stands. What YAML lets pass silently is refused here:
// keys written twice, tabs, anchors, aliases, tags, several documents, and files too large or too deep to be meant.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialog/report.hpp"

namespace passerelle::dialog {

struct Node {
  enum class Kind { nothing, word, list, map };

  Kind kind = Kind::nothing;
  Mark at = {};
  std::string word = {};         // of a word
  std::vector<Node> keys = {};   // of a map, in the order written; always words, none twice
  std::vector<Node> items = {};  // of a list, or of a map beside its keys

  bool is_word() const { return kind == Kind::word; }
  bool is_list() const { return kind == Kind::list; }
  bool is_map() const { return kind == Kind::map; }
  const Node* find(std::string_view key) const;  // the value under a key of a map, or null
};

inline constexpr std::size_t largest_file = 256 * 1024;
inline constexpr std::size_t deepest_nesting = 12;  // the grammar needs six

// Nothing when the text is refused as a whole; smaller mistakes are reported and left out of the tree.
std::optional<Node> parse_yaml(std::string_view text, Report& report);

}  // namespace passerelle::dialog
