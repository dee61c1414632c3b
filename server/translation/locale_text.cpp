#include "translation/locale_text.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "language/json_places.hpp"
#include "translation/edits.hpp"

namespace passerelle::translation {
namespace {

// Past the string that begins at 'at'.
std::size_t end_of_string(const std::string& text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at) at += text[at] == '\\' ? 1 : 0;
  return at + 1;
}

// Past the object that begins at 'at'; strings in it may hold braces.
std::size_t end_of_object(const std::string& text, std::size_t at) {
  int depth = 0;
  while (at < text.size()) {
    if (text[at] == '"') {
      at = end_of_string(text, at);
      continue;
    }
    depth += text[at] == '{' ? 1 : text[at] == '}' ? -1 : 0;
    ++at;
    if (depth == 0) break;
  }
  return at;
}

class Editor {
 public:
  explicit Editor(const std::string& text)
      : text_(text), places_("", text), root_(boost::json::parse(text).as_object()) {}

  std::string with(const std::map<std::string, std::string>& sentences, const std::vector<std::string>& order) {
    std::string last = root_.empty() ? std::string() : std::string(std::prev(root_.end())->key());
    std::string before;  // the sentence after which a new one belongs
    for (const std::string& key : order) {
      const auto found = sentences.find(key);
      const bool there = root_.contains(key);
      if (found != sentences.end() && there) replace(key, found->second);
      if (found != sentences.end() && !there) insert(before.empty() ? last : before, key, found->second);
      if (there) before = key;
    }
    return edits_.apply(text_);
  }

 private:
  void replace(const std::string& key, const std::string& sentence) {
    const std::size_t begin = places_.at('/' + key + "/defaultMessage").offset;
    edits_.replace(begin, end_of_string(text_, begin), quoted_json(sentence));
  }

  void insert(const std::string& after, const std::string& key, const std::string& sentence) {
    const std::size_t at = after.empty() ? text_.find('{') + 1 : end_of_object(text_, places_.at('/' + after).offset);
    const std::string line = "\n  " + quoted_json(key) + ": {\"defaultMessage\": " + quoted_json(sentence) + '}';
    edits_.replace(at, at, after.empty() ? line : ',' + line);
  }

  const std::string& text_;
  language::JsonPlaces places_;
  boost::json::object root_;
  Edits edits_;
};

}  // namespace

std::string quoted_json(const std::string& text) { return boost::json::serialize(boost::json::string(text)); }

std::string with_sentences(const std::string& text, const std::map<std::string, std::string>& sentences,
                           const std::vector<std::string>& order) {
  return Editor(text).with(sentences, order);
}

std::string empty_locale_file(const std::string& name) {
  return "{\n  \"locale.name\": {\"defaultMessage\": " + quoted_json(name) +
         "},\n  \"locale.status\": {\"defaultMessage\": \"draft\"}\n}\n";
}

}  // namespace passerelle::translation
