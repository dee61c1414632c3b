// libFuzzer: no file that a translator sends back may crash a reader; each finding has a place; what is taken is a
// sound language file again; and what we write ourselves reads back the same. The first byte chooses the format.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "language/catalog.hpp"
#include "language/normalize.hpp"
#include "translation/exchange.hpp"
#include "translation/locale_text.hpp"
#include "translation/merge.hpp"

namespace {

using namespace passerelle;

void expect(bool holds) {
  if (!holds) std::abort();
}

translation::Units units(const std::string& target) {
  return {"ar",
          true,
          {{"a", "Bonjour {name}", target, "[critical] a \"note\"\n<of> two lines"},
           {"b_words", "oui|d'accord", "", "[words]", true, true},
           {"page.p.text", "{pas} un argument", target, "", false}}};
}

void read_back(translation::Format format, const std::string& text) {
  Findings findings;
  const translation::ReadRows rows = translation::read(format, "sent", text, findings);
  const auto lines = 2 + std::count(text.begin(), text.end(), '\n') + std::count(text.begin(), text.end(), '\r');
  const translation::Units known = units("");
  const auto changes = translation::merge(known, rows, findings);
  for (const Finding& finding : findings) expect(!finding.what.empty() && finding.at.line <= lines);
  if (!findings.empty()) return;
  const std::string file = translation::with_sentences(translation::empty_locale_file("N"), changes, {"a", "b_words"});
  language::Catalog catalog;
  expect(catalog.add("ar.json", file).empty());
  for (const auto& [key, sentence] : changes) {
    if (!key.starts_with("page.")) expect(catalog.find("ar")->sentences.at(key).pattern == sentence);
  }
}

void write_and_read(translation::Format format, const std::string& text) {
  if (format == translation::Format::csv) return;          // a spreadsheet trims
  if (text.find("\xEF\xBF") != std::string::npos) return;  // U+FFFE is no XML
  Findings findings;
  const translation::Units sent = units(text);
  const translation::ReadRows rows = translation::read(format, "sent", translation::write(sent, format), findings);
  expect(findings.empty() && rows.locale == sent.locale && rows.rows.size() == sent.all.size());
  for (std::size_t i = 0; i < rows.rows.size(); ++i) {
    expect(rows.rows[i].key == sent.all[i].key && rows.rows[i].source == sent.all[i].source);
    expect(rows.rows[i].target == sent.all[i].target);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto format = static_cast<translation::Format>(data[0] % 4);
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  read_back(format, text);
  constexpr std::size_t longest = 1000;
  write_and_read(format, language::strip_controls(language::truncate(text, longest)));
  return 0;
}
