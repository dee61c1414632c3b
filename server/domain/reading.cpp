#include "domain/reading.hpp"

#include <array>
#include <utility>

namespace passerelle {
namespace {

constexpr std::array<std::pair<Intent, std::string_view>, 10> names{{{Intent::danger, "DANGER"},
                                                                     {Intent::stop, "STOP"},
                                                                     {Intent::start, "START"},
                                                                     {Intent::help, "HELP"},
                                                                     {Intent::yes, "YES"},
                                                                     {Intent::no, "NO"},
                                                                     {Intent::language, "LANGUAGE"},
                                                                     {Intent::callback, "CALLBACK"},
                                                                     {Intent::appointment, "APPOINTMENT"},
                                                                     {Intent::number, "NUMBER"}}};

}  // namespace

std::string_view to_string(Intent intent) {
  for (const auto& [value, name] : names) {
    if (value == intent) return name;
  }
  return {};
}

std::optional<Intent> parse_intent(std::string_view text) {
  for (const auto& [value, name] : names) {
    if (name == text) return value;
  }
  return std::nullopt;
}

void hear_as_part(Reading& reading) {
  reading.folded.clear();
  reading.tokens.clear();
  reading.number.reset();
  std::erase_if(reading.hits, [](const KeywordHit& hit) { return hit.intent != Intent::danger; });
}

void hear_as_button(Reading& reading) {
  std::erase_if(reading.hits, [](const KeywordHit& hit) { return hit.intent == Intent::start; });
}

}  // namespace passerelle
