#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <filesystem>

#include "base/file.hpp"
#include "base/log.hpp"
#include "base/nearest.hpp"
#include "cli/commands.hpp"
#include "cli/dialog_cost.hpp"
#include "cli/exit_code.hpp"
#include "cli/findings.hpp"
#include "cli/replay.hpp"
#include "dialog/drawing.hpp"
#include "dialog/load.hpp"
#include "simulator/coverage.hpp"
#include "turns/content.hpp"

namespace passerelle::cli {
namespace {

namespace json = boost::json;

// How many of a dialog's sentences each language has.
struct Coverage {
  std::string dialog;
  std::size_t sentences = 0;
  std::vector<std::pair<Locale, std::size_t>> languages;
};

Coverage coverage_of(const dialog::Dialog& dialog, const turns::Content& content) {
  const std::set<std::string> keys = dialog::keys_of(dialog);
  Coverage coverage{dialog.ref.name, keys.size(), {}};
  for (const Locale& locale : content.association.languages) {
    const language::LocaleFile* file = content.catalog.find(locale);
    std::size_t count = 0;
    for (const std::string& key : keys) count += file != nullptr && file->sentences.contains(key) ? 1 : 0;
    coverage.languages.emplace_back(locale, count);
  }
  return coverage;
}

std::set<std::string> names_of(const std::vector<std::string>& files) {
  std::set<std::string> named;
  for (const std::string& file : files) named.insert(std::filesystem::path(file).stem().string());
  return named;
}

// Of the dialogs that were named, or of all.
std::vector<Coverage> coverages(const turns::Content& content, const std::set<std::string>& named) {
  std::vector<Coverage> all;
  for (const auto& [name, dialog] : content.library.all()) {
    if (named.empty() || named.contains(name)) all.push_back(coverage_of(*dialog, content));
  }
  return all;
}

json::object to_json(const Coverage& coverage) {
  json::object languages;
  for (const auto& [locale, count] : coverage.languages) languages[locale] = count;
  return {{"dialog", coverage.dialog}, {"sentences", coverage.sentences}, {"languages", std::move(languages)}};
}

json::object to_json(const Finding& finding) {
  return {{"file", finding.at.file},
          {"line", finding.at.line},
          {"column", finding.at.column},
          {"what", finding.what},
          {"remedy", finding.remedy}};
}

json::array to_json(const Findings& findings) {
  json::array all;
  for (const Finding& finding : findings) all.push_back(to_json(finding));
  return all;
}

void print_json(const Findings& findings, const Findings& notes, const std::vector<Coverage>& coverages) {
  json::array dialogs;
  for (const Coverage& coverage : coverages) dialogs.push_back(to_json(coverage));
  const json::object answer{
      {"findings", to_json(findings)}, {"notes", to_json(notes)}, {"dialogs", std::move(dialogs)}};
  std::printf("%s\n", json::serialize(answer).c_str());
}

void print(const Coverage& coverage) {
  std::string line = fmt::format("{}: {} sentences", coverage.dialog, coverage.sentences);
  for (const auto& [locale, count] : coverage.languages) line += fmt::format(" · {} {}", locale, count);
  std::printf("%s\n", line.c_str());
}

// The sentence in this language, or its key where there is none.
dialog::Wording wording_in(const turns::Content& content, const Locale& locale) {
  return [file = content.catalog.find(locale)](const std::string& key) {
    const auto found = file->sentences.find(key);
    return found == file->sentences.end() ? key : found->second.pattern;
  };
}

// "orientation/need answer 3 (line 24)"
std::string name_of(const dialog::Way& way) {
  return fmt::format("{}/{} {} (line {})", way.taken.dialog, way.taken.step, way.taken.way, way.at.line);
}

void print(const simulator::Coverage& coverage, std::size_t most) {
  std::string line = fmt::format("branches: {} of {}", coverage.taken(), coverage.all);
  for (std::size_t i = 0; i < coverage.missing.size() && i < most; ++i) {
    line += (i == 0 ? "; not taken: " : ", ") + name_of(coverage.missing[i]);
  }
  if (coverage.missing.size() > most) line += fmt::format(", and {} more", coverage.missing.size() - most);
  std::printf("%s\n", line.c_str());
}

}  // namespace

int lint_dialogs(const ContentOptions& options, const std::vector<std::string>& files, bool as_json) {
  const turns::LoadedContent loaded = turns::load_content({options.association(), options.content_dirs, files, ""});
  const std::set<std::string> named = names_of(files);
  const std::vector<Coverage> covered = loaded.content ? coverages(*loaded.content, named) : std::vector<Coverage>();
  const Findings notes = loaded.content ? dear_messages(*loaded.content, named) : Findings();
  if (as_json) {
    print_json(loaded.findings, notes, covered);
  } else {
    print_findings(loaded.findings);
    for (const Finding& note : notes) std::printf("note: %s\n", to_string(note).c_str());
    for (const Coverage& coverage : covered) print(coverage);
    std::printf("%zu findings\n", loaded.findings.size());
  }
  return loaded.findings.empty() ? exit_ok : exit_failed;
}

int test_dialogs(const ContentOptions& options, const std::vector<std::string>& transcripts, bool all_branches) {
  constexpr std::size_t most_shown = 10;
  log::set_level(log::Level::error);
  const turns::LoadedContent loaded = turns::load_content({options.association(), options.content_dirs, {}, ""});
  print_findings(loaded.findings);
  if (!loaded.content) return exit_configuration;
  const Replays replays = replay_files(loaded.content, transcripts);
  const simulator::Coverage coverage = simulator::coverage(loaded.content->library, replays.ways);
  print(coverage, all_branches ? coverage.all : most_shown);
  const bool complete = !all_branches || coverage.missing.empty();
  return replays.failed == 0 && complete ? exit_ok : exit_failed;
}

int draw_dialog(const ContentOptions& options, const std::string& file, const std::string& locale) {
  const auto text = read_file(file);
  if (!text) {
    print_findings({{{file, 0, 0}, text.error().what, ""}});
    return exit_failed;
  }
  const dialog::Loaded loaded = dialog::load(file, *text, "");
  print_findings(loaded.findings);
  if (!loaded.dialog) return exit_failed;
  if (locale.empty()) {
    std::fputs(dialog::draw(*loaded.dialog, [](const std::string& key) { return key; }).c_str(), stdout);
    return exit_ok;
  }
  const turns::LoadedContent content = turns::load_content({options.association(), options.content_dirs, {file}, ""});
  print_findings(content.findings);
  if (!content.content) return exit_failed;
  if (content.content->catalog.find(locale) == nullptr) {
    std::fprintf(stderr, "passerelle: there are no sentences in '%s'; %s\n", locale.c_str(),
                 suggest(locale, content.content->catalog.locales()).c_str());
    return exit_usage;
  }
  std::fputs(dialog::draw(*loaded.dialog, wording_in(*content.content, locale)).c_str(), stdout);
  return exit_ok;
}

}  // namespace passerelle::cli
