// passerelle locales export, import, accept: what reads and writes files.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "base/file.hpp"
#include "base/nearest.hpp"
#include "cli/exit_code.hpp"
#include "cli/findings.hpp"
#include "cli/locales.hpp"
#include "cli/translations.hpp"
#include "language/locale_name.hpp"
#include "translation/exchange.hpp"
#include "translation/locale_text.hpp"
#include "translation/merge.hpp"
#include "translation/pages.hpp"

namespace passerelle::cli {
namespace {

namespace fs = std::filesystem;

int refuse(const std::string& what) {
  std::fprintf(stderr, "passerelle: %s\n", what.c_str());
  return exit_usage;
}

// Whole or not at all: a reader never sees half of it.
bool write_whole(const std::string& path, const std::string& text) {
  std::error_code error;
  if (const fs::path folder = fs::path(path).parent_path(); !folder.empty()) fs::create_directories(folder, error);
  const std::string fresh = path + ".new";
  {
    std::ofstream out(fresh, std::ios::binary);
    out << text;
    if (!out.flush()) return false;
  }
  fs::rename(fresh, path, error);
  return !error;
}

struct Chosen {
  Translations from;
  translation::Format format = translation::Format::po;
};

// What export and import have in common; the exit code when it cannot be done.
std::optional<int> choose(const LocalesOptions& options, Chosen& chosen) {
  const auto format = translation::format_named(options.format);
  if (!format)
    return refuse(fmt::format("there is no format '{}'; one of {}", options.format, translation::format_names));
  if (options.locale == translation::source_locale)
    return refuse("fr is what the others are translated from; choose another --locale");
  if (language::icu_locale(options.locale).empty()) {
    return refuse(
        fmt::format("there is no language '{}'; {}", options.locale, language::locale_remedy(options.locale)));
  }
  chosen.format = *format;
  chosen.from = read_translations(options.folders.empty() ? "" : options.folders.front());
  if (chosen.from.findings.empty()) return std::nullopt;
  print_findings(chosen.from.findings);
  return exit_failed;
}

// The files that an import changes, by path.
class ChangedFiles {
 public:
  ChangedFiles(const Translations& from, const Locale& locale) : from_(from), locale_(locale) {}

  void take(const translation::Units& units, const std::map<std::string, std::string>& sentences) {
    std::map<std::string, std::string> own;
    std::map<std::string, std::map<std::string, std::string>> by_page;
    for (const auto& [key, text] : sentences) {
      const std::size_t dot = key.rfind('.');
      const std::string page =
          key.starts_with(prefix) && dot > prefix.size() ? key.substr(prefix.size(), dot - prefix.size()) : "";
      if (from_.pages.contains(page)) {
        by_page[page][key.substr(dot + 1)] = text;
      } else {
        own[key] = text;
      }
    }
    for (const auto& [id, texts] : by_page) {
      const TextFile& file = from_.pages.at(id);
      texts_[file.path] = translation::with_page_texts(file.path, file.text, locale_, texts, findings);
    }
    if (!own.empty()) take_own(units, own);
  }

  bool write() const {
    for (const auto& [path, text] : texts_) {
      if (write_whole(path, text)) continue;
      std::fprintf(stderr, "passerelle: %s cannot be written\n", path.c_str());
      return false;
    }
    return true;
  }

  Findings findings;

 private:
  void take_own(const translation::Units& units, const std::map<std::string, std::string>& sentences) {
    std::vector<std::string> order;
    for (const translation::Unit& unit : units.all) order.push_back(unit.key);
    const std::string name = locale_ + ".json";
    const auto known = from_.files.find(name);
    const language::LocaleFile* shipped = from_.all.find(locale_);
    const std::string text = known != from_.files.end()
                                 ? known->second.text
                                 : translation::empty_locale_file(shipped == nullptr ? locale_ : shipped->name);
    const std::string path = from_.folder + '/' + name;
    texts_[path] = translation::with_sentences(text, sentences, order);
    // What was just translated fits today's French; where nobody keeps track, nobody begins to.
    const auto origins = from_.origins.find(locale_);
    if (origins == from_.origins.end()) return;
    translation::Origins fresh = origins->second;
    for (const translation::Unit& unit : units.all) {
      if (sentences.contains(unit.key)) fresh[unit.key] = translation::hash_of(unit.source);
    }
    texts_[origins_path(from_, locale_)] = translation::write_origins(fresh);
  }

  static constexpr std::string_view prefix = "page.";
  const Translations& from_;
  const Locale& locale_;
  std::map<std::string, std::string> texts_;
};

void print_changes(const Locale& locale, const std::map<std::string, std::string>& changes) {
  std::string line = fmt::format("{}: {} sentences changed", locale, changes.size());
  const char* separator = ": ";
  for (const auto& [key, text] : changes) {
    line += separator + key;
    separator = ", ";
  }
  std::printf("%s\n", line.c_str());
}

int accept_in(const Translations& from, const Locale& locale, const std::vector<std::string>& keys) {
  const language::LocaleFile* source = from.own.find(translation::source_locale);
  const language::LocaleFile* file = from.own.find(locale);
  if (source == nullptr || file == nullptr || file == source) {
    return refuse(fmt::format("there are no translations into '{}'; {}", locale, suggest(locale, from.own.locales())));
  }
  const auto known = from.origins.find(locale);
  const translation::Origins before = known == from.origins.end() ? translation::Origins{} : known->second;
  const std::set<std::string> wanted(keys.begin(), keys.end());
  translation::Origins origins;
  for (const auto& [key, sentence] : file->sentences) {
    const auto french = source->sentences.find(key);
    if (french == source->sentences.end()) continue;
    const auto old = before.find(key);
    if (wanted.empty() || wanted.contains(key)) {
      origins[key] = translation::hash_of(french->second.pattern);
    } else if (old != before.end()) {
      origins[key] = old->second;
    }
  }
  for (const std::string& key : wanted) {
    if (!file->sentences.contains(key)) return refuse(fmt::format("'{}' has no sentence '{}'", locale, key));
  }
  if (!write_whole(origins_path(from, locale), translation::write_origins(origins))) return exit_failed;
  const std::size_t accepted = wanted.empty() ? origins.size() : wanted.size();
  std::printf("%s: %zu sentences fit today's French\n", locale.c_str(), accepted);
  return exit_ok;
}

}  // namespace

int export_locale(const LocalesOptions& options) {
  Chosen chosen;
  if (const auto code = choose(options, chosen)) return *code;
  const std::string text = translation::write(units_of(chosen.from, options.locale), chosen.format);
  if (options.file.empty()) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    return std::fflush(stdout) == 0 ? exit_ok : exit_failed;
  }
  if (write_whole(options.file, text)) return exit_ok;
  std::fprintf(stderr, "passerelle: %s cannot be written\n", options.file.c_str());
  return exit_failed;
}

int import_locale(const LocalesOptions& options) {
  Chosen chosen;
  if (const auto code = choose(options, chosen)) return *code;
  if (chosen.from.folder.empty()) return refuse("there is no folder locales/ here to import into; go where it is");
  const auto text = read_file(options.file);
  if (!text) {
    print_findings({{{options.file, 0, 0}, text.error().what, ""}});
    return exit_failed;
  }
  Findings findings;
  const translation::ReadRows rows = translation::read(chosen.format, options.file, *text, findings);
  if (rows.rows.empty() && findings.empty())
    findings.push_back(
        {{options.file, 0, 0}, "there is not one sentence in it", "take a file that 'locales export' wrote"});
  const translation::Units units = units_of(chosen.from, options.locale);
  const auto changes = translation::merge(units, rows, findings);
  ChangedFiles files(chosen.from, options.locale);
  if (findings.empty()) files.take(units, changes);
  findings.insert(findings.end(), files.findings.begin(), files.findings.end());
  if (!findings.empty()) {
    print_findings(findings);
    std::printf("%zu findings: nothing is changed\n", findings.size());
    return exit_failed;
  }
  if (!files.write()) return exit_failed;
  print_changes(options.locale, changes);
  return exit_ok;
}

int accept_locale(const LocalesOptions& options) {
  const Translations from = read_translations(options.folders.empty() ? "" : options.folders.front());
  if (from.folder.empty()) return refuse("there is no folder locales/ here; go where it is");
  if (!from.findings.empty()) {
    print_findings(from.findings);
    return exit_failed;
  }
  if (!options.locale.empty()) return accept_in(from, options.locale, options.keys);
  for (const Locale& locale : from.own.locales()) {
    if (locale == translation::source_locale) continue;
    if (const int code = accept_in(from, locale, {}); code != exit_ok) return code;
  }
  return exit_ok;
}

}  // namespace passerelle::cli
