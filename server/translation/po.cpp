// gettext PO: msgctxt is the key, msgid the source, the note an extracted comment. No plural forms of gettext: the
// sentence's own ICU pattern has them, which the flag icu-message-format tells.
#include <algorithm>
#include <optional>
#include <set>

#include "translation/exchange.hpp"

namespace passerelle::translation {
namespace {

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\t': out += "\\t"; break;
      case '\r': out += "\\r"; break;
      default: out += c;
    }
  }
  return out + '"';
}

// A text of several lines as gettext's programs lay it out: an empty string, then one line a string.
std::string field(std::string_view name, std::string_view text) {
  std::string out(name);
  if (text.find('\n') == std::string_view::npos || text.find('\n') == text.size() - 1) {
    return out + ' ' + in_quotes(text) + '\n';
  }
  out += " \"\"\n";
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    out += in_quotes(text.substr(0, end)) + '\n';
    text.remove_prefix(end);
  }
  return out;
}

std::string comment(std::string_view note) {
  std::string out;
  while (!note.empty()) {
    const std::size_t end = std::min(note.find('\n'), note.size());
    out += "#. " + std::string(note.substr(0, end)) + '\n';
    note.remove_prefix(std::min(end + 1, note.size()));
  }
  return out;
}

class PoReader {
 public:
  PoReader(const std::string& file, const std::string& text, Findings& findings)
      : file_(file), text_(text), findings_(findings) {}

  ReadRows read() {
    std::string_view rest = text_;
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      ++line_;
      take(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    finish();
    return std::move(read_);
  }

 private:
  void report(std::string what, std::string remedy) {
    findings_.push_back({{file_, line_, 1}, std::move(what), std::move(remedy)});
  }

  void take(std::string_view line) {
    while (!line.empty() && std::string_view(" \t\r").find(line.back()) != std::string_view::npos)
      line.remove_suffix(1);
    if (line.empty()) return finish();
    if (line.starts_with("#~")) return;  // what a program keeps of sentences that are gone
    if (line.starts_with('#')) return open_ == &str_ ? finish() : void();
    if (line.starts_with('"')) return add(line);
    const std::size_t space = std::min(line.find(' '), line.size());
    const std::string_view name = line.substr(0, space);
    if (name == "msgctxt") {
      finish();
      begin(context_);
    } else if (name == "msgid") {
      if (open_ == &str_) finish();
      begin(id_);
    } else if (name == "msgstr") {
      begin(str_);
    } else {
      report("'" + std::string(name) + "' is not expected here",
             "keep msgctxt, msgid and msgstr; the plural forms stand inside the sentence");
      return;
    }
    if (first_line_ == 0) first_line_ = line_;
    add(line.substr(std::min(space + 1, line.size())));
  }

  void begin(std::optional<std::string>& field) {
    field.emplace();
    open_ = &field;
  }

  void add(std::string_view string) {
    if (string.size() < 2 || string.front() != '"' || string.back() != '"' || open_ == nullptr) {
      report("a text stands between double quotes", "write msgstr \"…\"");
      return;
    }
    std::string& to = **open_;
    for (std::size_t i = 1; i + 1 < string.size(); ++i) {
      if (string[i] != '\\') {
        to += string[i];
        continue;
      }
      const char next = string[++i];
      if (i + 1 == string.size()) return report("the text ends with a \\", "write \\\\ for a backslash");
      to += next == 'n' ? '\n' : next == 't' ? '\t' : next == 'r' ? '\r' : next;
    }
  }

  void finish() {
    if (id_ && id_->empty() && !context_) {
      read_header(str_.value_or(""));
    } else if (context_ && id_ && str_) {
      read_.rows.push_back({*context_, *id_, *str_, {file_, first_line_, 1}});
    } else if (context_ || id_ || str_) {
      report("this entry has no " + std::string(!context_ ? "msgctxt"
                                                : !id_    ? "msgid"
                                                          : "msgstr"),
             "keep all three, as they were exported");
    }
    context_.reset();
    id_.reset();
    str_.reset();
    open_ = nullptr;
    first_line_ = 0;
  }

  void read_header(const std::string& header) {
    constexpr std::string_view name = "Language: ";
    const std::size_t at = header.find(name);
    if (at == std::string::npos) return;
    const std::size_t from = at + name.size();
    read_.locale = header.substr(from, header.find('\n', from) - from);
    std::ranges::replace(read_.locale, '_', '-');
  }

  const std::string& file_;
  const std::string& text_;
  Findings& findings_;
  ReadRows read_;
  int line_ = 0, first_line_ = 0;
  std::optional<std::string> context_, id_, str_;
  std::optional<std::string>* open_ = nullptr;
};

}  // namespace

std::string write_po(const Units& units) {
  std::string language = units.locale;
  std::ranges::replace(language, '-', '_');
  std::string out = "msgid \"\"\nmsgstr \"\"\n";
  for (const std::string& line :
       {std::string("Project-Id-Version: passerelle\n"), "Language: " + language + '\n',
        std::string("MIME-Version: 1.0\n"), std::string("Content-Type: text/plain; charset=UTF-8\n"),
        std::string("Content-Transfer-Encoding: 8bit\n"),
        std::string("X-Status: ") + (units.draft ? "draft" : "reviewed") + '\n'}) {
    out += in_quotes(line) + '\n';
  }
  for (const Unit& unit : units.all) {
    out += '\n' + comment(unit.note);
    std::string flags = unit.stale && !unit.target.empty() ? ", fuzzy" : "";
    if (unit.icu) flags += ", icu-message-format";
    if (!flags.empty()) out += '#' + flags + '\n';
    out += field("msgctxt", unit.key) + field("msgid", unit.source) + field("msgstr", unit.target);
  }
  return out;
}

ReadRows read_po(const std::string& file, const std::string& text, Findings& findings) {
  return PoReader(file, text, findings).read();
}

}  // namespace passerelle::translation
