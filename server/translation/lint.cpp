#include "translation/lint.hpp"

#include <algorithm>

#include "casework/csv.hpp"
#include "language/locale_file.hpp"
#include "language/normalize.hpp"
#include "translation/units.hpp"

namespace passerelle::translation {
namespace {

// The rows below a header whose first columns are these; empty after a finding.
std::vector<casework::CsvRow> rows_of(const std::string& file, const std::string& text,
                                      const std::vector<std::string>& columns, Findings& findings) {
  casework::Csv csv = casework::read_csv(text);
  if (csv.error) {
    findings.push_back({position_of(file, text, csv.error->offset), csv.error->what, ""});
    return {};
  }
  const bool begins = !csv.rows.empty() && csv.rows.front().cells.size() >= columns.size() &&
                      std::equal(columns.begin(), columns.end(), csv.rows.front().cells.begin());
  if (!begins) {
    findings.push_back({{file, 1, 1}, "the first row is not the header", "begin it with " + columns.front() + ", …"});
    return {};
  }
  return std::move(csv.rows);
}

std::string cell(const casework::CsvRow& row, std::size_t column) {
  return column < row.cells.size() ? row.cells[column] : std::string();
}

bool has_words(const std::string& text) {
  return std::ranges::any_of(language::tokens(language::fold(text)), [](const std::string& token) {
    return token.find_first_not_of("0123456789") != std::string::npos;
  });
}

// The text of a pattern without its arguments, roughly: enough to see whether there is a word in it.
std::string outside_braces(const std::string& pattern) {
  std::string out;
  int depth = 0;
  for (const char c : pattern) {
    depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    out += depth == 0 && c != '}' ? c : ' ';
  }
  return out;
}

}  // namespace

ForbiddenWords read_forbidden_words(const std::string& file, const std::string& text, Findings& findings) {
  ForbiddenWords words;
  std::vector<casework::CsvRow> rows = rows_of(file, text, {"locale", "word", "where"}, findings);
  for (std::size_t i = 1; i < rows.size(); ++i)
    words[cell(rows[i], 0)].push_back({cell(rows[i], 1), language::split_list(cell(rows[i], 2))});
  return words;
}

std::vector<Term> read_glossary(const std::string& file, const std::string& text, Findings& findings) {
  std::vector<Term> terms;
  std::vector<casework::CsvRow> rows = rows_of(file, text, {"fr", "note"}, findings);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    Term term{cell(rows[i], 0), cell(rows[i], 1), {}};
    for (std::size_t column = 2; column < rows.front().cells.size(); ++column) {
      if (!cell(rows[i], column).empty()) term.said[rows.front().cells[column]] = cell(rows[i], column);
    }
    terms.push_back(std::move(term));
  }
  return terms;
}

void lint_copies(const language::LocaleFile& source, const language::LocaleFile& file, Findings& findings) {
  for (const auto& [key, sentence] : file.sentences) {
    const auto from = source.sentences.find(key);
    if (from == source.sentences.end()) continue;
    const bool equal = sentence.pattern == from->second.pattern;
    if (from->second.same && !equal) {
      findings.push_back({sentence.at, "'" + key + "' is the same in every language", "copy the French"});
    } else if (!from->second.same && equal && !file.latin_script && has_words(outside_braces(sentence.pattern))) {
      findings.push_back({sentence.at, "'" + key + "' is the French sentence", "translate it"});
    }
  }
}

void lint_terms(const Lint& lint, const language::LocaleFile& file, Findings& notes) {
  const language::LocaleFile* source = lint.own.find(source_locale);
  for (const Term& term : lint.glossary) {
    const auto said = term.said.find(file.locale);
    if (said == term.said.end()) continue;
    const std::string french = ' ' + language::fold(term.french) + ' ', own = language::fold(said->second);
    for (const auto& [key, sentence] : file.sentences) {
      const auto from = source->sentences.find(key);
      if (from == source->sentences.end() || sentence.words) continue;
      if ((' ' + language::fold(from->second.pattern) + ' ').find(french) == std::string::npos) continue;
      if (language::fold(sentence.pattern).find(own) != std::string::npos) continue;
      notes.push_back({sentence.at, "'" + key + "' does not say '" + said->second + "' for '" + term.french + "'",
                       "say it as the glossary does, unless the sentence needs another word"});
    }
  }
}

void lint_locale(const Lint& lint, const Locale& locale, Advice& advice) {
  const language::LocaleFile* file = lint.own.find(locale);
  const language::LocaleFile* source = lint.own.find(source_locale);
  if (file == nullptr || source == nullptr) return;
  lint_plurals(*file, advice.findings);
  lint_budget(lint, *file, advice);
  if (const auto words = lint.forbidden.find(locale); words != lint.forbidden.end())
    lint_forbidden(*file, words->second, advice.findings);
  if (locale != source_locale) {
    lint_copies(*source, *file, advice.findings);
    lint_terms(lint, *file, advice.notes);
  }
}

}  // namespace passerelle::translation
