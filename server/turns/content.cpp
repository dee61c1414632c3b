#include "turns/content.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/nearest.hpp"
#include "dialog/load.hpp"
#include "language/normalize.hpp"
#include "turns/association.hpp"
#include "turns/content_files.hpp"
#include "turns/directory.hpp"
#include "turns/page_file.hpp"
#include "turns/phrase.hpp"
#include "turns/spelling_file.hpp"
#include "turns/versions.hpp"

namespace passerelle::turns {
namespace {

class Compiler {
 public:
  Compiler(ContentFiles files, bool binary_is_checked, Findings findings)
      : files_(std::move(files)), binary_is_checked_(binary_is_checked), findings_(std::move(findings)) {}

  LoadedContent compile() {
    add_locales();
    content_->typed_dates = language::TypedDates(content_->catalog);
    add_dialogs();
    add_association();
    add_spelling();
    add_directory();
    add_pages();
    check();
    if (!findings_.empty()) return {nullptr, std::move(findings_)};
    add_words();
    add_topics();
    add_languages();
    return {std::move(content_), {}};
  }

 private:
  void note(Findings found) { findings_.insert(findings_.end(), found.begin(), found.end()); }

  void add_locales() {
    for (const auto* files : {&files_.locales, &files_.own_locales}) {
      for (const auto& [path, file] : *files) {
        if (path.ends_with(".keywords.json"))
          note(content_->keywords.add(file.shown, file.text));
        else if (path.ends_with(".dates.json"))
          note(content_->catalog.add_dates(file.shown, file.text));
        else
          note(content_->catalog.add(file.shown, file.text, checked(file)));
      }
    }
  }

  language::Checked checked(const ContentFile& file) const {
    return binary_is_checked_ && file.in_binary ? language::Checked::at_build : language::Checked::now;
  }

  void add_dialogs() {
    for (const auto& [name, file] : files_.dialogs) {
      const std::string hash = crypto::hex(crypto::sha256(file.text)).substr(0, 16);
      dialog::Loaded loaded = dialog::load(file.shown, file.text, hash);
      note(std::move(loaded.findings));
      if (!loaded.dialog) continue;
      content_->dialogs.push_back({name, hash, with_sentences(file.text, content_->catalog, *loaded.dialog)});
      content_->library.add(std::move(loaded.dialog));
    }
  }

  void add_association() {
    Association& association = content_->association;
    if (files_.association.text.empty()) {
      association.languages = content_->catalog.locales();
    } else {
      association = read_association(files_.association.shown, files_.association.text, findings_);
    }
    content_->library.set_first(association.first_dialog);
    const std::string country = association.country.empty() ? "*" : association.country;
    content_->emergency = read_emergency_numbers(files_.emergency.shown, files_.emergency.text, country, findings_);
  }

  void add_spelling() {
    content_->spelling = read_spelling(files_.spelling.shown, files_.spelling.text, findings_);
    if (!files_.association.text.empty() && findings_.empty())
      read_own_spelling(files_.association.shown, files_.association.text, content_->spelling, findings_);
  }

  void add_directory() {
    if (files_.directory.text.empty()) return;
    content_->services =
        read_directory(files_.directory.shown, files_.directory.text, service_rules(*content_), findings_);
  }

  void add_pages() {
    const std::vector<Locale>& spoken = content_->association.languages;
    for (const auto& [name, file] : files_.pages) {
      content_->pages.push_back(read_page(file.shown, name, file.text, findings_));
      for (const auto& [locale, text] : content_->pages.back().texts) {
        if (std::ranges::find(spoken, locale) != spoken.end()) continue;
        findings_.push_back({{file.shown, 0, 0},
                             "there is a text in '" + locale + "', which the association does not speak",
                             suggest(locale, spoken)});
      }
    }
  }

  void check() {
    const std::vector<Locale> known = content_->catalog.locales();
    for (const Locale& locale : content_->association.languages) {
      if (content_->catalog.find(locale) == nullptr) {
        findings_.push_back(
            {{files_.association.shown, 0, 0}, "there are no sentences in '" + locale + "'", suggest(locale, known)});
      }
    }
    note(content_->catalog.lint(content_->association.languages, dialog::limited_keys(content_->library)));
    note(check_phrases(content_->catalog));
    // A dialog that did not load is told already; the exits to it are not wrong.
    if (content_->library.all().size() == files_.dialogs.size()) {
      note(dialog::lint(content_->library, {content_->catalog.keys(), content_->catalog.arguments(), known}));
    }
  }

  // Menu words in the person's language, the site's and English, so that "rendez-vous" works for everybody.
  void add_words() {
    const auto* source = content_->catalog.find("fr");
    if (source == nullptr) return;
    for (const Locale& locale : content_->association.languages) {
      dialog::MenuWords& words = content_->words[locale];
      for (const auto& [key, sentence] : source->sentences) {
        if (!sentence.words || content_->library.hearer(key).dialog != nullptr) continue;  // examples are no menu words
        for (const Locale& from : {locale, content_->association.site_language, Locale("en")})
          add_words(words[key], key, from);
      }
    }
  }

  void add_words(std::vector<std::string>& words, const std::string& key, const Locale& locale) {
    const language::LocaleFile* file = content_->catalog.find(locale);
    const auto found = file == nullptr ? decltype(file->sentences.end()){} : file->sentences.find(key);
    if (file == nullptr || found == file->sentences.end()) return;
    std::string_view rest = found->second.pattern;
    while (!rest.empty()) {
      const std::string_view word = rest.substr(0, rest.find('|'));
      rest.remove_prefix(std::min(rest.size(), word.size() + 1));
      std::string folded = language::fold(word);
      if (!folded.empty() && std::find(words.begin(), words.end(), folded) == words.end())
        words.push_back(std::move(folded));
    }
  }

  void add_topics() {
    for (const auto& [name, dialog] : content_->library.all()) {
      for (const dialog::Heard& heard : dialog->heard) {
        for (const Locale& locale : content_->association.languages) {
          for (const dialog::WordsKey& like : heard.like) add_examples(locale, heard.topic(), like.key);
        }
      }
    }
    for (const Locale& locale : content_->association.languages) {
      for (const auto& [key, sentence] : content_->catalog.find(locale)->sentences) {
        if (!sentence.words) content_->topics.add_background(locale, sentence.pattern);
      }
    }
  }

  void add_examples(const Locale& locale, const std::string& topic, const std::string& key) {
    std::vector<std::string> examples;
    add_words(examples, key, locale);
    for (const std::string& example : examples) content_->topics.add(locale, topic, example);
  }

  void add_languages() {
    for (const Locale& locale : content_->association.languages) {
      const language::LocaleFile* file = content_->catalog.find(locale);
      dialog::LanguageChoice choice{locale, {language::fold(locale), language::fold(file->name)}};
      add_words(choice.names, "language.names", locale);
      if (file->latin_script) content_->latin_languages.push_back(choice);
      content_->languages.push_back(std::move(choice));
    }
  }

  ContentFiles files_;
  bool binary_is_checked_;
  Findings findings_;
  std::shared_ptr<Content> content_ = std::make_shared<Content>();
};

}  // namespace

LoadedContent load_content(const ContentSources& sources) {
  Findings findings;
  ContentFiles files = collect_files(sources, findings);
  return Compiler(std::move(files), sources.binary_is_checked, std::move(findings)).compile();
}

}  // namespace passerelle::turns
