#include "language/date_words.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "base/nearest.hpp"
#include "language/json_places.hpp"
#include "language/locale_name.hpp"
#include "language/normalize.hpp"

namespace passerelle::language {
namespace {

namespace json = boost::json;

const std::vector<std::string> file_keys = {"language",        "status",   "clock",   "months", "persian_months",
                                            "ethiopic_months", "weekdays", "numbers", "words"};

class Parser {
 public:
  Parser(const std::string& file, const std::string& text, Findings& findings)
      : file_(file), text_(text), findings_(findings) {}

  DateWords parse() {
    json::error_code error;
    json::monotonic_resource memory;  // nothing of the tree is kept
    json::parser parser;
    parser.reset(&memory);
    const std::size_t read = parser.write_some(text_, error);
    if (!error && text_.find_first_not_of(" \t\r\n", read) != std::string::npos) error = json::error::extra_data;
    if (error) {
      findings_.push_back({position_of(file_, text_, read), "this is not JSON: " + error.message(),
                           "look for a comma, quote or brace that is missing or too many"});
      return {};
    }
    const json::value root = parser.release();
    const JsonPlaces places(file_, text_);
    places_ = &places;
    if (!root.is_object()) {
      report(places.at("").value, "a file of dates is one object", R"(begin with {"language": "…")");
      return {};
    }
    read_file(root.as_object());
    return std::move(out_);
  }

 private:
  void report(const Position& at, std::string what, std::string remedy) {
    findings_.push_back({at, std::move(what), std::move(remedy)});
  }

  void read_file(const json::object& root) {
    for (const auto& [key, value] : root) {
      if (std::ranges::find(file_keys, std::string_view(key)) == file_keys.end())
        report(places_->at('/' + std::string(key)).key, "there is no field '" + std::string(key) + "' here",
               suggest(std::string(key), file_keys));
    }
    out_.locale = string(root, "language");
    if (icu_locale(out_.locale).empty())
      report(places_->at("/language").value, "there is no language '" + out_.locale + "'", locale_remedy(out_.locale));
    const std::string status = string(root, "status");
    out_.draft = !status.starts_with("reviewed");
    if (out_.draft && status != "draft")
      report(places_->at("/status").value, "the status '" + status + "' is neither draft nor reviewed",
             R"(write "draft", or "reviewed" with by whom and when)");
    read_clock(root);
    out_.months = list(root, "months", 12);
    out_.persian_months = list(root, "persian_months", 12);
    out_.ethiopic_months = list(root, "ethiopic_months", 13);
    out_.weekdays = list(root, "weekdays", 7);
    out_.numbers = list(root, "numbers", 0);
    read_words(root);
    check_meanings();
  }

  std::string string(const json::object& parent, std::string_view key) const {
    const json::value* value = parent.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
  }

  void read_clock(const json::object& root) {
    const json::value* clock = root.if_contains("clock");
    if (clock == nullptr) return;
    const std::int64_t* hours = clock->if_int64();
    if (hours == nullptr || (*hours != 12 && *hours != 24))
      report(places_->at("/clock").value, "'clock' is 12 or 24", "write 12 where people say 2 for 14:00");
    else
      out_.twelve_hours = *hours == 12;
  }

  // The spellings between '|'; an empty one is reported.
  Spellings spellings(const json::value& value, const std::string& path) {
    Spellings found;
    const json::string* text = value.if_string();
    std::string_view rest = text == nullptr ? std::string_view() : std::string_view(*text);
    bool sound = !rest.empty();
    while (!rest.empty()) {
      const std::string_view word = rest.substr(0, rest.find('|'));
      if (fold(word).empty() || rest.ends_with('|')) sound = false;
      rest.remove_prefix(std::min(rest.size(), word.size() + 1));
      found.emplace_back(word);
    }
    if (!sound)
      report(places_->at(path).value, "a word is missing here",
             "write the spellings as a text, with one | between two");
    return found;
  }

  std::vector<Spellings> list(const json::object& root, const std::string& key, std::size_t size) {
    std::vector<Spellings> all;
    const json::value* value = root.if_contains(key);
    if (value == nullptr) return all;
    const json::array* entries = value->if_array();
    if (entries == nullptr || (size != 0 && entries->size() != size)) {
      report(places_->at('/' + key).value, "'" + key + "' is not a list of " + std::to_string(size),
             "write all of them, in their order; Monday is the first day");
      return all;
    }
    // Places inside lists are told by the list.
    for (const json::value& entry : *entries) all.push_back(spellings(entry, '/' + key));
    return all;
  }

  void read_words(const json::object& root) {
    out_.words.resize(date_word_names().size());
    const json::value* value = root.if_contains("words");
    if (value == nullptr) return;
    const json::object* words = value->if_object();
    if (words == nullptr) return report(places_->at("/words").value, "'words' is an object", R"(write {"today": "…"})");
    for (const auto& [key, spelled] : *words) {
      const std::string name(key), path = "/words/" + name;
      const auto known = std::ranges::find(date_word_names(), name);
      if (known == date_word_names().end())
        report(places_->at(path).key, "there is no word '" + name + "' here", suggest(name, date_word_names()));
      else
        out_.words[static_cast<std::size_t>(known - date_word_names().begin())] = spellings(spelled, path);
    }
  }

  // Nobody could tell which of the two was meant. Months of two calendars may share their names.
  void check_meanings() {
    std::map<std::string, std::string> meanings;
    const auto note = [&](const Spellings& words, const std::string& meaning, const std::string& path) {
      for (const std::string& word : words) {
        const auto [known, added] = meanings.emplace(fold(word), meaning);
        if (!added && known->second != meaning)
          report(places_->at(path).value, "'" + word + "' means '" + known->second + "' already",
                 "take it out of one of the two");
      }
    };
    const auto note_all = [&note](const std::vector<Spellings>& all, const std::string& path) {
      for (std::size_t i = 0; i < all.size(); ++i) note(all[i], path.substr(1) + ' ' + std::to_string(i + 1), path);
    };
    note_all(out_.months, "/months");
    note_all(out_.weekdays, "/weekdays");
    note_all(out_.numbers, "/numbers");
    for (std::size_t i = 0; i < out_.words.size(); ++i)
      note(out_.words[i], date_word_names()[i], "/words/" + date_word_names()[i]);
  }

  const std::string& file_;
  const std::string& text_;
  Findings& findings_;
  const JsonPlaces* places_ = nullptr;
  DateWords out_;
};

}  // namespace

const std::vector<std::string>& date_word_names() {
  static const std::vector<std::string> names{"today",
                                              "tomorrow",
                                              "day_after_tomorrow",
                                              "yesterday",
                                              "day_before_yesterday",
                                              "coming",
                                              "next",
                                              "last",
                                              "next_week",
                                              "this_week",
                                              "in",
                                              "ago",
                                              "days",
                                              "weeks",
                                              "hours",
                                              "minutes",
                                              "at",
                                              "of",
                                              "morning",
                                              "noon",
                                              "afternoon",
                                              "evening",
                                              "night",
                                              "am",
                                              "pm",
                                              "midday",
                                              "midnight",
                                              "half",
                                              "half_past",
                                              "filler"};
  return names;
}

const std::vector<Spellings>& DateWords::months_of(Calendar calendar) const {
  switch (calendar) {
    case Calendar::gregorian: return months;
    case Calendar::persian: return persian_months;
    case Calendar::ethiopic: return ethiopic_months;
  }
  return months;
}

DateWords parse_date_words(const std::string& file, const std::string& json, Findings& findings) {
  return Parser(file, json, findings).parse();
}

}  // namespace passerelle::language
