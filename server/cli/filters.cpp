#include <boost/json/parse.hpp>
#include <cstdio>

#include "cli/commands.hpp"
#include "cli/each_line.hpp"
#include "cli/exit_code.hpp"
#include "domain/numbering_plan.hpp"
#include "domain/phone.hpp"
#include "language/detect.hpp"
#include "language/read.hpp"
#include "language/segments.hpp"
#include "turns/content.hpp"
#include "turns/embedded.hpp"
#include "turns/meant.hpp"

namespace passerelle::cli {
namespace {

language::Keywords shipped_keywords() {
  language::Keywords keywords;
  for (const turns::EmbeddedFile& file : turns::embedded_files()) {
    if (file.path.ends_with(".keywords.json")) keywords.add(std::string(file.path), std::string(file.text));
  }
  return keywords;
}

}  // namespace

int language_filter() {
  return each_line([](const std::string& line) {
    const auto scores = language::detect(line);
    char confidence[16];
    std::snprintf(confidence, sizeof confidence, "%.3f", scores.empty() ? 0.0 : scores.front().confidence);
    return (scores.empty() ? "und" : scores.front().locale) + "\t" + confidence;
  });
}

int keywords_filter() {
  const language::Keywords keywords = shipped_keywords();
  return each_line([&](const std::string& line) -> std::string {
    const auto tab = line.find('\t');
    const std::string locale = line.substr(0, tab == std::string::npos ? 0 : tab);
    const std::string text = tab == std::string::npos ? line : line.substr(tab + 1);
    const auto decision = language::decide(language::read(text, keywords), locale, true);
    return decision.kind == language::Decision::Kind::act ? std::string(to_string(decision.intent)) : "-";
  });
}

// What would happen to a free question: begun, offered with another one and a person, or answered with the menu.
int questions_filter() {
  const turns::LoadedContent loaded = turns::load_content({});
  if (!loaded.content) return exit_failed;
  const turns::Content& content = *loaded.content;
  return each_line([&](const std::string& line) -> std::string {
    const auto tab = line.find('\t');
    const std::string locale = line.substr(0, tab == std::string::npos ? 0 : tab);
    const std::string text = tab == std::string::npos ? line : line.substr(tab + 1);
    const Reading reading = language::without_manners(language::read(text, content.keywords), content.keywords);
    const turns::Understood understood = turns::understand(content, reading, locale);
    if (understood.kind == turns::Understood::Kind::nothing) return "-";
    std::string out = understood.kind == turns::Understood::Kind::begins ? "begin" : "ask";
    for (const language::TopicGuess& guess : understood.topics) {
      char confidence[16];
      std::snprintf(confidence, sizeof confidence, "%.3f", guess.confidence);
      out += "\t" + guess.topic + "\t" + confidence;
    }
    return out;
  });
}

int segments_filter() {
  int number = 0;
  bool sound = true;
  const int code = each_line([&](const std::string& line) -> std::string {
    ++number;
    boost::system::error_code error;
    const boost::json::value value = boost::json::parse(line, error);
    if (error || !value.is_string()) {
      std::fprintf(stderr, "passerelle: line %d is not a JSON string\n", number);
      sound = false;
      return "-\t0";
    }
    const language::Segments counted = language::segments(value.get_string());
    return std::string(language::to_string(counted.encoding)) + "\t" + std::to_string(counted.parts.size());
  });
  return sound ? code : exit_failed;
}

int phones_filter() {
  int number = 0;
  bool sound = true;
  const int code = each_line([&](const std::string& line) -> std::string {
    ++number;
    const auto tab = line.find('\t');
    const std::string region = line.substr(0, tab);
    if (tab == std::string::npos || (!region.empty() && !find_plan(region))) {
      std::fprintf(stderr, "passerelle: line %d does not begin with a region and a tab: write CH, or nothing\n",
                   number);
      sound = false;
      return "-\tno region";
    }
    const auto phone = read_phone(line.substr(tab + 1), region);
    if (!phone) return "-\t" + phone.error().what;
    return phone->e164 + "\t" + phone->region + "\t" + std::string(to_string(phone->kind)) + "\t" +
           for_people(phone->e164);
  });
  return sound ? code : exit_failed;
}

}  // namespace passerelle::cli
