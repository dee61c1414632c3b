// libFuzzer: no text whatever may crash the dialog loader, and what it accepts must be a graph that can be walked.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "dialog/engine.hpp"
#include "dialog/load.hpp"

namespace {

using namespace passerelle;

void expect(bool holds) {
  if (!holds) std::abort();
}

void walk(const dialog::Library& library) {
  const dialog::MenuWords words;
  const std::vector<dialog::LanguageChoice> languages{{"fr", {"francais"}}};
  dialog::Turn turn =
      dialog::start({}, "fuzz", {words, languages}, library, TimePoint{}, {{{"invitation", "12"}}, from_ms(1), ""});
  for (int number = 1; number <= 8 && dialog::waiting(turn.next, TimePoint{}); ++number) {
    Reading reading;
    reading.original = reading.folded = std::to_string(number % 4);
    if (number % 2 == 1) reading.number = number % 4;
    turn = dialog::answer(turn.next, {reading, number % 3 == 0}, {words, languages}, library, TimePoint{});
    expect(!turn.effects.empty() || turn.next.stack.empty());
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
  walk(library);
  return 0;
}
