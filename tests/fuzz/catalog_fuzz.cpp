// libFuzzer: no text whatever may crash the reader of language files; every finding has a place in the file, and what
// is accepted can be rendered with arguments of any text.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "language/catalog.hpp"
#include "language/render.hpp"

namespace {

using namespace passerelle;

void expect(bool holds) {
  if (!holds) std::abort();
}

void render_all(const language::Catalog& catalog, const std::string& argument) {
  for (const Locale& locale : catalog.locales()) {
    for (const auto& [key, sentence] : catalog.find(locale)->sentences) {
      language::Values words, numbers;
      for (const std::string& name : sentence.arguments()) {
        words[name] = argument;
        numbers[name] = static_cast<std::int64_t>(argument.size());
      }
      language::render(catalog, key, locale, "fr", words);  // may be refused: the sentence may count by it
      expect(language::render(catalog, key, locale, "fr", numbers).has_value());
      expect(sentence.arguments().empty() || !language::render(catalog, key, locale, "fr", {}).has_value());
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
  language::Catalog catalog;
  for (const std::string file : {"ar.json", "fr.json"}) {
    for (const Finding& finding : catalog.add(file, text)) {
      expect(!finding.what.empty() && finding.at.line <= lines && finding.at.file.ends_with(".json"));
    }
  }
  catalog.lint(catalog.locales());
  render_all(catalog, text.substr(0, 600));
  return 0;
}
