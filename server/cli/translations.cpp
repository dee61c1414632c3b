#include "cli/translations.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <filesystem>

#include "base/file.hpp"
#include "dialog/library.hpp"
#include "dialog/load.hpp"
#include "language/locale_file.hpp"
#include "translation/locale_text.hpp"
#include "translation/pages.hpp"
#include "turns/embedded.hpp"
#include "turns/spelling_file.hpp"

namespace passerelle::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* here = "locales";
constexpr const char* source_file = "fr.json";
constexpr std::string_view keyword_ending = ".keywords.json";
constexpr std::string_view dates_ending = ".dates.json";

std::string built_in(const std::string& path) {
  for (const turns::EmbeddedFile& file : turns::embedded_files()) {
    if (file.path == path) return std::string(file.text);
  }
  return {};
}

class TranslationReader {
 public:
  explicit TranslationReader(Translations& to) : to_(to) {}

  void read_shipped() {
    if (fs::is_regular_file(fs::path(here) / source_file)) {
      to_.name = to_.folder = here;
      read_folder(here);
    } else {
      to_.name = "the locales of this program";
      for (const turns::EmbeddedFile& file : turns::embedded_files()) {
        if (file.path.starts_with("locales/") && file.path.ends_with(".json"))
          take(std::string(file.path.substr(8)), {std::string(file.path), std::string(file.text)});
      }
    }
    fill();
    to_.all = to_.own;
  }

  void read_own(const fs::path& folder) {
    to_.name = folder.generic_string();
    const fs::path locales = fs::is_directory(folder / here) ? folder / here : folder;
    to_.folder = locales.generic_string();
    if (!fs::is_directory(folder)) {
      to_.findings.push_back({{to_.name, 0, 0}, "is not a folder", "check the path"});
      return;
    }
    read_folder(locales);
    read_pages(folder / "pages");
    Translations shipped;
    TranslationReader(shipped).read_shipped();
    to_.forbidden = std::move(shipped.forbidden);
    to_.glossary = std::move(shipped.glossary);
    to_.all = std::move(shipped.own);
    fill();
    borrow_source(to_.all);
    add_pages();
    limit_by_dialogs(folder / "dialogs");
    for (const auto& [name, file] : to_.files) to_.all.add(file.path, file.text);
    spoken(folder / "association.yaml");
  }

 private:
  void read_folder(const fs::path& folder) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
      if (entry.is_regular_file() && entry.path().extension() == ".json") read_into(to_.files, entry.path(), false);
    }
    for (const auto& entry : fs::directory_iterator(folder / "translated_from", error)) {
      const auto text = read_file(entry.path().string());
      if (!text || entry.path().extension() != ".tsv") continue;
      const std::string path = entry.path().generic_string();
      to_.origins[entry.path().stem().string()] = translation::read_origins(path, *text, to_.findings);
    }
  }

  void read_pages(const fs::path& folder) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
      if (entry.is_regular_file() && entry.path().extension() == ".yaml") read_into(to_.pages, entry.path(), true);
    }
  }

  void read_into(std::map<std::string, TextFile>& files, const fs::path& path, bool by_stem) {
    auto text = read_file(path.string());
    if (!text) {
      to_.findings.push_back({{path.string(), 0, 0}, text.error().what, ""});
      return;
    }
    take_into(files, by_stem ? path.stem().string() : path.filename().string(), {path.generic_string(), *text});
  }

  void take(const std::string& name, TextFile file) { take_into(to_.files, name, std::move(file)); }

  void take_into(std::map<std::string, TextFile>& files, const std::string& name, TextFile file) {
    if (name.ends_with(dates_ending)) return;  // no sentences: 'check' reads them
    if (!name.ends_with(keyword_ending)) {
      files[name] = std::move(file);
      return;
    }
    boost::system::error_code error;
    const boost::json::value root = boost::json::parse(file.text, error);
    const auto* object = error ? nullptr : root.if_object();
    const auto* lists = object == nullptr ? nullptr : object->if_contains("keywords");
    if (lists == nullptr || !lists->is_object()) return;  // 'check' tells
    std::size_t& count = to_.keywords[name.substr(0, name.size() - keyword_ending.size())];
    for (const auto& list : lists->get_object()) count += list.value().is_array() ? list.value().get_array().size() : 0;
  }

  void fill() {
    for (const auto& [name, file] : to_.files) {
      for (Finding& finding : to_.own.add(file.path, file.text)) to_.findings.push_back(std::move(finding));
    }
    for (const Locale& locale : to_.own.locales()) to_.locales.insert(locale);
    read_lists();
  }

  void read_lists() {
    if (!to_.forbidden.empty() || !to_.glossary.empty()) return;
    const auto text_of = [this](const std::string& path) {
      const auto text = to_.folder.empty() ? result<std::string>(built_in(path)) : read_file(path);
      return text ? *text : std::string();
    };
    const std::string words = "locales/forbidden_words.csv", terms = "locales/glossary.csv";
    if (const std::string text = text_of(words); !text.empty())
      to_.forbidden = translation::read_forbidden_words(words, text, to_.findings);
    if (const std::string text = text_of(terms); !text.empty())
      to_.glossary = translation::read_glossary(terms, text, to_.findings);
  }

  // A folder may change the translation of a shipped sentence only: then its French is the shipped one.
  void borrow_source(const language::Catalog& shipped) {
    const Locale source(translation::source_locale);
    const language::LocaleFile* french = shipped.find(source);
    if (french == nullptr) return;
    if (to_.own.find(source) == nullptr) to_.own.add(source_file, translation::empty_locale_file(french->name));
    for (const Locale& locale : to_.own.locales()) {
      for (auto [key, sentence] : language::LocaleFile(*to_.own.find(locale)).sentences) {
        const auto from = french->sentences.find(key);
        if (from == french->sentences.end() || to_.own.find(source)->sentences.contains(key)) continue;
        sentence.words = from->second.words;
        sentence.critical = from->second.critical;
        to_.own.put(locale, key, sentence);
        to_.limited[key].insert(locale);
      }
    }
    for (const auto& [key, locales] : to_.limited) to_.own.put(source, key, french->sentences.find(key)->second);
  }

  void add_pages() {
    for (const auto& [id, file] : to_.pages) {
      const std::vector<translation::PageSentence> page_of = translation::sentences_of_page(file.path, id, file.text);
      const auto french = [](const translation::PageSentence& page) {
        return page.locale == translation::source_locale;
      };
      if (std::ranges::none_of(page_of, french)) continue;  // nothing to translate from
      for (const translation::PageSentence& page : page_of) {
        if (to_.own.find(page.locale) == nullptr && to_.all.find(page.locale) != nullptr) {
          const std::string name = page.locale + ".json";
          to_.own.add(name, translation::empty_locale_file(to_.all.find(page.locale)->name));
        }
        to_.own.put(page.locale, page.key, translation::sentence_of(page));
        to_.all.put(page.locale, page.key, translation::sentence_of(page));
        to_.limited[page.key].insert(page.locale);
      }
    }
  }

  // A dialog that is held in some languages needs its sentences in these only.
  void limit_by_dialogs(const fs::path& folder) {
    std::map<std::string, TextFile> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
      if (entry.is_regular_file() && entry.path().extension() == ".yaml") read_into(files, entry.path(), true);
    }
    dialog::Library library;
    for (const auto& [name, file] : files) {
      dialog::Loaded loaded = dialog::load(file.path, file.text, name);  // 'dialogs lint' tells what is wrong with it
      if (loaded.dialog) library.add(std::move(loaded.dialog));
    }
    for (const auto& [key, locales] : dialog::limited_keys(library))
      to_.limited[key].insert(locales.begin(), locales.end());
  }

  void spoken(const fs::path& association) {
    const auto text = read_file(association.string());
    if (!text) return;
    try {
      const YAML::Node languages = YAML::Load(*text)["languages"];
      if (!languages.IsSequence()) return;
      to_.locales.clear();
      for (const YAML::Node& language : languages) to_.locales.insert(language.as<std::string>(""));
      turns::read_own_spelling(association.generic_string(), *text, to_.spelling, to_.findings);
    } catch (const YAML::Exception&) {
      return;  // 'check' tells
    }
  }

  Translations& to_;
};

// Translators see a page as it is read, not as a pattern.
void as_plain_text(const Translations& from, translation::Units& units) {
  std::map<std::pair<Locale, std::string>, std::string> texts;
  for (const auto& [id, file] : from.pages) {
    for (const translation::PageSentence& page : translation::sentences_of_page(file.path, id, file.text))
      texts[{page.locale, page.key}] = page.text;
  }
  for (translation::Unit& unit : units.all) {
    const auto source = texts.find({Locale(translation::source_locale), unit.key});
    if (source == texts.end()) continue;
    unit.icu = false;
    unit.source = source->second;
    const auto target = texts.find({units.locale, unit.key});
    unit.target = target == texts.end() ? std::string() : target->second;
  }
}

}  // namespace

Translations read_translations(const std::string& folder) {
  constexpr const char* spelling = "config/spelling.yaml";
  Translations read;
  read.spelling = turns::read_spelling(spelling, built_in(spelling), read.findings);
  if (folder.empty()) {
    TranslationReader(read).read_shipped();
  } else {
    TranslationReader(read).read_own(folder);
  }
  return read;
}

std::string origins_path(const Translations& from, const Locale& locale) {
  return from.folder + "/translated_from/" + locale + ".tsv";
}

translation::Units units_of(const Translations& from, const Locale& locale) {
  translation::Units units = translation::units_of(from.own, locale, [](const std::string&) { return true; });
  const auto origins = from.origins.find(locale);
  for (translation::Unit& unit : units.all) {
    if (origins == from.origins.end()) continue;
    unit.stale = translation::freshness(origins->second, unit.key, unit.source) == translation::Freshness::stale;
  }
  as_plain_text(from, units);
  return units;
}

}  // namespace passerelle::cli
