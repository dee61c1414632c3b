#include "simulator/transcript.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace passerelle::simulator {
namespace {

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r");
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

// After a backslash, n is a line end, and anything else is itself.
std::string unescaped(const std::string& text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool escaped = text[at] == '\\' && at + 1 < text.size();
    if (escaped) ++at;
    plain += escaped && text[at] == 'n' ? '\n' : text[at];
  }
  return plain;
}

FromPerson from_person(const std::string& rest) {
  if (rest == "[photo]") return {"", InboundMessage::Kind::media};
  return {unescaped(rest)};
}

class Parser {
 public:
  explicit Parser(const std::string& file) { parsed_.transcript.file = file; }

  ParsedTranscript parse(const std::string& text) {
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
      ++number_;
      const std::string content = trimmed(line);
      if (!content.empty() && content[0] != '#') read_line(content);
    }
    if (!started_)
      wrong("has no line 'start …'", "begin with: start 2027-03-26 09:00 Europe/Zurich sms +41790000001 fr");
    return std::move(parsed_);
  }

 private:
  void wrong(std::string what, std::string remedy) {
    parsed_.findings.push_back({{parsed_.transcript.file, number_, 1}, std::move(what), std::move(remedy)});
  }

  void read_line(const std::string& line) {
    const std::string word = line.substr(0, line.find_first_of(" \t"));
    const std::string rest = trimmed(line.substr(word.size()));
    if (word == "start") return read_start(rest);
    if (!started_) return wrong("comes before the line 'start …'", "move it below");
    if (word == ">") return push(from_person(rest));
    if (word == "call") return push(FromPerson{"", InboundMessage::Kind::missed_call});
    if (word == "<") return read_from_us(rest);
    if (word == "is") return read_holds(rest);
    if (word == "at") return read_at(rest);
    if (word == "do") return read_do(rest);
    wrong("'" + word + "' is no kind of line", "lines begin with start, >, call, <, is, at, do or #");
  }

  template <class What>
  void push(What what) {
    parsed_.transcript.lines.push_back({number_, std::move(what)});
  }

  void read_start(const std::string& rest) {
    const auto words = words_of(rest);
    if (started_ || words.size() != 6)
      return wrong("is not a start line", "start DATE TIME ZONE CHANNEL ADDRESS LANGUAGE, once");
    started_ = true;
    Transcript& transcript = parsed_.transcript;
    const auto start = parse_civil(words[0] + " " + words[1]);
    if (start)
      transcript.start = *start;
    else
      wrong(start.error().what, "");
    transcript.zone = words[2];
    if (!is_zone(words[2])) wrong("there is no time zone '" + words[2] + "'", "for example Europe/Zurich");
    transcript.person = {words[3], words[4]};
    transcript.locale = words[5];
  }

  void read_at(const std::string& rest) {
    const auto time = parse_civil(rest);
    if (time)
      push(At{*time});
    else
      wrong(time.error().what, "");
  }

  void read_do(const std::string& rest) {
    auto action = parse_do(rest);
    if (action)
      push(std::move(*action));
    else
      wrong(action.error().what, "");
  }

  void read_holds(const std::string& rest) {
    Holds holds;
    for (const std::string& word : words_of(rest)) {
      const auto equals = word.find('=');
      if (equals == std::string::npos) return wrong("'" + word + "' is not NAME=VALUE", "for example task=call_back");
      holds.facts.emplace_back(word.substr(0, equals), word.substr(equals + 1));
    }
    push(std::move(holds));
  }

  void read_from_us(const std::string& rest) {
    FromUs expected;
    if (rest == "-") {
      expected.silence = true;
    } else if (rest.starts_with("[") && rest.find(']') != std::string::npos) {
      const auto close = rest.find(']');
      expected.locale = rest.substr(1, close - 1);
      read_items(trimmed(rest.substr(close + 1)), expected);
    } else if (rest.starts_with("{")) {
      read_items(rest, expected);
    } else {
      expected.literal = unescaped(rest);
    }
    push(std::move(expected));
  }

  void read_items(const std::string& rest, FromUs& expected) {
    std::size_t at = 0;
    while (at < rest.size()) {
      const auto close = rest.find('}', at);
      if (rest[at] != '{' || close == std::string::npos) {
        return wrong("sentence keys stand in braces", "write {first_contact.menu} {common.latin_line}");
      }
      expected.items.push_back(read_item(rest.substr(at + 1, close - at - 1)));
      at = rest.find_first_not_of(" \t", close + 1);
      if (at == std::string::npos) return;
    }
  }

  ExpectedItem read_item(const std::string& text) {
    ExpectedItem item;
    item.key = text.substr(0, text.find(' '));
    for (std::size_t at = item.key.size(); (at = text.find_first_not_of(' ', at)) != std::string::npos;) {
      const auto equals = text.find("=\"", at);
      const auto quote = equals == std::string::npos ? equals : text.find('"', equals + 2);
      if (quote == std::string::npos) {
        wrong("an argument is not NAME=\"VALUE\"", "");
        break;
      }
      item.arguments[text.substr(at, equals - at)] = unescaped(text.substr(equals + 2, quote - equals - 2));
      at = quote + 1;
    }
    return item;
  }

  ParsedTranscript parsed_;
  int number_ = 0;
  bool started_ = false;
};

}  // namespace

result<Do> parse_do(const std::string& text) {
  static const std::map<std::string, std::vector<std::string>> known = {
      {"appointment", {"site", "with", "bring", "zone", "lang"}},
      {"move", {"site", "with"}},
      {"cancel", {}},
      {"contact",
       {"readers", "discreet", "safe", "code", "paused", "lang", "latin_only", "calendar", "clock", "digits"}}};
  std::vector<std::string> words = words_of(text);
  if (words.empty() || !known.contains(words[0])) return Error{"staff can do appointment, move, cancel or contact", ""};
  Do action{words[0], {}, {}};
  std::size_t next = 1;
  if (action.action == "appointment" || action.action == "move") {
    const auto time = words.size() < 3 ? result<CivilTime>(Error{"needs a date and a time: 2027-03-28 14:30", ""})
                                       : parse_civil(words[1] + " " + words[2]);
    if (!time) return time.error();
    action.time = *time;
    next = 3;
  }
  for (; next < words.size(); ++next) {
    const auto equals = words[next].find('=');
    const std::string name = words[next].substr(0, equals);
    const std::vector<std::string>& valid = known.at(action.action);
    if (equals == std::string::npos || std::find(valid.begin(), valid.end(), name) == valid.end())
      return Error{"'" + words[next] + "' is no option of '" + action.action + "'", ""};
    action.options[name] = words[next].substr(equals + 1);
  }
  return action;
}

ParsedTranscript parse_transcript(const std::string& file, const std::string& text) { return Parser(file).parse(text); }

}  // namespace passerelle::simulator
