#include "language/catalog.hpp"

#include <algorithm>
#include <array>
#include <boost/json/parser.hpp>
#include <boost/json/value.hpp>

#include "base/nearest.hpp"
#include "language/json_places.hpp"
#include "language/locale_name.hpp"
#include "language/normalize.hpp"
#include "language/pattern.hpp"

namespace passerelle::language {
namespace {

namespace json = boost::json;

constexpr std::size_t largest_file = 1'000'000;
constexpr std::string_view source_locale = "fr", last_locale = "en";
const std::vector<std::string> file_fields = {"locale", "name", "status", "messages"};
const std::vector<std::string> message_fields = {"text", "note", "words", "critical"};

std::string_view view(const json::string& text) { return {text.data(), text.size()}; }

bool key_shape(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  });
}

std::vector<std::string_view> split_words(std::string_view list) {
  std::vector<std::string_view> words;
  for (std::size_t from = 0; from <= list.size();) {
    const std::size_t bar = std::min(list.find('|', from), list.size());
    words.push_back(list.substr(from, bar - from));
    from = bar + 1;
  }
  return words;
}

// Reads one file, which Boost.JSON has parsed; every mistake becomes a finding at its place.
class FileReader {
 public:
  FileReader(const std::string& file, const std::string& text, Findings& findings)
      : places_(file, text), findings_(findings) {}

  // What is wrong with the file as a whole; the locale is empty when nothing in it can be used.
  LocaleFile head(const json::value& root) {
    LocaleFile found;
    for (const auto& duplicate : places_.duplicates()) {
      report(duplicate.second, "the key '" + last_name(duplicate.path) + "' is given twice",
             "it stands in line " + std::to_string(duplicate.first.line) + " already: keep one");
    }
    const json::object* object = root.if_object();
    if (object == nullptr) {
      report(places_.at("").value, "a language file is an object", R"(begin with {"locale": "…", "messages": {…}})");
      return found;
    }
    only(*object, "", file_fields);
    found.name = text_of(*object, "", "name");
    read_status(*object, found);
    read_locale(*object, found);
    return found;
  }

  void messages(const json::value& root, LocaleFile& found, std::set<std::string>& refused) {
    const json::value* value = root.as_object().if_contains("messages");
    const json::object* object = value == nullptr ? nullptr : value->if_object();
    if (object == nullptr) {
      report(places_.at("/messages").value, "there is no object 'messages'",
             R"(add "messages": {"key": {"text": "…"}})");
      return;
    }
    const auto plurals = plurals_of(icu_locale(found.locale));
    for (const auto& entry : *object) {
      const std::string key(entry.key());
      const std::size_t before = findings_.size();
      Sentence sentence = message(key, entry.value(), plurals);
      if (findings_.size() == before) {
        found.sentences.insert_or_assign(key, std::move(sentence));
      } else {
        refused.insert(key);
      }
    }
  }

 private:
  static std::string last_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

  void report(const Position& at, std::string what, std::string remedy) {
    findings_.push_back({at, std::move(what), std::move(remedy)});
  }

  void only(const json::object& object, const std::string& path, const std::vector<std::string>& fields) {
    for (const auto& entry : object) {
      const std::string name(entry.key());
      if (std::ranges::find(fields, name) != fields.end()) continue;
      report(places_.at(path + '/' + name).key, "there is no field '" + name + "' here", suggest(name, fields));
    }
  }

  // The string member 'name', checked for controls; empty when it is missing, or after a finding.
  std::string text_of(const json::object& object, const std::string& path, const std::string& name) {
    const json::value* value = object.if_contains(name);
    if (value == nullptr) return {};
    const std::string at = path + '/' + name;
    const json::string* text = value->if_string();
    if (text == nullptr) {
      report(places_.at(at).value, "'" + name + "' must be a text", "write it between double quotes");
      return {};
    }
    const std::string found(view(*text));
    check_controls(found, at);
    return found;
  }

  void check_controls(const std::string& text, const std::string& path) {
    const std::string clean = strip_controls(text);
    if (clean == text) return;
    const auto differs = std::ranges::mismatch(text, clean).in1;
    const std::string before(text.begin(), differs);
    std::size_t units = 0;
    for (const char c : before) units += (c & 0xC0) == 0x80 ? 0 : (c & 0xF8) == 0xF0 ? 2 : 1;
    report(places_.inside(path, units), "an invisible control character stands here",
           "take it out: the direction of text is set when a sentence is sent, and a new line is \\n alone");
  }

  void read_status(const json::object& object, LocaleFile& found) {
    const std::string status = text_of(object, "", "status");
    found.draft = !status.starts_with("reviewed");
    if (status == "draft" || !found.draft) return;
    if (!object.contains("status")) {
      report(places_.at("").value, "the file has no 'status'", R"(add "status": "draft")");
      return;
    }
    report(places_.at("/status").value, "the status '" + status + "' is neither draft nor reviewed",
           R"(write "draft", or "reviewed" with by whom and when)");
  }

  void read_locale(const json::object& object, LocaleFile& found) {
    const std::string locale = text_of(object, "", "locale");
    const std::string icu = icu_locale(locale);
    if (!object.contains("locale")) {
      report(places_.at("").value, "the file has no 'locale'", R"(add "locale" with the code of its language)");
      return;
    }
    if (icu.empty()) {
      report(places_.at("/locale").value, "there is no language '" + locale + "'", locale_remedy(locale));
      return;
    }
    const Script script = script_of(icu);
    found.locale = locale;
    found.rtl = script.rtl;
    found.latin_script = script.latin;
  }

  Sentence message(const std::string& key, const json::value& value, const std::shared_ptr<const Plurals>& plurals) {
    const std::string path = "/messages/" + key;
    Sentence sentence;
    if (!key_shape(key)) {
      report(places_.at(path).key, "'" + key + "' cannot be a key", "use small latin letters, digits, _ and .");
      return sentence;
    }
    const json::object* object = value.if_object();
    if (object == nullptr) {
      report(places_.at(path).value, "a message is an object", R"(write {"text": "…"})");
      return sentence;
    }
    only(*object, path, message_fields);
    sentence.at = places_.at(path + "/text").value;
    sentence.pattern = text_of(*object, path, "text");
    sentence.note = text_of(*object, path, "note");
    sentence.words = flag(*object, path, "words");
    sentence.critical = flag(*object, path, "critical");
    if (sentence.pattern.empty()) {
      report(sentence.at, "the message '" + key + "' has no text", R"(write "text": "…", or take the key out)");
      return sentence;
    }
    compile_text(sentence, path + "/text", plurals);
    return sentence;
  }

  bool flag(const json::object& object, const std::string& path, const std::string& name) {
    const json::value* value = object.if_contains(name);
    if (value == nullptr) return false;
    if (const bool* found = value->if_bool()) return *found;
    report(places_.at(path + '/' + name).value, "'" + name + "' must be true or false", "write it without quotes");
    return false;
  }

  void compile_text(Sentence& sentence, const std::string& path, const std::shared_ptr<const Plurals>& plurals) {
    Compiled compiled = compile(sentence.pattern, plurals);
    for (PatternMistake& mistake : compiled.mistakes) {
      report(places_.inside(path, mistake.unit), std::move(mistake.what), std::move(mistake.remedy));
    }
    if (compiled.pattern == nullptr) return;
    sentence.arguments = compiled.pattern->arguments;
    sentence.compiled = std::move(compiled.pattern);
    if (sentence.words) check_words(sentence);
  }

  void check_words(const Sentence& sentence) {
    if (sentence.pattern.find_first_of("{}") != std::string::npos) {
      report(sentence.at, "a list of words has no arguments", "write the words as people type them, between |");
    }
    for (const std::string_view word : split_words(sentence.pattern)) {
      if (word.find_first_not_of(' ') != std::string_view::npos) continue;
      report(sentence.at, "the list of words has an empty one", "write one | between two words, none at the ends");
      return;
    }
  }

  JsonPlaces places_;
  Findings& findings_;
};

std::optional<json::value> parse(const std::string& file, const std::string& text, Findings& findings) {
  if (text.size() > largest_file) {
    findings.push_back({{file, 0, 0}, "the file is larger than 1 MB", "keep only the sentences of one language in it"});
    return std::nullopt;
  }
  json::parser parser;
  json::error_code error;
  const std::size_t read = parser.write_some(text.data(), text.size(), error);
  if (!error && text.find_first_not_of(" \t\r\n", read) == std::string::npos) return parser.release();
  const std::string what = error ? "this is no JSON: " + error.message() : "something follows the end of the JSON";
  findings.push_back(
      {position_of(file, text, read), what, "look for a comma, quote or brace that is missing or too many"});
  return std::nullopt;
}

}  // namespace

Findings Catalog::add(const std::string& file, const std::string& text) {
  Findings findings;
  const auto root = parse(file, text, findings);
  if (!root) return findings;
  FileReader reader(file, text, findings);
  LocaleFile added = reader.head(*root);
  if (added.locale.empty()) return findings;
  std::set<std::string> refused;
  reader.messages(*root, added, refused);
  for (const std::string& key : refused) refused_.emplace(added.locale, key);

  const auto known = locales_.find(added.locale);
  if (known == locales_.end()) {
    if (added.name.empty()) {
      findings.push_back({{file, 0, 0}, "the language has no name", R"(add "name", as its speakers write it)"});
    }
    locales_.emplace(added.locale, std::move(added));
    return findings;
  }
  // An association's own sentences: unreviewed ones make the language one that is not reviewed as a whole.
  LocaleFile& locale = known->second;
  if (!added.name.empty()) locale.name = added.name;
  locale.draft = locale.draft || added.draft;
  for (auto& [key, sentence] : added.sentences) locale.sentences.insert_or_assign(key, std::move(sentence));
  return findings;
}

const LocaleFile* Catalog::find(std::string_view locale) const {
  const auto found = locales_.find(locale);
  return found == locales_.end() ? nullptr : &found->second;
}

std::vector<Locale> Catalog::locales() const {
  std::vector<Locale> names;
  for (const auto& [name, file] : locales_) names.push_back(name);
  return names;
}

std::set<std::string> Catalog::keys() const {
  std::set<std::string> names;
  if (const LocaleFile* source = find(source_locale)) {
    for (const auto& [key, sentence] : source->sentences) names.insert(key);
  }
  return names;
}

std::optional<Catalog::Found> Catalog::sentence(std::string_view key, std::string_view locale,
                                                std::string_view site) const {
  for (const std::string_view name : {locale, site, source_locale, last_locale}) {
    const LocaleFile* file = find(name);
    if (file == nullptr) continue;
    if (const auto found = file->sentences.find(key); found != file->sentences.end()) {
      return Found{file, &found->second};
    }
  }
  return std::nullopt;
}

}  // namespace passerelle::language
