// libFuzzer: no text whatever may crash the dialog loader, and what it accepts must be a graph that can be walked.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "dialog/drawing.hpp"
#include "dialog/engine.hpp"
#include "dialog/load.hpp"

namespace {

using namespace passerelle;

void expect(bool holds) {
  if (!holds) std::abort();
}

// Knows something about everything, and not the same every time.
class Knowledge final : public dialog::Knowledge {
 public:
  std::optional<std::int64_t> fact(std::string_view name, const Answers& kept) const override {
    if (name.size() % 3 == 0) return std::nullopt;
    return static_cast<std::int64_t>(name.size() + kept.size()) % 4;
  }
  std::vector<dialog::Choice> list(std::string_view, const Answers& kept) const override {
    std::vector<dialog::Choice> choices;
    for (std::size_t i = kept.size(); i < 4; ++i) choices.push_back({"id" + std::to_string(i), {"name"}});
    return choices;
  }
  std::optional<std::string> pick(std::string_view, const Answers& kept) const override {
    return kept.size() % 2 == 0 ? std::optional<std::string>("1") : std::nullopt;
  }
};

void walk(const dialog::Library& library) {
  const dialog::MenuWords words;
  const std::vector<dialog::LanguageChoice> languages{{"fr", {"francais"}}};
  const Knowledge knowledge;
  const dialog::Facts facts{words, languages, knowledge, "fr", {}};
  dialog::Turn turn = dialog::start({}, "fuzz", facts, library, TimePoint{}, {{{"invitation", "12"}}, from_ms(1), ""});
  for (int number = 1; number <= 8 && dialog::waiting(turn.next, TimePoint{}); ++number) {
    Reading reading;
    reading.original = reading.folded = std::to_string(number % 4);
    if (number % 2 == 1) reading.number = number % 4;
    if (number == 5) reading.original = reading.folded = "3.4.2027";
    if (number == 6) reading.original = reading.folded = "+41 79 000 00 01";
    const std::string media = number == 7 ? "7" : "";
    turn = dialog::answer(turn.next, {reading, number % 3 == 0, media}, facts, library, TimePoint{});
    expect(!turn.effects.empty() || turn.next.stack.empty());
  }
  for (int times = 0; times < 8; ++times) {
    const auto at = dialog::next_time_out(turn.next);
    if (!at) return;
    turn = dialog::time_out(turn.next, facts, library, *at);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  dialog::Loaded loaded = dialog::load("fuzz.yaml", text, "hash");
  expect((loaded.dialog == nullptr) == !loaded.findings.empty());
  for (const Finding& finding : loaded.findings) expect(!to_string(finding).empty() && finding.at.line >= 0);
  if (!loaded.dialog) return 0;
  dialog::Library library;
  library.set_first("fuzz");
  library.add(loaded.dialog);
  dialog::lint(library, {});
  expect(!dialog::draw(*loaded.dialog, [](const std::string& key) { return key; }).empty());
  walk(library);
  return 0;
}
