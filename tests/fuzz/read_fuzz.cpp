// libFuzzer: no text and no keyword file may crash reading, and what reading promises holds for every text.
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <string>

#include "language/normalize.hpp"
#include "language/read.hpp"

namespace {

using namespace passerelle;

void expect(bool holds) {
  if (!holds) std::abort();
}

language::Keywords small_lists() {
  language::Keywords keywords;
  const Findings findings = keywords.add("any.keywords.json", R"({"language": "*", "status": "draft", "keywords": {
    "STOP": [{"text": "STOP", "form": "native", "confidence": "high", "in_sentence": true},
             {"text": "🛑", "form": "native", "confidence": "high"}],
    "HELP": [{"text": "?", "form": "native", "confidence": "high"}],
    "YES": [{"text": "ɛɛ", "form": "native", "confidence": "high", "exact": true},
            {"text": "1", "form": "native", "confidence": "high"}],
    "DANGER": [{"text": "want … die", "form": "native", "confidence": "high"},
               {"text": "حريق", "form": "native", "confidence": "high"},
               {"text": "救命", "form": "native", "confidence": "high"}]},
    "polite": ["thank you", "merci"], "harmless": ["bus|tram stop*"],
    "around": ["at home"], "everyday": ["fine"]})");
  expect(findings.empty());
  return keywords;
}

void check_folding(const Reading& reading) {
  const std::string& folded = reading.folded;
  expect(language::fold(folded) == folded);
  expect(folded.find("  ") == std::string::npos && !folded.starts_with(' ') && !folded.ends_with(' '));
  const std::string joined = std::accumulate(
      reading.tokens.begin(), reading.tokens.end(), std::string(),
      [](const std::string& text, const std::string& word) { return text.empty() ? word : text + ' ' + word; });
  expect(joined == folded);
  expect(!reading.number || (*reading.number >= 0 && *reading.number <= 9999));
}

void check_scores(const Reading& reading) {
  expect(!reading.scores.empty() && reading.scores.size() <= 5);
  double sum = 0;
  double last = 1;
  for (const LanguageScore& score : reading.scores) {
    expect(score.confidence >= 0 && score.confidence <= last && !score.locale.empty());
    last = score.confidence;
    sum += score.confidence;
  }
  expect(sum <= 1.000001);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const language::Keywords keywords = small_lists();
  const std::string text(reinterpret_cast<const char*>(data), size);
  const Reading reading = language::read(text, keywords);
  expect(language::strip_controls(reading.original) == reading.original);
  check_folding(reading);
  check_scores(reading);
  language::decide(reading, "fr", true);
  language::choose(reading, "ti", {"fr", "ti", "ar"});
  expect(language::truncate(text, 70).size() <= 280);

  language::Keywords others;
  for (const Finding& finding : others.add("fuzz.json", text)) expect(!finding.what.empty());
  others.find(reading.original, reading.folded, reading.tokens);
  return 0;
}
