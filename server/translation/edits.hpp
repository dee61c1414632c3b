// Changes to a text, gathered first and made together, so that the places found in the old text stay true.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>

namespace passerelle::translation {

class Edits {
 public:
  // Bytes 'begin' up to, not including, 'end' become 'text'; with end == begin it is inserted there. Replaced ranges do
  // not overlap; what is inserted at one place stands in the order of the calls.
  void replace(std::size_t begin, std::size_t end, std::string text) {
    changes_.emplace(begin, Change{end, std::move(text)});
  }

  std::string apply(const std::string& text) const {
    std::string out;
    std::size_t from = 0;
    for (const auto& [begin, change] : changes_) {
      out += text.substr(from, begin - from) + change.text;
      from = change.end;
    }
    return out + text.substr(from);
  }

 private:
  struct Change {
    std::size_t end;
    std::string text;
  };
  std::multimap<std::size_t, Change> changes_;  // by where they begin
};

}  // namespace passerelle::translation
