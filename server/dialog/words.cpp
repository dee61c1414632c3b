#include "dialog/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/nearest.hpp"
#include "dialog/engine.hpp"
#include "dialog/text.hpp"
#include "dialog/vocabulary.hpp"

namespace passerelle::dialog {
namespace {

constexpr std::size_t longest_name = 64;
constexpr std::size_t longest_key = 200;
constexpr std::array<std::string_view, 4> exit_words{"end", "human", "first", "dialog"};
// Other programs that read YAML, and the people who use them, take these for something else than a name.
constexpr std::array<std::string_view, 9> truth_words{"yes", "no", "on", "off", "y", "n", "true", "false", "null"};

// Under which the engine keeps something itself.
struct TakenName {
  std::string_view name;
  std::string_view what;
};
constexpr std::array<TakenName, 3> taken_names{{{invitation_answer, "what the dialog was begun for"},
                                                {text_answer, "the text that we ask back about"},
                                                {shown_answer, "what was picked before"}}};

// What keeps something under that name already; empty: nothing does.
std::string_view taken_for(const std::string& name) {
  const auto taken = std::ranges::find(taken_names, name, &TakenName::name);
  if (taken != taken_names.end()) return taken->what;
  const std::vector<std::string> picks = pick_names();
  return std::ranges::find(picks, name) == picks.end() ? std::string_view() : "what 'pick' finds";
}

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_sentence_key(std::string_view word) {
  const auto fits = [](char c) {
    return is_letter(c) || is_digit(c) || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || c == '-';
  };
  return !word.empty() && word.size() <= longest_key && word.front() != '.' && word.back() != '.' &&
         std::ranges::all_of(word, fits);
}

std::optional<int> parse_number(std::string_view word) {
  int number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return number;
}

// Reports anything but a word, and says what was expected.
bool expect_word(const Node& value, std::string_view what, std::string_view example, Report& report) {
  if (value.is_word()) return true;
  report.add(value.at, fmt::format("'{}' needs a single word after it", what), fmt::format("write '{}'", example));
  return false;
}

std::string shown(std::string_view word) {
  constexpr std::size_t most_shown = 60;
  return std::string(at_most(word, most_shown));
}

bool is_truth_word(std::string_view word) { return std::ranges::find(truth_words, word) != truth_words.end(); }

bool is_locale(std::string_view word) {
  constexpr std::size_t longest_locale = 15;
  const auto fits = [](char c) { return is_letter(c) || is_digit(c) || (c >= 'A' && c <= 'Z') || c == '-'; };
  return word.size() >= 2 && word.size() <= longest_locale && is_letter(word[0]) && is_letter(word[1]) &&
         word.back() != '-' && std::ranges::all_of(word, fits);
}

std::optional<Exit> read_dialog_exit(const Node& value, std::string_view name, Report& report) {
  if (is_name(name)) return ToDialog{std::string(name), report.position(value.at)};
  report.add(value.at, "'dialog' needs the name of one dialog after it", "write 'dialog NAME'");
  return std::nullopt;
}

}  // namespace

void check_keys(const Node& map, std::string_view owner, const std::vector<std::string>& valid, Report& report) {
  for (const Node& key : map.keys) {
    if (std::ranges::find(valid, key.word) != valid.end()) continue;
    report.add(key.at, fmt::format("{} has no '{}'", owner, shown(key.word)), suggest(key.word, valid));
  }
}

std::string remedy_for(std::string_view word, const std::vector<std::string>& valid, std::string otherwise) {
  const std::string near = nearest(word, valid);
  return near.empty() ? std::move(otherwise) : fmt::format("did you mean '{}'?", near);
}

bool is_name(std::string_view word) {
  const auto fits = [](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '-'; };
  return !word.empty() && word.size() <= longest_name && is_letter(word.front()) && std::ranges::all_of(word, fits);
}

void check_step_id(const Node& id, Report& report) {
  if (std::ranges::find(exit_words, id.word) != exit_words.end()) {
    report.add(id.at, fmt::format("a step cannot be called '{}': after 'then' that word means something else", id.word),
               "give the step another name");
  } else if (is_truth_word(id.word)) {
    report.add(id.at, fmt::format("a step cannot be called '{}': YAML takes that word for true or false", id.word),
               "give the step another name");
  } else if (!is_name(id.word)) {
    report.add(id.at, fmt::format("'{}' is not a name for a step", shown(id.word)),
               "use small letters a to z, digits, '_' and '-', beginning with a letter");
  }
}

std::optional<std::string> read_sentence_key(const Node& value, std::string_view what, Report& report) {
  if (!expect_word(value, what, fmt::format("{}: information.hello", what), report)) return std::nullopt;
  if (is_sentence_key(value.word)) return value.word;
  report.add(value.at, fmt::format("'{}' takes the key of a sentence, not '{}'", what, shown(value.word)),
             "put the sentence in locales/ and write its key here, like information.hello");
  return std::nullopt;
}

std::optional<std::string> read_name(const Node& value, std::string_view what, Report& report) {
  if (!expect_word(value, what, fmt::format("{}: name", what), report)) return std::nullopt;
  if (is_truth_word(value.word)) {
    report.add(value.at, fmt::format("'{}' is not a name for '{}': YAML takes it for true or false", value.word, what),
               "use another word");
    return std::nullopt;
  }
  if (is_name(value.word)) return value.word;
  report.add(value.at, fmt::format("'{}' is not a name for '{}'", shown(value.word), what),
             "use small letters a to z, digits, '_' and '-', beginning with a letter");
  return std::nullopt;
}

std::optional<std::string> read_answer_name(const Node& value, std::string_view what, Report& report) {
  auto name = read_name(value, what, report);
  if (!name) return std::nullopt;
  if (const std::string_view taken = taken_for(*name); !taken.empty()) {
    report.add(value.at, fmt::format("'{}' is the name of {}", *name, taken), "keep the answer under another name");
    return std::nullopt;
  }
  if (name->find('-') == std::string::npos) return name;
  report.add(value.at, fmt::format("'{}' has a '-', which sentences cannot use as {{{}}}", *name, *name),
             "write '_' instead");
  return std::nullopt;
}

std::optional<std::string> read_one_of(const Node& value, std::string_view what, const std::vector<std::string>& valid,
                                       Report& report) {
  if (!expect_word(value, what, fmt::format("{}: {}", what, valid.front()), report)) return std::nullopt;
  if (std::ranges::find(valid, value.word) != valid.end()) return value.word;
  report.add(value.at, fmt::format("'{}' cannot be '{}'", what, shown(value.word)), suggest(value.word, valid));
  return std::nullopt;
}

std::optional<int> read_number(const Node& value, std::string_view what, int least, int most, Report& report) {
  if (!expect_word(value, what, fmt::format("{}: {}", what, least), report)) return std::nullopt;
  const auto number = parse_number(value.word);
  if (number && *number >= least && *number <= most) return number;
  const bool of_an_answer = what == "number" || what == "from" || what == "to";
  if (number == 0 && of_an_answer) {
    report.add(value.at, "0 cannot be an answer: it is kept for '□□□? reply 0' on old phones",
               fmt::format("use {} to {}", least, most));
  } else {
    report.add(value.at, fmt::format("'{}' is not a number that '{}' can have", shown(value.word), what),
               fmt::format("use {} to {}", least, most));
  }
  return std::nullopt;
}

std::optional<bool> read_truth(const Node& value, std::string_view what, Report& report) {
  if (value.is_word() && value.word == "true") return true;
  const bool of_a_dialog = what == "aside" || what == "optional" || what == "standing";
  if (value.is_word() && value.word == "false" && of_a_dialog) return false;
  report.add(value.at, fmt::format("'{}' can only be followed by 'true'{}", what, of_a_dialog ? " or 'false'" : ""),
             fmt::format("write '{}: true', or delete it", what));
  return std::nullopt;
}

std::optional<Consent> read_consent(const Node& value, Report& report) {
  static const std::vector<std::string> valid{"open", "reminders_only", "stopped"};
  if (!expect_word(value, "consent", "consent: stopped", report)) return std::nullopt;
  if (value.word == valid[0]) return Consent::open;
  if (value.word == valid[1]) return Consent::reminders_only;
  if (value.word == valid[2]) return Consent::stopped;
  report.add(value.at, fmt::format("there is no consent '{}'", shown(value.word)), suggest(value.word, valid));
  return std::nullopt;
}

std::optional<Response> read_response(const Node& value, Report& report) {
  static const std::vector<std::string> valid{"coming", "declined", "call_me"};
  if (!expect_word(value, "invitation", "invitation: coming", report)) return std::nullopt;
  const std::optional<Response> response = parse_response(value.word);
  if (response && *response != Response::none) return response;
  report.add(value.at, fmt::format("nobody answers an invitation with '{}'", shown(value.word)),
             remedy_for(value.word, valid, "write coming, declined or call_me"));
  return std::nullopt;
}

bool read_unclear(const Node& value, Report& report) {
  if (value.is_word() && value.word == "human") return true;
  report.add(value.at, "'unclear' can only be followed by 'human'",
             "write 'unclear: human', or use 'otherwise' and 'tries'");
  return false;
}

std::optional<std::chrono::milliseconds> read_span(const Node& value, std::string_view what, Report& report) {
  constexpr std::chrono::hours longest(24 * 365);
  if (!expect_word(value, what, fmt::format("{}: 24h", what), report)) return std::nullopt;
  const std::string_view word = value.word;
  const auto number = word.empty() ? std::nullopt : parse_number(word.substr(0, word.size() - 1));
  const char unit = word.empty() ? ' ' : word.back();
  const std::chrono::minutes each(unit == 'm' ? 1 : unit == 'h' ? 60 : unit == 'd' ? 24 * 60 : 0);
  if (number && *number > 0 && each.count() > 0 && *number <= longest / each) return *number * each;
  report.add(value.at, fmt::format("'{}' is not a span of time", shown(word)),
             "write a number and m, h or d, at most a year: 15m, 24h, 7d");
  return std::nullopt;
}

std::vector<Locale> read_languages(const Node& value, Report& report) {
  std::vector<Locale> languages;
  if (!value.is_list() || value.items.empty()) {
    report.add(value.at, "'languages' needs a list of languages", "write 'languages: [fr, ar]'");
    return languages;
  }
  for (const Node& item : value.items) {
    if (!item.is_word() || !is_locale(item.word)) {
      report.add(item.at, fmt::format("'{}' is not the code of a language", shown(item.word)),
                 "write the code of a file in locales/, like fr or fa-AF");
    } else if (std::ranges::find(languages, item.word) != languages.end()) {
      report.add(item.at, fmt::format("the language '{}' is written twice", item.word), "delete one of the two");
    } else {
      languages.push_back(item.word);
    }
  }
  return languages;
}

std::optional<Exit> read_exit(const Node& value, const std::vector<std::string>& steps, Report& report) {
  constexpr std::string_view to_dialog = "dialog";
  if (!value.is_word()) {
    report.add(value.at, "'then' needs a single word after it", "write a step, end, human, first or 'dialog NAME'");
    return std::nullopt;
  }
  const std::string& word = value.word;
  if (word == "end") return ToEnd{};
  if (word == "human") return ToHuman{};
  if (word == "first") return ToFirst{};
  if (word == to_dialog) return read_dialog_exit(value, {}, report);
  if (word.starts_with("dialog ")) {
    const std::size_t name = word.find_first_not_of(' ', to_dialog.size());
    return read_dialog_exit(value, name == std::string::npos ? std::string_view() : std::string_view(word).substr(name),
                            report);
  }
  if (std::ranges::find(steps, word) != steps.end()) return ToStep{word, report.position(value.at)};
  std::vector<std::string> valid = steps;
  valid.insert(valid.end(), {"end", "human", "first"});
  report.add(value.at, fmt::format("there is no step '{}'", shown(word)),
             remedy_for(word, valid, "add that step, or write end, human, first or 'dialog NAME'"));
  return std::nullopt;
}

}  // namespace passerelle::dialog
