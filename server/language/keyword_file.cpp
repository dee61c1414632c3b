#include "language/keyword_file.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <optional>

#include "base/nearest.hpp"
#include "language/normalize.hpp"

namespace passerelle::language {
namespace {

namespace json = boost::json;

const std::vector<std::string> file_keys = {"language", "status", "keywords", "greetings", "thanks",
                                            "polite",   "around", "harmless", "everyday"};
const std::vector<std::string> entry_keys = {"text", "form",   "confidence", "whole", "in_sentence",
                                             "ask",  "unless", "exact",      "also"};
const std::vector<std::string> intents = {"DANGER", "STOP",     "START",    "HELP",        "YES",
                                          "NO",     "LANGUAGE", "CALLBACK", "APPOINTMENT", "NUMBER"};
const std::vector<std::string> forms = {"native", "romanised"};
const std::vector<std::string> confidences = {"high", "medium", "needs native review"};

class Parser {
 public:
  Parser(const std::string& file, const std::string& text, Findings& findings)
      : file_(file), text_(text), findings_(findings) {}

  KeywordFile parse() {
    const json::value root = parse_json();
    if (!root.is_object()) return {};
    check_keys(root.as_object(), file_keys);
    read_header(root.as_object());
    if (const auto* keywords = object(root.as_object(), "keywords")) {
      for (const auto& [name, entries] : *keywords) read_intent(name, entries);
    }
    read_phrases(root.as_object(), "greetings", out_.greetings);
    read_phrases(root.as_object(), "thanks", out_.thanks);
    read_phrases(root.as_object(), "polite", out_.polite);
    read_phrases(root.as_object(), "around", out_.around);
    read_phrases(root.as_object(), "harmless", out_.harmless);
    read_phrases(root.as_object(), "everyday", out_.everyday);
    for (const std::string& text : out_.harmless) check_forms(true, text);
    check_everyday();
    return std::move(out_);
  }

 private:
  void find(std::size_t offset, std::string what, std::string remedy) {
    findings_.push_back({position_of(file_, text_, offset), std::move(what), std::move(remedy)});
  }

  // Boost.JSON keeps no positions: the first place where the word stands in quotes is near enough for a human.
  std::size_t place_of(std::string_view word) const {
    const std::size_t at = text_.find(json::serialize(json::value(json::string(word))));
    return at == std::string::npos ? 0 : at;
  }

  json::value parse_json() {
    json::error_code error;
    json::parser parser;
    parser.reset(&memory_);
    const std::size_t read = parser.write_some(text_, error);
    if (!error && text_.find_first_not_of(" \t\r\n", read) != std::string::npos) error = json::error::extra_data;
    if (error) {
      find(read, "this is not JSON: " + error.message(),
           "mend the line, a comma or a quote is often missing before it");
      return nullptr;
    }
    json::value root = parser.release();
    if (!root.is_object()) find(0, "a keyword file is one object", "begin with {\"language\": …");
    return root;
  }

  void check_keys(const json::object& object, const std::vector<std::string>& valid) {
    for (const auto& [key, value] : object) {
      if (std::find(valid.begin(), valid.end(), std::string_view(key)) != valid.end()) continue;
      find(place_of(key), "there is no key '" + std::string(key) + "'", suggest(key, valid));
    }
  }

  const json::object* object(const json::object& parent, std::string_view key) {
    const json::value* value = parent.if_contains(key);
    if (value != nullptr && value->is_object()) return &value->as_object();
    find(value == nullptr ? 0 : place_of(key), "'" + std::string(key) + "' must be an object of lists", "");
    return nullptr;
  }

  std::string string(const json::object& parent, std::string_view key) const {
    const json::value* value = parent.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
  }

  void read_header(const json::object& root) {
    out_.locale = string(root, "language");
    if (out_.locale.empty()) find(0, "'language' is missing", "write the code, as in the file's name, or \"*\"");
    const std::string status = string(root, "status");
    out_.draft = !status.starts_with("reviewed");
    if (out_.draft && status != "draft") {
      find(place_of("status"), "'status' must be \"draft\" or \"reviewed (by, date)\"", "");
    }
  }

  void read_intent(std::string_view name, const json::value& entries) {
    const std::optional<Intent> intent = parse_intent(name);
    if (!intent) {
      find(place_of(name), "there is no intent '" + std::string(name) + "'", suggest(name, intents));
    } else if (!entries.is_array()) {
      find(place_of(name), "'" + std::string(name) + "' must be a list", "");
    } else {
      for (const json::value& entry : entries.as_array()) read_entry(*intent, entry);
    }
  }

  void read_entry(Intent intent, const json::value& value) {
    const json::object* entry = value.if_object();
    const std::string text = entry == nullptr ? "" : string(*entry, "text");
    if (text.empty()) {
      find(place_of(to_string(intent)), "an entry of " + std::string(to_string(intent)) + " has no text",
           R"(write {"text": "…", "form": "native", "confidence": "medium"})");
      return;
    }
    check_keys(*entry, entry_keys);
    check_word(*entry, "form", forms, text);
    check_word(*entry, "confidence", confidences, text);
    check_forms(intent == Intent::danger && !entry->contains("whole"), text);
    out_.entries.push_back({.intent = intent,
                            .text = text,
                            .confidence = confidence(string(*entry, "confidence")),
                            .whole = flag(*entry, "whole", intent == Intent::danger, text),
                            .in_sentence = flag(*entry, "in_sentence", is_heard_inside(intent), text),
                            .shared = entry->contains("also"),
                            .ask = flag(*entry, "ask", intent == Intent::stop, text),
                            .unless = flag(*entry, "unless", intent == Intent::appointment, text),
                            .exact = flag(*entry, "exact", true, text)});
  }

  void check_word(const json::object& entry, std::string_view key, const std::vector<std::string>& valid,
                  std::string_view text) {
    const std::string word = string(entry, key);
    if (std::find(valid.begin(), valid.end(), word) != valid.end()) return;
    find(place_of(text), "'" + std::string(key) + "' of '" + std::string(text) + "' is '" + word + "'",
         suggest(word, valid));
  }

  void check_forms(bool allowed, std::string_view text) {
    check_stems(allowed, text);
    check_alternatives(allowed, text);
  }

  // "frapp*": only where other words around it, or enough letters, make it sure.
  void check_stems(bool allowed, std::string_view text) {
    constexpr std::size_t shortest = 3;  // bytes
    std::size_t from = 0;
    for (std::size_t star = text.find('*'); star != std::string_view::npos; star = text.find('*', from)) {
      const std::size_t before = text.find_last_of(" |", star);
      const std::size_t length = star - (before == std::string_view::npos ? 0 : before + 1);
      const bool ends_word = star + 1 == text.size() || text[star + 1] == ' ' || text[star + 1] == '|';
      const bool belongs = allowed && ends_word && length >= shortest;
      if (!belongs) {
        find(place_of(text), "'*' in '" + std::string(text) + "' does not belong here",
             "it stands behind three letters or more of DANGER words that are not 'whole', and of 'harmless' ones");
      }
      from = star + 1;
    }
  }

  // "stove|curtain burns": one word on each side.
  void check_alternatives(bool allowed, std::string_view text) {
    std::size_t from = 0;
    for (std::size_t bar = text.find('|'); bar != std::string_view::npos; bar = text.find('|', from)) {
      const std::size_t before = text.find_last_of(" |", bar - 1);
      const std::size_t begin = bar == 0 || before == std::string_view::npos ? 0 : before + 1;
      const std::size_t end = std::min(text.find_first_of(" |", bar + 1), text.size());
      const bool words =
          is_one_word(text.substr(begin, bar - begin)) && is_one_word(text.substr(bar + 1, end - bar - 1));
      if (!words || !allowed) {
        find(place_of(text), "'|' in '" + std::string(text) + "' does not belong here",
             "it stands between single words of DANGER phrases that are not 'whole', and of 'harmless' ones");
      }
      from = bar + 1;
    }
  }

  static bool is_one_word(std::string_view text) { return tokens(fold(text)).size() == 1; }

  // Of two words we know nothing more than of each: a phrase that is no cry is "harmless".
  void check_everyday() {
    for (const std::string& word : out_.everyday) {
      if (is_one_word(word)) continue;
      find(place_of(word), "'" + word + "' of 'everyday' is not one word", "phrases belong to 'harmless'");
    }
  }

  static Confidence confidence(std::string_view word) {
    if (word == "high") return Confidence::high;
    return word == "medium" ? Confidence::medium : Confidence::needs_native_review;
  }

  static bool is_heard_inside(Intent intent) { return intent == Intent::stop || intent == Intent::appointment; }

  bool flag(const json::object& entry, std::string_view key, bool belongs, std::string_view text) {
    const json::value* value = entry.if_contains(key);
    if (value == nullptr) return false;
    if (!value->is_bool() || !belongs) {
      find(place_of(text), "'" + std::string(key) + "' of '" + std::string(text) + "' does not belong here",
           "'whole' is true for DANGER words, 'ask' for STOP, 'unless' for APPOINTMENT, 'in_sentence' for these two");
      return false;
    }
    return value->as_bool();
  }

  void read_phrases(const json::object& root, std::string_view key, std::vector<std::string>& phrases) {
    const json::value* list = root.if_contains(key);
    if (list == nullptr) return;
    const bool is_list = list->is_array();
    if (!is_list) find(place_of(key), "'" + std::string(key) + "' must be a list of phrases", "");
    for (const json::value& phrase : is_list ? list->as_array() : json::array()) {
      if (phrase.is_string() && !phrase.as_string().empty()) {
        phrases.emplace_back(phrase.as_string());
      } else {
        find(place_of(key), "'" + std::string(key) + "' holds something that is not a phrase", "write it in quotes");
      }
    }
  }

  const std::string& file_;
  const std::string& text_;
  Findings& findings_;
  json::monotonic_resource memory_;  // of the tree, of which nothing is kept
  KeywordFile out_;
};

}  // namespace

KeywordFile parse_keyword_file(const std::string& file, const std::string& json, Findings& findings) {
  return Parser(file, json, findings).parse();
}

}  // namespace passerelle::language
