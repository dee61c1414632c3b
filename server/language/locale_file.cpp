#include "language/locale_file.hpp"

#include <algorithm>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/value.hpp>
#include <optional>

#include "base/nearest.hpp"
#include "language/json_places.hpp"
#include "language/locale_name.hpp"
#include "language/normalize.hpp"
#include "language/pattern.hpp"

namespace passerelle::language {
namespace {

namespace json = boost::json;

constexpr std::size_t largest_file = 1'000'000;
constexpr std::string_view name_key = "locale.name", status_key = "locale.status", about_file = "locale.";
const std::vector<std::string> file_keys = {std::string(name_key), std::string(status_key)};
const std::vector<std::string> message_fields = {"defaultMessage", "description"};
const std::vector<std::string> flags = {"words", "critical", "same"};

bool key_shape(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  });
}

// Reads one file, which Boost.JSON has parsed; every mistake becomes a finding at its place.
class FileReader {
 public:
  FileReader(const std::string& file, const std::string& text, Checked checked, Findings& findings)
      : nowhere_{{file, 0, 0}, {file, 0, 0}, 0}, findings_(findings) {
    if (checked == Checked::now) places_.emplace(file, text);
  }

  ReadLocale read(const json::value& root, std::string_view locale) {
    ReadLocale read;
    if (places_) report_duplicates();
    const json::object* object = root.if_object();
    if (object == nullptr) {
      report(place("").value, "a language file is an object", R"(begin with {"locale.name": …)");
      return read;
    }
    read_head(*object, read.file);
    if (read_locale(locale, read.file)) read_sentences(*object, read);
    return read;
  }

 private:
  const JsonPlace& place(std::string_view path) const { return places_ ? places_->at(path) : nowhere_; }

  void report_duplicates() {
    for (const auto& duplicate : places_->duplicates()) {
      report(duplicate.second, "the key '" + last_name(duplicate.path) + "' is given twice",
             "it stands in line " + std::to_string(duplicate.first.line) + " already: keep one");
    }
  }

  static std::string last_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

  void report(const Position& at, std::string what, std::string remedy) {
    findings_.push_back({at, std::move(what), std::move(remedy)});
  }

  void only(const json::object& object, const std::string& path, const std::vector<std::string>& fields) {
    for (const auto& entry : object) {
      const std::string name(entry.key());
      if (std::ranges::find(fields, name) != fields.end()) continue;
      report(place(path + '/' + name).key, "there is no field '" + name + "' here", suggest(name, fields));
    }
  }

  // The string member 'name', checked for controls; empty when it is missing, or after a finding.
  std::string text_of(const json::object& object, const std::string& path, const std::string& name) {
    const json::value* value = object.if_contains(name);
    if (value == nullptr) return {};
    const std::string at = path + '/' + name;
    const json::string* text = value->if_string();
    if (text == nullptr) {
      report(place(at).value, "'" + name + "' must be a text", "write it between double quotes");
      return {};
    }
    const std::string found(text->data(), text->size());
    if (places_) check_controls(found, at);
    return found;
  }

  void check_controls(const std::string& text, const std::string& path) {
    const std::string clean = strip_controls(text);
    if (clean == text) return;
    const auto differs = std::ranges::mismatch(text, clean).in1;
    const std::string before(text.begin(), differs);
    std::size_t units = 0;
    for (const char c : before) units += (c & 0xC0) == 0x80 ? 0 : (c & 0xF8) == 0xF0 ? 2 : 1;
    report(places_->inside(path, units), "an invisible control character stands here",
           "take it out: the direction of text is set when a sentence is sent, and a new line is \\n alone");
  }

  void read_head(const json::object& object, LocaleFile& found) {
    if (const json::value* name = object.if_contains(name_key))
      found.name = message(std::string(name_key), *name).pattern;
    const json::value* status = object.if_contains(status_key);
    if (status == nullptr) {
      report(place("").value, "the file has no 'locale.status'", R"(add "locale.status": {"defaultMessage": "draft"})");
      return;
    }
    const std::size_t before = findings_.size();
    const Sentence said = message(std::string(status_key), *status);
    found.status = said.pattern;
    found.draft = !found.status.starts_with("reviewed ");
    if (findings_.size() > before || found.status == "draft" || !found.draft) return;
    report(said.at, "the status '" + found.status + "' is neither draft nor reviewed",
           R"(write "draft", or "reviewed" with by whom and when)");
  }

  bool read_locale(std::string_view locale, LocaleFile& found) {
    const std::string icu = icu_locale(locale);
    if (icu.empty()) {
      report(place("").value, "there is no language '" + std::string(locale) + "', after which the file is called",
             locale_remedy(locale));
      return false;
    }
    const Script script = script_of(icu);
    found.locale = locale;
    found.rtl = script.rtl;
    found.latin_script = script.latin;
    return true;
  }

  void read_sentences(const json::object& object, ReadLocale& read) {
    const auto plurals = plurals_of(icu_locale(read.file.locale));
    for (const auto& entry : object) {
      const std::string key(entry.key());
      if (std::ranges::find(file_keys, key) != file_keys.end()) continue;
      const std::size_t before = findings_.size();
      Sentence sentence = message(key, entry.value());
      sentence.on_demand = PatternOnDemand(plurals);
      sentence.checked_at_build = !places_;
      if (places_ && findings_.size() == before) check_text(sentence, '/' + key + "/defaultMessage", plurals);
      if (findings_.size() == before) {
        read.file.sentences.insert_or_assign(key, std::move(sentence));
      } else {
        read.refused.insert(key);
      }
    }
  }

  Sentence message(const std::string& key, const json::value& value) {
    const std::string path = '/' + key;
    Sentence sentence;
    if (!key_shape(key)) {
      report(place(path).key, "'" + key + "' cannot be a key", "use small latin letters, digits, _ and .");
      return sentence;
    }
    if (key.starts_with(about_file) && std::ranges::find(file_keys, key) == file_keys.end()) {
      report(place(path).key, "'" + key + "' tells nothing about the file", suggest(key, file_keys));
      return sentence;
    }
    const json::object* object = value.if_object();
    if (object == nullptr) {
      report(place(path).value, "a message is an object", R"(write {"defaultMessage": "…"})");
      return sentence;
    }
    only(*object, path, message_fields);
    sentence.at = place(path + "/defaultMessage").value;
    sentence.pattern = text_of(*object, path, "defaultMessage");
    read_description(sentence, text_of(*object, path, "description"), path + "/description");
    if (sentence.pattern.empty()) {
      report(sentence.at, "the message '" + key + "' has no text",
             R"(write "defaultMessage": "…", or take the key out)");
    }
    return sentence;
  }

  // "[critical] [words] What translators should know."
  void read_description(Sentence& sentence, std::string_view text, const std::string& path) {
    while (text.starts_with('[')) {
      const std::size_t end = std::min(text.find(']'), text.size());
      const std::string flag(text.substr(1, end - 1));
      if (flag == "words") {
        sentence.words = true;
      } else if (flag == "critical") {
        sentence.critical = true;
      } else if (flag == "same") {
        sentence.same = true;
      } else {
        report(place(path).value, "there is no flag [" + flag + "] to begin a description with", suggest(flag, flags));
        return;
      }
      text.remove_prefix(std::min(end + 1, text.size()));
      text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    }
    sentence.note = text;
  }

  void check_text(const Sentence& sentence, const std::string& path, const std::shared_ptr<const Plurals>& plurals) {
    Compiled compiled = compile(sentence.pattern, plurals);
    for (PatternMistake& mistake : compiled.mistakes) {
      report(places_->inside(path, mistake.unit), std::move(mistake.what), std::move(mistake.remedy));
    }
    if (sentence.words && compiled.pattern != nullptr) check_words(sentence, findings_);
  }

  std::optional<JsonPlaces> places_;  // none: checked at build
  JsonPlace nowhere_;
  Findings& findings_;
};

std::optional<json::value> parse(const std::string& file, const std::string& text, json::storage_ptr memory,
                                 Findings& findings) {
  if (text.size() > largest_file) {
    findings.push_back({{file, 0, 0}, "the file is larger than 1 MB", "keep only the sentences of one language in it"});
    return std::nullopt;
  }
  json::parser parser;
  parser.reset(std::move(memory));
  json::error_code error;
  const std::size_t read = parser.write_some(text.data(), text.size(), error);
  if (!error && text.find_first_not_of(" \t\r\n", read) == std::string::npos) return parser.release();
  const std::string what = error ? "this is no JSON: " + error.message() : "something follows the end of the JSON";
  findings.push_back(
      {position_of(file, text, read), what, "look for a comma, quote or brace that is missing or too many"});
  return std::nullopt;
}

}  // namespace

std::string_view locale_in_file_name(std::string_view file) {
  file.remove_prefix(file.rfind('/') + 1);
  if (file.ends_with(".json")) file.remove_suffix(std::string_view(".json").size());
  return file.substr(file.rfind('.') + 1);
}

ReadLocale read_locale_file(const std::string& file, const std::string& text, Checked checked, Findings& findings) {
  json::monotonic_resource memory;  // nothing of the tree is kept
  const auto root = parse(file, text, &memory, findings);
  if (!root) return {};
  return FileReader(file, text, checked, findings).read(*root, locale_in_file_name(file));
}

std::vector<std::string> split_list(std::string_view list) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; !list.empty() && from <= list.size();) {
    const std::size_t bar = std::min(list.find('|', from), list.size());
    parts.emplace_back(list.substr(from, bar - from));
    from = bar + 1;
  }
  return parts;
}

void check_words(const Sentence& list, Findings& findings) {
  if (list.pattern.find_first_of("{}") != std::string::npos) {
    findings.push_back({list.at, "a list of words has no arguments", "write the words as people type them, between |"});
  }
  for (const std::string& word : split_list(list.pattern)) {
    if (word.find_first_not_of(' ') != std::string::npos) continue;
    findings.push_back(
        {list.at, "the list of words has an empty one", "write one | between two words, none at the ends"});
    return;
  }
}

}  // namespace passerelle::language
