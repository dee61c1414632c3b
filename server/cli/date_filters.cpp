// The filters that write dates and read them.
#include <cstdio>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/each_line.hpp"
#include "language/local_time.hpp"
#include "language/typed_date.hpp"
#include "turns/embedded.hpp"

namespace passerelle::cli {
namespace {

language::Catalog shipped_sentences() {
  language::Catalog catalog;
  for (const turns::EmbeddedFile& file : turns::embedded_files()) {
    const std::string path(file.path), text(file.text);
    if (!path.starts_with("locales/") || !path.ends_with(".json") || path.ends_with(".keywords.json")) continue;
    if (path.ends_with(".dates.json"))
      catalog.add_dates(path, text);
    else
      catalog.add(path, text);
  }
  return catalog;
}

std::vector<std::string> fields_of(const std::string& line, std::size_t most) {
  std::vector<std::string> fields;
  std::size_t from = 0;
  while (fields.size() + 1 < most) {
    const std::size_t tab = line.find('\t', from);
    if (tab == std::string::npos) break;
    fields.push_back(line.substr(from, tab - from));
    from = tab + 1;
  }
  fields.push_back(line.substr(from));
  fields.resize(most);
  return fields;
}

// As the filter tells it: "2027-03-28 14:30", "2027-03-28 morning", and with "ask: " before what must be asked back.
std::string shown(const TypedMoment& typed, date::local_days today) {
  const std::vector<MeantMoment> moments = meant_moments(typed, today);
  std::string text;
  for (const MeantMoment& moment : moments) {
    if (!text.empty()) text += " | ";
    text += date::format("%F", moment.day);
    if (moment.hour) text += ' ' + format_time(CivilTime(*moment.hour));
    if (!typed.part.empty()) text += ' ' + typed.part;
  }
  const bool sure = moments.size() == 1 && !may_be_a_slip(typed, moments.front().day, today);
  return sure ? text : text.empty() ? "ask" : "ask: " + text;
}

// Counts the lines that are not written as the filter wants them.
template <class Answer>
int each_sound_line(const char* form, Answer answer) {
  int number = 0;
  bool sound = true;
  const int code = each_line([&](const std::string& line) -> std::string {
    ++number;
    if (std::optional<std::string> told = answer(line)) return *told;
    std::fprintf(stderr, "passerelle: line %d: write %s\n", number, form);
    sound = false;
    return "-";
  });
  return sound ? code : exit_failed;
}

}  // namespace

int dates_filter() {
  const language::Catalog catalog = shipped_sentences();
  return each_sound_line("fa-AF, tab, 2027-03-28T14:30, tab, calendar=persian digits=native",
                         [&](const std::string& line) -> std::optional<std::string> {
                           const auto fields = fields_of(line, 3);
                           const auto civil = parse_civil(fields[1]);
                           const auto style = parse_date_style(fields[2]);
                           if (!civil || !style) return std::nullopt;
                           return language::local_time(catalog, *civil, fields[0], fields[0], *style);
                         });
}

int typed_dates_filter() {
  const language::TypedDates dates(shipped_sentences());
  return each_sound_line("fr, tab, 2027-03-28T14:30, tab, the text",
                         [&](const std::string& line) -> std::optional<std::string> {
                           const auto fields = fields_of(line, 3);
                           const auto now = parse_civil(fields[1]);
                           if (!now) return std::nullopt;
                           const auto typed = dates.read(fields[2], fields[0], {}, *now);
                           return typed ? shown(*typed, date::floor<date::days>(*now)) : "-";
                         });
}

}  // namespace passerelle::cli
