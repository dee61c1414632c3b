#include "adapters/approved.hpp"

#include <algorithm>

#include "adapters/text.hpp"
#include "base/nearest.hpp"
#include "domain/utf8.hpp"

namespace passerelle::adapters {
namespace {

constexpr std::size_t longest_body = 1024;  // code points; Meta's limit
constexpr std::size_t longest_name = 512;
constexpr std::size_t most_texts = 500;
constexpr std::int64_t most_buttons = 3;
constexpr std::string_view asks_nothing = "appointment_cancelled";
constexpr const char* path = "[[channel.template]]";

ApprovedText::Status status_of(const std::string& word) {
  if (word == "approved") return ApprovedText::Status::approved;
  return word == "rejected" ? ApprovedText::Status::rejected : ApprovedText::Status::pending;
}

bool has(const std::vector<std::string>& list, const std::string& one) {
  return std::ranges::find(list, one) != list.end();
}

void check_name(TableReader& reader, const ApprovedText& text) {
  if (!is_ascii_word(text.name, longest_name))
    reader.complain("name", "'name' is not the name of a template",
                    "as the gateway shows it, for example \"rappel_j2\"");
  if (!is_ascii_word(text.language, 16))
    reader.complain("language", "'language' is not the code of a language",
                    "one of the association's, for example \"fr\"");
  if (reader.has("code") && !is_ascii_word(text.code, 16))
    reader.complain("code", "'code' is not the gateway's code of a language", "for example \"fr\" or \"pt_PT\"");
}

// The words that staff see must be those that people read: each place of the one is a place of the other.
void check_body(TableReader& reader, const ApprovedText& text) {
  if (text.body.empty() || code_point_count(text.body) > longest_body || !is_utf8(text.body))
    return reader.complain("body", "'body' must be the text as it was approved, of 1 to 1024 letters",
                           "with {when} where the gateway has {{1}}");
  const std::vector<std::string> used = places_in(text.body);
  for (const std::string& name : used) {
    if (!has(approved_places(), name))
      return reader.complain("body", "'body' names '{" + name + "}', which nobody can fill in",
                             suggest(name, approved_places()) + "; the gateway's {{1}} is the first of 'parameters'");
  }
  for (const std::string& name : text.places) {
    if (!has(used, name))
      return reader.complain("parameters", "'parameters' names '" + name + "', which 'body' does not",
                             "the two must be the same");
    if (std::ranges::count(text.places, name) > 1)
      return reader.complain("parameters", "'parameters' names '" + name + "' twice",
                             "a name stands for one of the gateway's");
  }
  if (used.size() > text.places.size())
    reader.complain("parameters", "'parameters' lacks a name that 'body' has",
                    "write them all, in the order of the gateway's");
}

bool is_mark(std::string_view text) { return text.starts_with("\xE2\x80") || text.starts_with("\xE2\x81"); }

// "2 = je ne peux pas": its number first, but for marks of direction, and then words.
bool has_line_of(std::string_view body, std::int64_t number) {
  const std::string digits = std::to_string(number);
  for (std::size_t begin = 0; begin < body.size();) {
    const std::size_t end = std::min(body.find('\n', begin), body.size());
    std::string_view line = body.substr(begin, end - begin);
    begin = end + 1;
    while (line.starts_with(' ') || is_mark(line)) line.remove_prefix(line.front() == ' ' ? 1 : 3);
    if (!line.starts_with(digits)) continue;
    line.remove_prefix(digits.size());
    if (line.starts_with(' ') && line.find_first_not_of(" =.:)") != std::string_view::npos) return true;
  }
  return false;
}

// Staff see no buttons, nor do some telephones: whoever answers by a number must find it in the words.
void check_buttons(TableReader& reader, const ApprovedText& text) {
  if (text.buttons > 0 && text.kind == asks_nothing)
    return reader.complain("buttons", "'buttons' has no answers to stand for: this message asks nothing",
                           "leave it out");
  for (std::int64_t number = 1; number <= text.buttons; ++number) {
    const std::string shown = std::to_string(number);
    if (!has_line_of(text.body, number))
      return reader.complain("body", "'body' has no line '" + shown + " = …', which a button stands for",
                             "let the gateway approve a text that tells each number, or lower 'buttons'");
  }
}

ApprovedText read_one(const Block& table, Findings& findings) {
  TableReader reader(&table, path, findings);
  ApprovedText text;
  text.at = table.at;
  if (!reader.has("for")) reader.complain("for", "'for' is missing", suggest("", approved_kinds()));
  text.kind = reader.word("for", "", approved_kinds());
  text.language = reader.text("language");
  text.name = reader.text("name");
  text.code = reader.text("code", text.language);
  text.status = status_of(reader.word("status", "pending", {"pending", "approved", "rejected"}));
  text.body = reader.text("body");
  text.places = reader.texts("parameters");
  text.buttons = reader.number("buttons", 0, 0, most_buttons);
  check_name(reader, text);
  check_body(reader, text);
  check_buttons(reader, text);
  reader.done();
  return text;
}

bool is_same(const ApprovedText& one, const ApprovedText& other) {
  return one.kind == other.kind && one.language == other.language;
}

}  // namespace

std::vector<ApprovedText> read_approved(const Block& tables, Findings& findings) {
  std::vector<ApprovedText> texts;
  const Block* list = tables.find(approved_key);
  if (list == nullptr) return texts;
  if (list->kind != Block::Kind::list || list->items.size() > most_texts) {
    findings.push_back({list->key_at, "'template' is a list of tables", "write [[channel.template]] above each"});
    return texts;
  }
  for (const Block& table : list->items) {
    const std::size_t before = findings.size();
    ApprovedText text = read_one(table, findings);
    if (findings.size() > before) continue;
    const auto twin = std::ranges::find_if(texts, [&](const ApprovedText& each) { return is_same(each, text); });
    if (twin != texts.end()) {
      findings.push_back({text.at, "there is a template for '" + text.kind + "' in '" + text.language + "' already",
                          "take one out; the first is at " + to_string(twin->at)});
      continue;
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace passerelle::adapters
