// The keyword files that we ship, loaded once for all tests.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "language/keywords.hpp"
#include "language/read.hpp"

namespace passerelle::language {

inline std::string content(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::vector<std::filesystem::path> keyword_files() {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(SOURCE_DIR "/locales")) {
    if (entry.path().string().ends_with(".keywords.json")) out.push_back(entry.path());
  }
  return out;
}

inline const Keywords& shipped_keywords() {
  static const Keywords keywords = [] {
    Keywords loaded;
    for (const auto& path : keyword_files()) {
      for (const Finding& finding : loaded.add(path.filename().string(), content(path))) {
        ADD_FAILURE() << to_string(finding);
      }
    }
    return loaded;
  }();
  return keywords;
}

// As `passerelle keywords` prints it, but for "ask": the server would ask "1 = no more messages".
inline std::string decided(const Locale& locale, std::string_view text, bool question_open = true) {
  const Decision decision = decide(read(text, shipped_keywords()), locale, question_open);
  if (decision.kind == Decision::Kind::ask_stop) return "ask";
  return decision.kind == Decision::Kind::act ? std::string(to_string(decision.intent)) : "-";
}

// The lines of sentences/KIND.LOCALE.txt, and the languages that have such a file.
inline std::vector<std::string> sentences(const std::string& kind, const Locale& locale) {
  std::istringstream lines(content(SOURCE_DIR "/tests/unit/language/sentences/" + kind + "." + locale + ".txt"));
  std::vector<std::string> out;
  for (std::string line; std::getline(lines, line);) out.push_back(line);
  return out;
}

inline std::vector<Locale> languages_with(const std::string& kind) {
  std::vector<Locale> out;
  for (const auto& entry : std::filesystem::directory_iterator(SOURCE_DIR "/tests/unit/language/sentences")) {
    const std::string name = entry.path().stem().string();
    if (name.starts_with(kind + ".")) out.push_back(name.substr(kind.size() + 1));
  }
  return out;
}

struct Expectation {
  Locale locale;
  std::string text;
  std::string expected;
};

inline void check(const std::vector<Expectation>& cases) {
  for (const Expectation& one : cases)
    EXPECT_EQ(decided(one.locale, one.text), one.expected) << one.locale << ": " << one.text;
}

}  // namespace passerelle::language
