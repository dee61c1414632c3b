#include "cli/locales.hpp"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cstdio>

#include "base/nearest.hpp"
#include "cli/exit_code.hpp"
#include "cli/findings.hpp"
#include "cli/translations.hpp"
#include "language/pseudo.hpp"
#include "translation/locale_text.hpp"
#include "translation/samples.hpp"
#include "translation/stats.hpp"

namespace passerelle::cli {
namespace {

namespace json = boost::json;

std::vector<std::string> folders_of(const LocalesOptions& options) {
  return options.folders.empty() ? std::vector<std::string>{""} : options.folders;
}

translation::Advice advice_on(const Translations& from) {
  translation::Advice advice{from.findings, {}};
  if (from.own.locales().empty()) return advice;  // the folder is not there
  const std::vector<Locale> locales(from.locales.begin(), from.locales.end());
  for (Finding& finding : from.own.lint(locales, from.limited)) advice.findings.push_back(std::move(finding));
  const language::LocaleFile* source = from.own.find(translation::source_locale);
  const translation::Lint lint{from.own, from.all, from.forbidden, from.glossary, from.spelling};
  for (const Locale& locale : locales) {
    translation::lint_locale(lint, locale, advice);
    const auto origins = from.origins.find(locale);
    const language::LocaleFile* file = from.own.find(locale);
    if (origins != from.origins.end() && source != nullptr && file != nullptr)
      translation::lint_origins(*source, *file, origins->second, advice.findings);
  }
  return advice;
}

struct Row {
  Locale locale;
  translation::Progress progress;
  std::size_t keywords = 0;
};

std::vector<Row> rows_of(const Translations& from) {
  std::vector<Row> rows;
  for (const Locale& locale : from.locales) {
    const auto origins = from.origins.find(locale);
    const auto keywords = from.keywords.find(locale);
    rows.push_back({locale,
                    translation::progress_of(from.own, from.all, locale,
                                             origins == from.origins.end() ? nullptr : &origins->second),
                    keywords == from.keywords.end() ? 0 : keywords->second});
  }
  return rows;
}

// Rounded down: 100 means all.
std::size_t percent(const translation::Progress& progress) {
  constexpr std::size_t all = 100;
  return progress.keys == 0 ? all : progress.translated * all / progress.keys;
}

json::object to_json(const Row& row) {
  return {{"locale", row.locale},
          {"keys", row.progress.keys},
          {"translated", row.progress.translated},
          {"percent", percent(row.progress)},
          {"stale", row.progress.stale},
          {"status", row.progress.status},
          {"lists", row.progress.lists},
          {"sms_parts", row.progress.parts},
          {"keywords", row.keywords}};
}

void print(const Translations& from, const std::vector<Row>& rows) {
  std::printf("%s\n", from.name.c_str());
  std::printf("%-8s %5s %11s %6s %6s %8s %9s  %s\n", "language", "keys", "translated", "stale", "lists", "keywords",
              "SMS parts", "status");
  for (const Row& row : rows) {
    std::printf("%-8s %5zu %10zu%% %6zu %6zu %8zu %9.2f  %s\n", row.locale.c_str(), row.progress.keys,
                percent(row.progress), row.progress.stale, row.progress.lists, row.keywords, row.progress.parts,
                row.progress.status.c_str());
  }
}

json::object to_json(const language::Values& values) {
  json::object object;
  for (const auto& [name, value] : values) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) object[name] = *number;
    if (const auto* text = std::get_if<std::string>(&value)) object[name] = *text;
  }
  return object;
}

}  // namespace

int lint_locales(const LocalesOptions& options) {
  std::size_t found = 0;
  for (const std::string& folder : folders_of(options)) {
    const Translations from = read_translations(folder);
    const translation::Advice advice = advice_on(from);
    print_findings(advice.findings);
    for (const Finding& note : advice.notes) std::printf("note: %s\n", to_string(note).c_str());
    std::printf("%s: %zu languages, %zu sentences, %zu findings, %zu notes\n", from.name.c_str(), from.locales.size(),
                from.own.keys().size(), advice.findings.size(), advice.notes.size());
    found += advice.findings.size();
  }
  return found == 0 ? exit_ok : exit_failed;
}

int stats_of_locales(const LocalesOptions& options) {
  bool sound = true;
  json::array all;
  for (const std::string& folder : folders_of(options)) {
    const Translations from = read_translations(folder);
    const translation::Advice advice = advice_on(from);
    const std::vector<Row> rows = rows_of(from);
    if (options.as_json) {
      for (const Row& row : rows) all.push_back(to_json(row));
    } else {
      print(from, rows);
    }
    print_findings(advice.findings);
    sound = sound && advice.findings.empty();
  }
  if (options.as_json) std::printf("%s\n", json::serialize(all).c_str());
  return sound ? exit_ok : exit_failed;
}

int pseudo_locale() {
  const Translations from = read_translations("");
  print_findings(from.findings);
  const language::LocaleFile* source = from.own.find(translation::source_locale);
  if (source == nullptr || !from.findings.empty()) return exit_failed;
  std::map<std::string, std::string> sentences;
  std::vector<std::string> order;
  for (const translation::Unit& unit : units_of(from, source->locale).all) {
    const language::Sentence& sentence = source->sentences.at(unit.key);
    order.push_back(unit.key);
    sentences[unit.key] =
        sentence.words || sentence.same ? sentence.pattern : language::pseudo_pattern(*sentence.compiled());
  }
  std::fputs(translation::with_sentences(translation::empty_locale_file("pseudo"), sentences, order).c_str(), stdout);
  return exit_ok;
}

int samples_of_locale(const LocalesOptions& options) {
  for (const std::string& folder : folders_of(options)) {
    const Translations from = read_translations(folder);
    print_findings(from.findings);
    const language::LocaleFile* file = from.own.find(options.locale);
    if (file == nullptr) {
      std::fprintf(stderr, "passerelle: there are no sentences in '%s'; %s\n", options.locale.c_str(),
                   suggest(options.locale, from.own.locales()).c_str());
      return exit_usage;
    }
    for (const auto& [key, sentence] : file->sentences) {
      for (const translation::Sample& sample : translation::samples_of(from.all, key, options.locale)) {
        const json::object line{{"key", key}, {"values", to_json(sample.values)}, {"text", sample.text}};
        std::printf("%s\n", json::serialize(line).c_str());
      }
    }
  }
  return exit_ok;
}

}  // namespace passerelle::cli
